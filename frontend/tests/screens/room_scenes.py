"""The interview room and the page before it, in every state that a device, a voice or a network can bring about."""

from __future__ import annotations

import json
from collections.abc import Callable

import data
import room_data as room
from browser import Answers, Fault
from playwright.sync_api import Page
from scenes import NEVER, ROOM, I, Scene

VOICE, VIDEO, FACE, EXPRESSION = "audio_transcription", "video_recording", "face_monitoring", "expression_analysis"
Act = Callable[[Page], None]

# Stands in for the browser's recogniser: says what it is told to.
RECOGNISER = """
(() => {
  class FakeRecognition extends EventTarget {
    start() { window.heard = this; setTimeout(() => this.tell('start'), 10); }
    stop() { setTimeout(() => this.tell('end'), 10); }
    abort() { this.stop(); }
    tell(type, more = {}) {
      const event = Object.assign(new Event(type), more);
      this['on' + type]?.(event);
      this.dispatchEvent(event);
    }
    say(text, final) {
      const result = Object.assign([{ transcript: text, confidence: 0.9 }], { isFinal: final });
      this.tell('result', { resultIndex: 0, results: [result] });
    }
    fail(error) { this.tell('error', { error, message: '' }); this.tell('end'); }
  }
  window.SpeechRecognition = window.webkitSpeechRecognition = FakeRecognition;
})();
"""
VOICES = """
Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: Object.assign(new EventTarget(), {
  speaking: false, pending: false, paused: false, onvoiceschanged: null,
  getVoices: () => [{ voiceURI: 'anna', name: 'Anna', lang: 'en-GB', localService: true, default: true }],
  speak() {}, cancel() {}, pause() {}, resume() {},
}) });
"""


def refuse(name: str) -> str:
    return f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{name}'));"


def _devices(page: Page) -> None:
    page.context.grant_permissions(["camera", "microphone"])
    page.add_init_script(VOICES)


def _refused(name: str) -> Act:
    def prepare(page: Page) -> None:
        page.add_init_script(VOICES + refuse(name))

    return prepare


def _recogniser(page: Page) -> None:
    _devices(page)
    page.add_init_script(RECOGNISER)


def _spoken_before(page: Page) -> None:
    """The tab remembers the take whose parts the server tells of."""
    _devices(page)
    kept = {room.part(0, "done")["take"]: [0]}
    page.add_init_script(
        f"sessionStorage.setItem('ik-speech:{data.room(0)['current_question_id']}', {json.dumps(json.dumps(kept))});"
    )


def _press(*names: str, wait: int = 600) -> Act:
    def act(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name).first.click()
        page.wait_for_timeout(wait)

    return act


def _speak(*words: str, script: str = "") -> Act:
    def act(page: Page) -> None:
        page.get_by_role("button", name="Speak", exact=False).first.click()
        page.wait_for_function("window.heard !== undefined")
        page.wait_for_timeout(300)
        for said in words[:-1]:
            page.evaluate("said => window.heard.say(said, true)", said)
        if words:
            page.evaluate("said => window.heard.say(said, false)", words[-1])
        if script:
            page.evaluate(script)
        page.wait_for_timeout(400)

    return act


def _then(*acts: Act) -> Act:
    def act(page: Page) -> None:
        for each in acts:
            each(page)

    return act


def _paste(times: int) -> Act:
    def act(page: Page) -> None:
        page.get_by_label("Your answer", exact=True).click()
        for _ in range(times):
            page.evaluate(
                """() => {
                  const clipboardData = new DataTransfer();
                  clipboardData.setData('text/plain', 'copied from elsewhere');
                  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
                }"""
            )
            page.wait_for_timeout(600)

    return act


def _wait(ms: int) -> Act:
    return lambda page: page.wait_for_timeout(ms)


def _sheet(page: Page) -> None:
    page.get_by_label("Your answer", exact=True).click()
    page.wait_for_timeout(400)


def _reply(page: Page) -> None:
    page.get_by_role("button", name="Say what it was").first.click()
    page.get_by_label("Your words about it").fill("I pasted my own notes from practice.")


def _here(value: object, offer: object = None, **more: object) -> Answers:
    return {
        f"GET {I}": value,
        f"GET /api/reports/{data.INTERVIEW_ID}": Fault(404, "report-not-found"),
        "GET /api/room": offer or room.offer(),
        rf"PUT {I}/notices/.*": room.notice("paste", "21 characters were pasted into the answer."),
        rf"PUT {I}/questions/.*/presence": {},
        rf"GET {I}/recordings/.*": Fault(404, "recording-not-found"),
        **more,
    }


BROWSER = room.offer(server=False)
OFFLINE_RECORDING = {rf"(PUT|POST) {I}/recordings/.*": Fault(0)}
NEVER_HEARD = {rf"PUT {I}/questions/.*/speech/.*": NEVER}
SAID = "Last spring I rolled out a change to our billing job"
LONG = {"text": data.QUESTIONS[3][3] + " " + data.QUESTIONS[2][3]}
EVERYTHING = _here(room.room(0, VOICE, VIDEO, FACE, EXPRESSION, draft=data.ANSWERS[0]), BROWSER) | {
    rf"PUT {I}/recordings/.*": {}
}

ROOM_SCENES = [
    Scene("ready", ROOM, _here(room.ready()), prepare=_devices),
    Scene("ready-employer", ROOM, _here(room.ready(), room.offer(server=False, personal=False)), prepare=_devices),
    Scene("ready-no-offer", ROOM, _here(room.ready(), Fault(503, "service-unavailable")), prepare=_devices),
    Scene("ready-granted", ROOM, _here(room.ready(VOICE, FACE)), _wait(1200), prepare=_devices),
    Scene("ready-denied", ROOM, _here(room.ready(VOICE, VIDEO)), _wait(600), prepare=_refused("NotAllowedError")),
    Scene("ready-no-device", ROOM, _here(room.ready(FACE)), _wait(600), prepare=_refused("NotFoundError")),
    Scene(
        "ready-consent-failed",
        ROOM,
        _here(room.ready()) | {rf"PUT {I}/consents/.*": Fault(503, "service-unavailable")},
        lambda page: (page.get_by_role("switch").first.click(), page.wait_for_timeout(500))[1],
        prepare=_devices,
    ),
    Scene(
        "ready-tried",
        ROOM,
        _here(room.ready()),
        _then(
            _press("Try it (camera)", "Try it (microphone)", wait=1500),
            lambda page: page.get_by_text("What this browser can do").click(),
        ),
        prepare=_devices,
    ),
    Scene("room-voice", ROOM, _here(room.room(0, VOICE)), _wait(1300), prepare=_devices),
    Scene(
        "room-listening", ROOM, _here(room.room(0, VOICE)) | NEVER_HEARD, _press("Speak", wait=1500), prepare=_devices
    ),
    Scene(
        "room-interim",
        ROOM,
        _here(room.room(0, VOICE), BROWSER),
        _speak(SAID, "and three hundred and twelve customers were charged"),
        prepare=_recogniser,
    ),
    Scene(
        "room-thinking",
        ROOM,
        _here(room.room(0, VOICE), BROWSER),
        _then(_speak(SAID, "and then"), _press("I am thinking")),
        prepare=_recogniser,
    ),
    Scene(
        "room-finishing",
        ROOM,
        _here(room.room(0, VOICE, draft=SAID)) | NEVER_HEARD,
        _then(_press("Speak", wait=2500), _press("Hand in answer", wait=900)),
        prepare=_devices,
    ),
    Scene(
        "room-speech-failed",
        ROOM,
        _here(room.room(0, VOICE), BROWSER),
        _speak(SAID, script="window.heard.fail('not-allowed')"),
        prepare=_recogniser,
    ),
    Scene(
        "room-part-missing",
        ROOM,
        _here(
            room.room(
                0,
                VOICE,
                draft=SAID,
                speech=[
                    room.part(0, "done", SAID),
                    room.part(1, "failed", reason="The engine did not answer in time."),
                ],
            )
        ),
        _wait(800),
        prepare=_spoken_before,
    ),
    Scene("room-monitoring-off", ROOM, _here(room.room(0, FACE)), _wait(2500), prepare=_refused("NotAllowedError")),
    Scene("room-learning", ROOM, _here(room.room(0, FACE, VOICE)), _wait(3000), prepare=_devices),
    Scene("room-warning", ROOM, _here(room.room(0, FACE)), _then(_wait(1500), _paste(1)), prepare=_devices),
    Scene("room-notice", ROOM, _here(room.room(0, FACE)), _then(_wait(1500), _paste(2)), prepare=_devices),
    Scene(
        "room-notice-reply", ROOM, _here(room.room(0, FACE)), _then(_wait(1500), _paste(2), _reply), prepare=_devices
    ),
    Scene(
        "room-recording",
        ROOM,
        _here(room.room(0, VIDEO, VOICE)) | {rf"PUT {I}/recordings/.*": {}},
        _wait(2500),
        prepare=_devices,
    ),
    Scene(
        "room-recording-offline", ROOM, _here(room.room(0, VIDEO)) | OFFLINE_RECORDING, _wait(4500), prepare=_devices
    ),
    Scene("room-panel", ROOM, _here(room.room(0, VOICE, FACE)), _press("What is on:", wait=900), prepare=_devices),
    Scene(
        "room-panel-settings",
        ROOM,
        _here(room.room(0, VOICE)),
        _then(
            _press("What is on:", wait=1500),
            lambda page: page.get_by_role("heading", name="Answering by voice").scroll_into_view_if_needed(),
        ),
        prepare=_devices,
    ),
    Scene(
        "room-preparation",
        ROOM,
        _here(room.room(0, VOICE)),
        _then(_wait(1200), _press("seconds to think", wait=1600)),
        prepare=_devices,
    ),
    Scene("room-follow-up", ROOM, _here(room.followed_up()), _wait(800), prepare=_devices),
    Scene("room-follow-up-second", ROOM, _here(room.followed_up(2)), _wait(800), prepare=_devices),
    Scene("room-follow-up-long", ROOM, _here(room.followed_up(1, data.ANSWERS[3] * 6)), _wait(800), prepare=_devices),
    Scene("room-very-long", ROOM, _here(room.room(3, VOICE, **LONG)), _wait(1200), prepare=_devices),
    Scene(
        "room-everything",
        ROOM,
        EVERYTHING,
        _then(_wait(1500), _speak(SAID, "and three hundred and twelve customers were charged")),
        prepare=_recogniser,
    ),
    Scene("room-keyboard", ROOM, EVERYTHING, _then(_wait(1500), _sheet), prepare=_recogniser, height=400),
    Scene(
        "room-keyboard-speaking",
        ROOM,
        EVERYTHING,
        _then(_wait(1500), _speak(SAID, "and three hundred and twelve customers were charged")),
        prepare=_recogniser,
        height=400,
    ),
    Scene(
        "room-past", ROOM, _here(room.room(0, draft=data.ANSWERS[0], asked_at="2026-11-22T14:01:00Z")), prepare=_devices
    ),
]

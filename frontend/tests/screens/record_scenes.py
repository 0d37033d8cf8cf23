"""What the room kept: below a report, on the account page, and in a reviewer's record."""

from __future__ import annotations

import base64
from collections.abc import Callable

import admin_data
import data
import record_data
import report_data
from admin_scenes import RECORD, _record
from browser import Answers, Fault
from playwright.sync_api import Page
from scenes import NEVER, REPORT, I, Scene

RECORDINGS = f"GET {I}/recordings"
NOTICES = f"GET {I}/notices"
PRESENCE = f"GET {I}/presence"


def _kept(recordings: object, notices: object = None, presence: object = None, **more: object) -> Answers:
    return {
        f"GET {I}": record_data.interview(**more),  # type: ignore[arg-type]
        f"GET /api/reports/{data.INTERVIEW_ID}": report_data.full_report(),
        RECORDINGS: recordings,
        NOTICES: record_data.NOTICES if notices is None else notices,
        PRESENCE: record_data.presence() if presence is None else presence,
        rf"GET {I}/recordings/.*/video": record_data.video(),
    }


def _press(*names: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name).first.click()
            page.wait_for_timeout(600)

    return act


def _reply(text: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("button", name="Reply to: The page was hidden").click()
        page.get_by_label("What was it?").fill(text)
        save = page.get_by_role("button", name="Save reply")
        if save.is_enabled():
            save.click()
        page.wait_for_timeout(500)

    return act


def _open_words(page: Page) -> None:
    page.locator("summary").nth(1).click()


def _on_device(page: Page) -> None:
    """Puts a video into this browser's own store, as the room does."""
    page.evaluate(
        """async ({recording, video}) => {
            const opened = indexedDB.open('ik-recordings', 1);
            const db = await new Promise((done) => (opened.onsuccess = () => done(opened.result)));
            const change = db.transaction(['recordings', 'chunks'], 'readwrite');
            change.objectStore('recordings').put(recording);
            change.objectStore('chunks').put({recording: recording.id, seq: 0, data: Uint8Array.from(atob(video), (c) => c.charCodeAt(0)).buffer});
            await new Promise((done) => (change.oncomplete = done));
            db.close();
        }""",
        {"recording": record_data.on_device(), "video": base64.b64encode(record_data.video()).decode()},
    )
    page.reload()
    page.wait_for_selector("h1", state="attached")
    page.wait_for_timeout(1200)


def _then_log_out(page: Page) -> None:
    _on_device(page)
    page.evaluate("owner => localStorage.setItem('ik-recorded-here', JSON.stringify([owner]))", data.USER["id"])
    page.get_by_role("button", name="Log out", exact=True).last.click()
    page.get_by_text("kept in this browser only").last.wait_for()
    page.wait_for_timeout(400)


ONE = [record_data.recording()]
NONE: Answers = {RECORDINGS: [], NOTICES: [], PRESENCE: Fault(403, "expression-not-offered")}
REPLY = rf"PUT {I}/notices/.*/reply"

ACCOUNT: Answers = {
    "GET /api/recordings": record_data.recordings(),
    "GET /api/consents": data.page(record_data.LEDGER, "next"),
}


def _account(**more: object) -> Answers:
    return ACCOUNT | {f"GET /api/{name}": value for name, value in more.items()}


RECORD_SCENES = [
    Scene("kept", REPORT, _kept(ONE)),
    Scene("kept-replay", f"{REPORT}#recording", _kept(ONE), _press("1:38")),
    Scene("kept-replay-notice", f"{REPORT}#notices", _kept(ONE), _press("Watch at 1:52")),
    Scene("kept-replay-parts", f"{REPORT}#recording", _kept(record_data.PARTS)),
    Scene("kept-replay-partial", f"{REPORT}#recording", _kept([record_data.PARTIAL])),
    Scene("kept-replay-receiving", f"{REPORT}#recording", _kept([record_data.recording(1, "receiving", lasts=None)])),
    Scene("kept-replay-failed", f"{REPORT}#recording", _kept([record_data.FAILED])),
    Scene("kept-replay-none", f"{REPORT}#recording", _kept([])),
    Scene(
        "kept-replay-broken",
        f"{REPORT}#recording",
        _kept(ONE) | {rf"GET {I}/recordings/.*/video": Fault(404, "recording-not-found")},
        lambda page: page.get_by_text("could not be played").wait_for(),
    ),
    Scene("kept-replay-unloaded", f"{REPORT}#recording", _kept(Fault(400, "bad-request"))),
    Scene("kept-replay-device", f"{REPORT}#recording", _kept([]), _on_device),
    Scene("kept-replay-delete", f"{REPORT}#recording", _kept(ONE), _press("Delete the recording")),
    Scene("kept-notices", f"{REPORT}#notices", _kept(ONE)),
    Scene("kept-notices-nothing", f"{REPORT}#notices", _kept([], [], Fault(403, "expression-not-offered"))),
    Scene(
        "kept-notices-reply",
        f"{REPORT}#notices",
        _kept([]) | {REPLY: NEVER},
        _reply("The lights went out, and I looked for the switch."),
    ),
    Scene(
        "kept-notices-reply-failed",
        f"{REPORT}#notices",
        _kept([]) | {REPLY: Fault(0)},
        _reply("The lights went out, and I looked for the switch."),
    ),
    Scene("kept-notices-reply-long", f"{REPORT}#notices", _kept([]), _reply(record_data.LONG_REPLY * 2)),
    Scene("kept-presence", f"{REPORT}#presence", _kept([])),
    Scene("kept-presence-shared", f"{REPORT}#presence", _kept([], presence=record_data.presence(shared=True))),
    Scene("kept-presence-delete", f"{REPORT}#presence", _kept([]), _press("Delete what was visible")),
    Scene("kept-nothing", REPORT, _kept([], consents=False) | NONE),
    Scene("account", "/account", ACCOUNT, _open_words),
    Scene("account-empty", "/account", _account(recordings=record_data.NO_RECORDINGS, consents=data.page([]))),
    Scene("account-full", "/account", _account(recordings=record_data.recordings(full=True))),
    Scene("account-loading", "/account", _account(recordings=NEVER, consents=NEVER)),
    Scene("account-failed", "/account", _account(recordings=Fault(400, "bad-request"), consents=Fault(0))),
    Scene("account-delete-all", "/account", ACCOUNT, _press("Delete all recordings")),
    Scene("account-device", "/account", _account(recordings=record_data.NO_RECORDINGS), _on_device),
    Scene("account-log-out", "/account", _account(recordings=record_data.NO_RECORDINGS), _then_log_out),
    Scene("account-admin", "/account", {"GET /api/session": data.session(admin_data.ADMIN)}),
    Scene("admin-record-session", RECORD, _record(admin_data.session_record())),
]

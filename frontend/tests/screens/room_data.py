"""What the room's part of the API would answer; the statements are the real ones."""

from __future__ import annotations

import tomllib
from pathlib import Path

import data
from data import Json

STATEMENTS = Path(__file__).parents[3] / "services/interview/src/interview/statements/captures.toml"
LIMITS: Json = {
    "chunk_max_bytes": 8_000_000,
    "max_bytes": 1_000_000_000,
    "max_seconds": 7200,
    "quota_bytes": 2_000_000_000,
    "used_bytes": 148_000_000,
    "retention_days": 30,
}
THRESHOLDS: Json = {
    "no_face_s": 4,
    "several_faces_s": 2,
    "looking_away_s": 5,
    "looking_away_samples": 8,
    "looking_away_degrees": 12,
    "page_hidden_s": 2,
    "could_not_tell_s": 10,
    "baseline_s": 20,
}
WHISPER: Json = {
    "provider": "whisper",
    "label": "Whisper on this server",
    "place": "Your voice is turned into text on this server and goes no further.",
}


def captures(speech: str = "whisper", *, personal: bool = True) -> list[Json]:
    raw = tomllib.loads(STATEMENTS.read_text())
    chosen = {"audio_transcription": speech, "video_recording": "stored"}
    found = []
    for capture, entry in raw.items():
        if capture == "expression_analysis" and not personal:
            continue
        words = entry | entry.get("variants", {}).get(chosen.get(capture), {})
        text = {key: words[key].replace("{retention_days}", "30") for key in ("title", "sentence", "place", "kept")}
        found.append({"id": capture, "version": entry["version"]} | text)
    return found


def offer(*, server: bool = True, personal: bool = True) -> Json:
    return {
        "deployment_context": "personal" if personal else "education",
        "captures": captures("whisper" if server else "browser", personal=personal),
        "speech": {"server": WHISPER if server else None},
        "recording": LIMITS,
        "monitoring": THRESHOLDS,
    }


def agreed(*names: str) -> list[Json]:
    return [{"capture": name, "version": "1", "given_at": data.NOW} for name in names]


def ready(*names: str) -> Json:
    return data.interview("ready", consents=agreed(*names))


def room(current: int, *names: str, draft: str | None = None, **question: object) -> Json:
    whole = data.room(current, draft)
    whole["consents"] = agreed(*names)
    whole["questions"][current] |= question
    return whole


def notice(kind: str, reason: str, reply: str | None = None) -> Json:
    return {
        "id": "0190ffff-0000-4000-8000-000000000001",
        "kind": kind,
        "question_id": None,
        "started_at": data.NOW,
        "duration_s": 0,
        "confidence": None,
        "reason": reason,
        "reply": reply,
        "replied_at": None if reply is None else data.NOW,
        "recorded_at": data.NOW,
    }


def part(seq: int, status: str, text: str | None = None, reason: str | None = None) -> Json:
    return {
        "take": "0190eeee-0000-4000-8000-000000000001",
        "seq": seq,
        "status": status,
        "text": text,
        "reason": reason,
        "retriable": status == "failed",
        "offset_ms": seq * 12_000,
        "duration_ms": 12_000,
    }


def followed_up(number: int = 1, answer: str | None = None) -> Json:
    """The room at a follow-up to the second question; the second of them has one before it."""
    whole = room(1)
    first = answer or data.ANSWERS[1]
    main = data.question(1, "submitted", answer=data.answer(1, "queued") | {"text": first}, asked_at=data.NOW)
    asked = data.follow_up(1, number, "specify", data.FOLLOW_UP)
    if number > 1:
        before = data.follow_up(1, 1, "expand", "What else would you take into account?", "submitted")
        before["answer"] = data.answer(1, "queued") | {"text": data.FOLLOW_UP_ANSWER}
        main["follow_ups"].append(before)
    main["follow_ups"].append(asked)
    whole["questions"][1] = main
    return whole | {"current_question_id": asked["id"]}

"""What the API would answer about what the interview room kept. Shapes as in openapi.json."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import av
import data

Json = dict[str, Any]

CAPTURES = ["audio_transcription", "video_recording", "face_monitoring", "expression_analysis"]
# Question by question: asked, and handed in or skipped (None), in seconds of the interview.
TIMES = [(0, 96), (98, 171), (173, 190), (192, 352), (354, None)]
LENGTH_S = 372
LONG_REPLY = (
    "My neighbour rang the bell, and I stood up to open the door because a parcel had been announced for this hour. "
    "I said so aloud, which the recording shows. Afterwards I sat down again, read the question once more from the beginning "
    "and went on where I had stopped; nothing was looked up meanwhile, and the phone lay in the other room the whole time. "
) * 4


def at(seconds: float) -> str:
    whole = 14 * 3600 + int(seconds)
    return f"2026-11-22T{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}Z"


def question_id(position: int) -> str:
    return f"0190cccc-0000-7000-8000-00000000000{position}"


def interview(*, consents: bool = True) -> Json:
    """A finished interview whose answers were spoken, but one."""
    whole = data.completed(["done", "done", "insufficient", "failed", None], "partial")
    engines = ["server", "browser", None, "on_device"]
    for index, (asked, question) in enumerate(zip(TIMES, whole["questions"], strict=True)):
        question |= {"asked_at": at(asked[0]), "submitted_at": None if asked[1] is None else at(asked[1])}
        if question["answer"] is not None and engines[index] is not None:
            question["answer"] |= {"source": "voice", "transcript": transcript(engines[index], index)}
    given = [{"capture": capture, "version": "1", "given_at": at(0)} for capture in CAPTURES]
    return whole | {"started_at": at(0), "completed_at": at(372), "consents": given if consents else []}


def transcript(engine: str | None, index: int = 0) -> Json:
    return {"engine": engine, "heard": data.ANSWERS[index], "edit_ratio": [0.04, 0.0, 0.0, 0.21][index]}


def notice(
    number: int, kind: str, begins: float, lasts: float, reason: str, position: int | None = 1, **more: Any
) -> Json:
    return {
        "id": f"0190ffff-0000-7000-8000-0000000000{number:02d}",
        "kind": kind,
        "question_id": None if position is None else question_id(position),
        "started_at": at(begins),
        "duration_s": lasts,
        "confidence": None,
        "reason": reason,
        "reply": None,
        "replied_at": None,
        "recorded_at": at(begins + lasts),
    } | more


NOTICES = [
    notice(
        1,
        "no_face",
        41,
        9,
        "No face was in the picture for 9 s.",
        confidence=0.91,
        reply=LONG_REPLY.strip(),
        replied_at=data.NOW,
    ),
    notice(2, "page_hidden", 112, 14, "The page was hidden for 14 s.", 2),
    notice(3, "window_blur", 114, 12, "The page was not in focus for 12 s.", 2),
    notice(4, "several_faces", 171, 3, "More than one face was in the picture for 3 s.", None, confidence=0.55),
    notice(
        5,
        "looking_away",
        230,
        21,
        "The face in the picture was turned away from the camera for 21 s.",
        4,
        confidence=0.72,
        reply="I drew the parts on paper.",
        replied_at=data.NOW,
    ),
    notice(6, "paste", 366, 0, "Text was pasted into the answer.", 5),
    notice(7, "could_not_tell", 260, 34, "The camera picture could not be read for 34 s.", 4),
    notice(8, "monitoring_off", 300, 40, "The camera picture was not watched for 40 s.", 4),
]

EXPRESSIONS = ["neutral", "happy", "surprised", "sad", "angry", "fearful", "disgusted"]


def presence(*, shared: bool = False) -> Json:
    shares = [
        [0.74, 0.17, 0.04, 0.03, 0.02, 0, 0],
        [0.92, 0.06, 0.015, 0.005, 0, 0, 0],
        [1, 0, 0, 0, 0, 0, 0],
        [0.6, 0.3, 0.06, 0.02, 0, 0.02, 0],
    ]
    readable = [0.93, 0.88, 0.12, 0.71]
    facing = [0.86, 0.91, None, 0.52]
    return {
        "shared": shared,
        "answers": [
            {
                "question_id": question_id(index + 1),
                "seconds": TIMES[index][1] - TIMES[index][0],
                "samples": 250,
                "readable_share": readable[index],
                "facing_share": facing[index],
                "expressions": [
                    {"label": label, "share": share} for label, share in zip(EXPRESSIONS, row, strict=True)
                ],
            }
            for index, row in enumerate(shares)
        ],
    }


def recording(
    number: int = 1, status: str = "ready", begins: float = 0, lasts: float | None = LENGTH_S, **more: Any
) -> Json:
    return {
        "id": f"0190eeee-0000-7000-8000-00000000000{number}",
        "interview_id": data.INTERVIEW_ID,
        "status": status,
        "open": status == "receiving",
        "started_at": at(begins),
        "duration_s": lasts,
        "size_bytes": 28_400_000,
        "received_chunks": 372,
        "missing": [],
        "content_type": "video/webm;codecs=vp9,opus",
        "delete_after": "2026-12-22T14:06:12Z",
        "failure": None,
    } | more


PARTIAL = recording(1, "partial", 0, 214, missing=[214, 215, 219], size_bytes=16_300_000)
PARTS = [
    recording(1, "ready", 0, 131, size_bytes=9_900_000),
    recording(2, "partial", 140, 170, missing=[170, 171], size_bytes=12_800_000),
    recording(3, "assembling", 331, None, size_bytes=3_100_000),
]
FAILED = recording(1, "failed", 0, None, failure="The file holds no picture that can be read.", size_bytes=12_000)


def recordings(*, full: bool = False) -> Json:
    rows = [
        recording(1) | {"role_title": "Backend engineer"},
        PARTS[2] | {"role_title": "Backend engineer"},
        PARTIAL | {"id": "0190eeee-0000-7000-8000-000000000007", "role_title": "Learning and development specialist"},
        FAILED | {"id": "0190eeee-0000-7000-8000-000000000008", "role_title": "Data engineer"},
    ]
    return {
        "used_bytes": 2_000_000_000 if full else 312_000_000,
        "quota_bytes": 2_000_000_000,
        "retention_days": 30,
        "recordings": rows,
    }


NO_RECORDINGS = {"used_bytes": 0, "quota_bytes": 2_000_000_000, "retention_days": 30, "recordings": []}


def on_device() -> Json:
    """As the browser's own store keeps a video that was never sent."""
    return {
        "id": "local-1",
        "owner": data.USER["id"],
        "scope": data.INTERVIEW_ID,
        "mode": "local",
        "contentType": "video/webm;codecs=vp9,opus",
        "startedAt": at(0),
        "chunks": 1,
        "bytes": len(video()),
        "seconds": LENGTH_S,
        "sentChunks": 0,
        "sentBytes": 0,
        "begun": False,
        "finished": True,
    }


def ledger_entry(index: int, withdrawn: str | None = None) -> Json:
    sentences = [
        "What you say while you speak an answer is sent to this server in pieces of up to 30 seconds and turned into text there. The sound is deleted as soon as it is text.",
        "Your camera and microphone are recorded during the interview and sent to this server. Only you can watch the video. It is deleted after 30 days, or when you delete it.",
        "Your browser looks at the camera's picture and at the page, and notes what lasts: no face, several faces, a face turned away, a hidden page. Pictures never leave this browser.",
        "Your browser estimates from picture to picture what your face looks like, and keeps only how often. Such estimates are often wrong.",
    ]
    return {
        "capture": CAPTURES[index],
        "version": ["1-whisper", "1", "1", "1"][index],
        "statement": sentences[index],
        "given_at": at(-120),
        "withdrawn_at": withdrawn,
        "interview_id": data.INTERVIEW_ID,
        "role_title": "Backend engineer",
    }


LEDGER = [ledger_entry(0), ledger_entry(1), ledger_entry(2, at(298)), ledger_entry(3)]


@cache
def video(seconds: int = LENGTH_S) -> bytes:
    """A quiet picture, one a second: enough for a player to have a length and places to go to."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=1, options={"deadline": "realtime", "cpu-used": "8", "b": "40k"})
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 320, 240, "yuv420p", 10
        for second in range(seconds):
            frame = av.VideoFrame(320, 240, "yuv420p")
            for plane, shade in zip(frame.planes, (70 + second % 60, 118, 134), strict=True):
                plane.update(bytes([shade]) * plane.buffer_size)
            frame.pts = second
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()

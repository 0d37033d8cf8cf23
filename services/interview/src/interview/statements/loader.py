"""Read the statements once per process, and word them for this server."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from interview.statements.models import Capture, Statement, StatementText, TranscribedBy, Wording

_FILE = TypeAdapter(dict[Capture, StatementText])


@cache
def _texts() -> dict[Capture, StatementText]:
    return _FILE.validate_python(tomllib.loads((files(__package__) / "captures.toml").read_text(encoding="utf-8")))


def statements(
    captures: Iterable[Capture], *, transcribed_by: TranscribedBy, retention_days: int
) -> dict[Capture, Statement]:
    """Return the statements of some captures, in the order of the file.

    What the wording depends on is part of the version: consent to one engine is no consent to another, and consent to
    thirty days none to ninety.
    """
    variants = {
        "audio_transcription": (transcribed_by, transcribed_by),
        "video_recording": ("stored", f"{retention_days}d"),
    }
    wanted = set(captures)
    found: dict[Capture, Statement] = {}
    for capture, text in _texts().items():
        if capture not in wanted:
            continue
        variant, suffix = variants.get(capture, (None, None))
        wording = Wording(place=text.place or "", kept=text.kept or "") if variant is None else text.variants[variant]
        found[capture] = Statement(
            id=capture,
            version=text.version if suffix is None else f"{text.version}-{suffix}",
            title=text.title,
            sentence=text.sentence,
            place=wording.place,
            kept=wording.kept.format(retention_days=retention_days),
        )
    return found

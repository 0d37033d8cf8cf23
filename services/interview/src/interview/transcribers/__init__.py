"""Who turns speech into text: the port, an AI that listens, and a model that runs on this machine."""

from interview.transcribers.port import Heard, Transcriber, TranscriptionFailed, Word
from interview.transcribers.selection import ServerEngine, SpeechChoice, server_engine, transcriber_from

__all__ = [
    "Heard",
    "ServerEngine",
    "SpeechChoice",
    "Transcriber",
    "TranscriptionFailed",
    "Word",
    "server_engine",
    "transcriber_from",
]

"""The cabinet: what the service remembers."""

from interview.models.answers import Answer
from interview.models.attempts import Attempt
from interview.models.base import SCHEMA, Base
from interview.models.consents import Consent
from interview.models.interviews import Interview
from interview.models.notices import Notice
from interview.models.presence import Presence
from interview.models.questions import Draft, Question
from interview.models.recordings import Recording, RecordingChunk, chunk_key
from interview.models.speech import SpeechPart

__all__ = [
    "SCHEMA",
    "Answer",
    "Attempt",
    "Base",
    "Consent",
    "Draft",
    "Interview",
    "Notice",
    "Presence",
    "Question",
    "Recording",
    "RecordingChunk",
    "SpeechPart",
    "chunk_key",
]

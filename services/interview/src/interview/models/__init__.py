"""The cabinet: what the service remembers."""

from interview.models.answers import Answer
from interview.models.attempts import Attempt
from interview.models.bank import BankVersion
from interview.models.base import SCHEMA, Base, ai_usage
from interview.models.consents import Consent
from interview.models.interviews import Interview
from interview.models.notices import Notice
from interview.models.presence import Presence
from interview.models.questions import Draft, Question
from interview.models.recordings import Recording, RecordingChunk, chunk_key
from interview.models.speech import SpeechPart
from interview.models.tailorings import CompetencyMark, Tailoring
from interview.models.wordings import Wording

__all__ = [
    "SCHEMA",
    "Answer",
    "Attempt",
    "BankVersion",
    "Base",
    "CompetencyMark",
    "Consent",
    "Draft",
    "Interview",
    "Notice",
    "Presence",
    "Question",
    "Recording",
    "RecordingChunk",
    "SpeechPart",
    "Tailoring",
    "Wording",
    "ai_usage",
    "chunk_key",
]

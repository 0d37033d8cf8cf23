"""The cabinet: what the service remembers."""

from interview.models.answers import Answer
from interview.models.base import SCHEMA, Base
from interview.models.interviews import Interview
from interview.models.questions import Draft, Question
from interview.models.speech import SpeechPart

__all__ = ["SCHEMA", "Answer", "Base", "Draft", "Interview", "Question", "SpeechPart"]

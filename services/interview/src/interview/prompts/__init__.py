"""The instructions given to language models, one file per version: a prompt that was used is never edited."""

from functools import cache
from importlib.resources import files

QUESTIONS = "questions-2"
SPEECH = "speech-1"
FOLLOW_UP = "follow-up-1"


@cache
def prompt(version: str) -> str:
    """Return the instructions of one version, for example `questions-2`."""
    return (files("interview.prompts") / f"{version}.md").read_text(encoding="utf-8")

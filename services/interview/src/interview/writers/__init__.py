"""Who writes the questions: the port, the bank, and an AI."""

from interview.writers.bank import BankWriter
from interview.writers.gemini import ModelWriter
from interview.writers.port import (
    EarlierQuestion,
    QuestionWriter,
    WritingFailed,
    WritingRequest,
    Written,
    WrittenQuestion,
)

__all__ = [
    "BankWriter",
    "EarlierQuestion",
    "ModelWriter",
    "QuestionWriter",
    "WritingFailed",
    "WritingRequest",
    "Written",
    "WrittenQuestion",
]

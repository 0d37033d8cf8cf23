"""The bank: jobs to practise for, questions written by people, and how answers are judged."""

from contracts.interview import QuestionKind

from interview.bank.loader import catalogue, find_level, find_role, questions, rubric
from interview.bank.models import (
    Anchors,
    BankQuestion,
    Catalogue,
    Competency,
    Family,
    KeyPoint,
    Level,
    LevelExpectation,
    Role,
    Rubric,
    RubricDimension,
)

__all__ = [
    "Anchors",
    "BankQuestion",
    "Catalogue",
    "Competency",
    "Family",
    "KeyPoint",
    "Level",
    "LevelExpectation",
    "QuestionKind",
    "Role",
    "Rubric",
    "RubricDimension",
    "catalogue",
    "find_level",
    "find_role",
    "questions",
    "rubric",
]

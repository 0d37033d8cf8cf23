"""The bank: jobs to practise for, questions written by people, and how answers are judged."""

from contracts.interview import QuestionKind

from interview.bank.loader import (
    catalogue,
    find_level,
    find_role,
    questions,
    rubric,
    rubric_id,
    rubrics,
    shipped_question,
    shipped_rubric,
)
from interview.bank.models import (
    Anchors,
    BankQuestion,
    Catalogue,
    Competency,
    Family,
    KeyPoint,
    Level,
    LevelAnchors,
    LevelExpectation,
    QuestionBody,
    Role,
    Rubric,
    RubricBody,
    RubricDimension,
    RubricId,
)
from interview.bank.resolving import resolved

__all__ = [
    "Anchors",
    "BankQuestion",
    "Catalogue",
    "Competency",
    "Family",
    "KeyPoint",
    "Level",
    "LevelAnchors",
    "LevelExpectation",
    "QuestionBody",
    "QuestionKind",
    "Role",
    "Rubric",
    "RubricBody",
    "RubricDimension",
    "RubricId",
    "catalogue",
    "find_level",
    "find_role",
    "questions",
    "resolved",
    "rubric",
    "rubric_id",
    "rubrics",
    "shipped_question",
    "shipped_rubric",
]

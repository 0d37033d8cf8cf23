"""Read the bank's data files, each once per process."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from contracts.interview import QuestionKind

from interview.bank.models import BankQuestion, Catalogue, Level, Role, Rubric, RubricId


def _data() -> Traversable:
    return files("interview.bank")


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def catalogue() -> Catalogue:
    """Return the families, roles, levels and competencies a candidate chooses from."""
    return Catalogue.model_validate(_read(_data() / "catalogue.toml"))


@cache
def questions() -> tuple[BankQuestion, ...]:
    """Return every question of the bank, in the order of the files' names and then as written."""
    found: list[BankQuestion] = []
    question_files = (file for file in (_data() / "questions").iterdir() if file.name.endswith(".toml"))
    for file in sorted(question_files, key=lambda file: file.name):
        content = _read(file)
        # A family's file names its family once, at the top, instead of in every question.
        family = content.get("family")
        found += [BankQuestion.model_validate({**question, "family": family}) for question in content["questions"]]
    return tuple(found)


@cache
def _by_id() -> dict[str, BankQuestion]:
    return {question.id: question for question in questions()}


@cache
def _rubric(rubric_id: RubricId) -> Rubric:
    return Rubric.model_validate(_read(_data() / "rubrics" / f"{rubric_id}.toml"))


def rubric_id(kind: QuestionKind) -> RubricId:
    """Return which rubric answers to a question of this kind are judged by."""
    return "behavioural" if kind in {"behavioural", "situational"} else "technical"


def shipped_rubric(rubric_id: RubricId) -> Rubric:
    """Return the rubric with this id as this release ships it."""
    return _rubric(rubric_id)


def shipped_question(question_id: str) -> BankQuestion | None:
    """Return the question with this id as this release ships it, or None when it ships no such question."""
    return _by_id().get(question_id)


def rubrics() -> tuple[Rubric, ...]:
    """Return every rubric as it is shipped."""
    return (_rubric("behavioural"), _rubric("technical"))


def rubric(kind: QuestionKind) -> Rubric:
    """Return how an answer to a question of this kind is judged, as it is shipped."""
    return _rubric(rubric_id(kind))


@cache
def _roles() -> dict[str, Role]:
    return {role.id: role for role in catalogue().roles}


@cache
def _levels() -> dict[str, Level]:
    return {level.id: level for level in catalogue().levels}


def find_role(role_id: str) -> Role | None:
    """Return the role with this id, or None when the catalogue has no such role."""
    return _roles().get(role_id)


def find_level(level_id: str) -> Level | None:
    """Return the experience level with this id, or None when the catalogue has no such level."""
    return _levels().get(level_id)

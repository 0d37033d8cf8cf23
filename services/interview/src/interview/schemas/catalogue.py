"""What a candidate chooses from."""

from typing import Literal

from contracts.interview import QuestionKind
from pydantic import BaseModel, Field

FEWEST_QUESTIONS = 3
MOST_QUESTIONS = 10
USUAL_QUESTIONS = 5
MOST_FOLLOW_UPS = 4


class Family(BaseModel):
    """A group of roles."""

    id: str
    label: str


class Competency(BaseModel):
    """What a question can look for."""

    id: str
    label: str
    description: str


class Role(BaseModel):
    """A job to practise for."""

    id: str
    title: str
    summary: str
    family: str
    aliases: list[str]
    competencies: list[Competency]
    kinds: list[QuestionKind] = Field(description="kinds of question that are asked for this role")


class Level(BaseModel):
    """How much experience an interview assumes."""

    id: str
    label: str
    years: str
    expectation: str


class Engine(BaseModel):
    """What writes questions and analyses answers here."""

    provider: Literal["offline", "gemini", "openai"]
    model: str | None
    label: str


class QuestionCount(BaseModel):
    """How many questions an interview may have."""

    min: int = FEWEST_QUESTIONS
    max: int = MOST_QUESTIONS
    default: int = USUAL_QUESTIONS


class Catalogue(BaseModel):
    """Everything a candidate chooses from."""

    families: list[Family]
    roles: list[Role]
    competencies: list[Competency] = Field(description="all that a question can look for; a role names its own")
    levels: list[Level]
    engine: Engine
    question_count: QuestionCount

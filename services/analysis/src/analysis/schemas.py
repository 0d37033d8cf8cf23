"""What the HTTP API takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from contracts.analysis import AnalysisStatus, AnswerAnalysis, InterviewReport, ReportStatus, Score
from contracts.interview import AnswerPart, AnswerSource, CompetencyRef, LevelRef, QuestionKind, RoleRef
from kit.text import CleanText
from pydantic import BaseModel, ConfigDict, Field

from analysis.engines.rewriting.shapes import LONGEST_FACT, MOST_FACTS, Fact, Improvement


class Shape(BaseModel):
    """Read from the models' attributes."""

    model_config = ConfigDict(from_attributes=True)


class KeyPoint(Shape):
    """One thing a good answer covers."""

    id: str
    text: str


class AnsweredQuestion(Shape):
    """The question an answer was given to."""

    id: UUID
    position: int
    kind: QuestionKind
    competency: CompetencyRef
    text: str
    key_points: list[KeyPoint]
    suggested_seconds: int
    difficulty: int


class AnswerReport(Shape):
    """One answer with how far its analysis is."""

    question: AnsweredQuestion
    answer_id: UUID
    attempt: int = Field(description="1 is the answer given in the interview")
    text: str
    parts: list[AnswerPart] = Field(description="which of the text answers which follow-up; empty without any")
    source: AnswerSource
    duration_s: float
    submitted_at: datetime
    status: AnalysisStatus
    status_reason: str | None
    analysis: AnswerAnalysis | None
    can_retry: bool


class ReportView(Shape):
    """The report of one interview; usable while it is pending."""

    interview_id: UUID
    status: ReportStatus
    report: InterviewReport | None
    answers: list[AnswerReport]
    attempts: list[AnswerReport] = Field(description="later attempts at its questions; they move none of its figures")


class CompetencyScore(Shape):
    """How one competency came out."""

    competency: CompetencyRef
    score: Score


class ReportSummary(Shape):
    """One line of the progress page; `rubric_versions` is empty in reports from before it was kept."""

    interview_id: UUID
    role: RoleRef
    level: LevelRef
    completed_at: datetime
    status: ReportStatus
    overall: Score | None
    competencies: list[CompetencyScore]
    rubric_versions: list[str]


class Retry(BaseModel):
    """How to analyse again: with the engine in use, or without AI."""

    model_config = ConfigDict(extra="forbid")

    use_offline: bool = False


class ImprovementView(Shape):
    """The improvement of an answer, as far as it is."""

    answer_id: UUID
    status: Literal["needs_facts", "queued", "running", "ready", "failed"]
    status_reason: str | None
    facts: list[Fact] = Field(description="what is asked, with what the candidate has said to it")
    result: Improvement | None
    updated_at: datetime


class GivenFact(BaseModel):
    """What the candidate says to one of the questions; empty leaves it open."""

    model_config = ConfigDict(extra="forbid")

    id: int = Field(ge=1)
    text: Annotated[str, CleanText(0, LONGEST_FACT)] = ""


class GivenFacts(BaseModel):
    """All that is said; a question that is not named is left open."""

    model_config = ConfigDict(extra="forbid")

    facts: list[GivenFact] = Field(max_length=MOST_FACTS)
    use_offline: bool = Field(default=False, description="an outline without AI instead of a rewrite")

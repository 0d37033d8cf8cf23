"""What the HTTP API takes and gives."""

from datetime import datetime
from uuid import UUID

from contracts.analysis import AnalysisStatus, AnswerAnalysis, InterviewReport, ReportStatus, Score
from contracts.interview import AnswerPart, AnswerSource, CompetencyRef, LevelRef, QuestionKind, RoleRef
from pydantic import BaseModel, ConfigDict, Field


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

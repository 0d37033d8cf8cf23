"""What the HTTP API takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from contracts.analysis import (
    AnalysisStatus,
    AnswerAnalysis,
    DeliveryMetric,
    InterviewReport,
    Level,
    ReportStatus,
    Score,
)
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
    key_points: list[KeyPoint] | None = Field(description="null until the report is revealed")
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
    analysis: AnswerAnalysis | None = Field(description="null until it is there and the report is revealed")
    can_retry: bool
    self_rating: Level | None


class Calibration(Shape):
    """The candidate's own ratings beside the scores of the same answers, on the scale 1 to 5.

    `difference` is own minus scored. Without enough answers that have both, the figures are null and `why_not_shown`
    says why.
    """

    answers: int
    self_mean: float | None
    scored_mean: float | None
    difference: float | None
    note: str | None
    why_not_shown: str | None


class CompetencyTrend(Shape):
    """A competency beside the candidate's earlier interviews judged by the same rubric for the same level.

    `previous` is the newest earlier figure and `change` how far it is from now; null when there is none to compare.
    `other_rubric` counts the earlier figures that are left out because the rubric was another one, `other_level` those
    of the same rubric that are left out because the interview was for another level of experience.
    """

    competency_id: str
    previous: float | None
    change: float | None
    n_previous: int
    other_rubric: int
    other_level: int
    note: str


class DeliveryChange(Shape):
    """One delivery metric beside the last interview; `difference` is now minus then, in the metric's unit."""

    metric: DeliveryMetric
    now: float
    previous: float | None
    difference: float | None
    note: str


class DeliveryComparison(Shape):
    """The delivery beside the candidate's last interview of the same kind (spoken or typed)."""

    previous_interview_id: UUID | None
    previous_completed_at: datetime | None
    changes: list[DeliveryChange]
    why_not_shown: str | None


class ReportView(Shape):
    """The report of one interview; usable while it is pending.

    Until it is `revealed` the answers can be rated by oneself, and nothing is told of how they were judged: `report`,
    every `analysis`, all `key_points` and all that is worked out from them are null or empty, whatever `status` says.
    `revealed_at`: when the candidate asked to see it, or when the interview ended with nothing to rate. What rests on
    other interviews or on one's own ratings is worked out when it is read, and null while there is no report.
    """

    interview_id: UUID
    status: ReportStatus
    report: InterviewReport | None
    answers: list[AnswerReport]
    attempts: list[AnswerReport] = Field(description="later attempts at its questions; they move none of its figures")
    revealed: bool
    revealed_at: datetime | None
    calibration: Calibration | None
    trend: list[CompetencyTrend]
    delivery_comparison: DeliveryComparison | None


class CompetencyScore(Shape):
    """How one competency came out."""

    competency: CompetencyRef
    score: Score


class ReportSummary(Shape):
    """One line of the progress page; `rubric_versions` is empty in reports from before it was kept.

    One that is not `revealed` waits for its candidate to ask for it and has no figures here.
    """

    interview_id: UUID
    role: RoleRef
    level: LevelRef
    completed_at: datetime
    status: ReportStatus
    revealed: bool
    overall: Score | None
    competencies: list[CompetencyScore]
    rubric_versions: list[str]


class SelfRating(BaseModel):
    """How good the candidate finds an answer of theirs, on the scale of the report: 1 to 5."""

    model_config = ConfigDict(extra="forbid")

    value: Level


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

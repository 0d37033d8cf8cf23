"""Events published by the analysis service, and the two documents they carry.

Nothing in these shapes is ever filled in: a level, score or quote that could not be established is null or absent,
and `status` with `status_reason` says why.
"""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.base import InterviewEvent, Shape
from contracts.interview import CompetencyRef

AnalysisStatus = Literal["queued", "running", "done", "partial", "insufficient", "failed"]
ReportStatus = Literal["pending", "done", "partial", "insufficient", "failed"]
Band = Literal["beginning", "developing", "solid", "strong", "exceptional"]
Uncertainty = Literal["low", "medium", "high"]
Level = Literal[1, 2, 3, 4, 5]


class Evidence(Shape):
    """Words found verbatim in the answer: `text[start:end] == quote`, offsets in Unicode code points."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class DimensionResult(Shape):
    """One scale of the rubric. `level` is null when the answer gave nothing to judge it by."""

    id: str
    label: str
    weight: float
    level: Level | None
    anchor: str | None
    next_anchor: str | None
    rationale: str
    evidence: tuple[Evidence, ...]


class KeyPointResult(Shape):
    """Whether the answer covered one thing a good answer covers, and where."""

    id: str
    text: str
    covered: bool
    evidence: tuple[Evidence, ...]


class Score(Shape):
    """A figure computed by code from the levels, on the scale 1 to 5, with the range it may lie in."""

    value: float = Field(ge=1, le=5)
    low: float = Field(ge=1, le=5)
    high: float = Field(ge=1, le=5)
    band: Band
    uncertainty: Uncertainty
    computed_by: str


class Strength(Shape):
    """Something the answer did well."""

    text: str
    evidence: Evidence | None


class Gap(Shape):
    """Something missing, with the one thing to do about it next time."""

    text: str
    fix: str
    dimension: str | None
    evidence: Evidence | None


class Provenance(Shape):
    """Who judged, with what. `fallback_reason` says why the asked-for provider did not."""

    provider: str
    model: str | None
    prompt_version: str | None
    rubric_version: str
    fallback_reason: str | None
    input_hash: str
    created_at: AwareDatetime


class AnswerAnalysis(Shape):
    """The analysis of one answer (schema `answer-analysis/1`)."""

    schema_version: Literal["answer-analysis/1"] = "answer-analysis/1"
    answer_id: UUID
    question_id: UUID
    attempt: int
    status: Literal["done", "partial", "insufficient", "failed"]
    status_reason: str | None
    provenance: Provenance
    words: int = Field(ge=0)
    score: Score | None
    headline: str | None
    dimensions: tuple[DimensionResult, ...]
    key_points: tuple[KeyPointResult, ...]
    strengths: tuple[Strength, ...]
    gaps: tuple[Gap, ...]
    missing_facts: tuple[str, ...]
    limits: tuple[str, ...]


class NotScored(Shape):
    """A question without a score, and the reason in words for the candidate."""

    question_id: UUID
    reason: str


class Coverage(Shape):
    """How much of the interview the report rests on, in questions."""

    planned: int
    answered: int
    scored: int
    not_scored: tuple[NotScored, ...]


class Overall(Shape):
    """The overall figure, or the reason why there is none (`score` null)."""

    score: Score | None
    why_not_shown: str | None


class QuotedEvidence(Shape):
    """Words of one answer, as evidence in a report."""

    answer_id: UUID
    quote: str


class CompetencyResult(Shape):
    """The mean of the scored answers that looked for one competency."""

    competency: CompetencyRef
    score: Score
    questions: int
    best_evidence: QuotedEvidence | None


class Priority(Shape):
    """What to work on, most useful first."""

    rank: int = Field(ge=1, le=3)
    text: str
    why: str
    do_next: str
    evidence: tuple[QuotedEvidence, ...]


class KeptWell(Shape):
    """What to keep doing."""

    text: str
    evidence: tuple[QuotedEvidence, ...]


class InterviewReport(Shape):
    """The report of one interview (schema `interview-report/1`)."""

    schema_version: Literal["interview-report/1"] = "interview-report/1"
    interview_id: UUID
    status: Literal["done", "partial", "insufficient", "failed"]
    coverage: Coverage
    overall: Overall
    competencies: tuple[CompetencyResult, ...]
    priorities: tuple[Priority, ...] = Field(max_length=3)
    kept_well: tuple[KeptWell, ...]
    limits: tuple[str, ...]
    created_at: AwareDatetime


class AnalysisStarted(InterviewEvent):
    """A worker has taken the answer up."""

    event_type: ClassVar[str] = "analysis.analysis_started.v1"

    answer_id: UUID
    question_id: UUID
    started_at: AwareDatetime


class AnswerAnalysed(InterviewEvent):
    """An answer has its analysis; its status may be `insufficient`."""

    event_type: ClassVar[str] = "analysis.answer_analysed.v1"

    analysis: AnswerAnalysis


class AnalysisFailed(InterviewEvent):
    """An answer could not be analysed; the candidate may ask again."""

    event_type: ClassVar[str] = "analysis.analysis_failed.v1"

    answer_id: UUID
    question_id: UUID
    reason: str
    failed_at: AwareDatetime


class ReportReady(InterviewEvent):
    """The report of an interview was made, or made anew after a retry."""

    event_type: ClassVar[str] = "analysis.report_ready.v1"

    report: InterviewReport

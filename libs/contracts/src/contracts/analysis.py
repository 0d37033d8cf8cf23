"""Events published by the analysis service, and the two documents they carry.

Nothing in these shapes is ever filled in: a level, score or quote that could not be established is null or absent,
and `status` with `status_reason` says why.
"""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.base import AiUsedEvent, InterviewEvent, Shape
from contracts.interview import CompetencyRef

AnalysisStatus = Literal["queued", "running", "done", "partial", "insufficient", "failed"]
ReportStatus = Literal["pending", "done", "partial", "insufficient", "failed"]
Band = Literal["beginning", "developing", "solid", "strong", "exceptional"]
Uncertainty = Literal["low", "medium", "high"]
Level = Literal[1, 2, 3, 4, 5]
AnswerType = Literal[
    "story", "pseudo_story", "example", "opinion", "self_description", "technical_explanation", "non_answer"
]
StarName = Literal["situation", "task", "action", "result"]
StarState = Literal["present", "thin", "absent"]
AnswerNotice = Literal["instruction_attempt_ignored", "transcript_edited", "transcript_incomplete"]
DeliveryMetric = Literal["pace", "fillers", "hedges", "words", "speaking_time"]


class Evidence(Shape):
    """Words found verbatim in the answer: `text[start:end] == quote`, offsets in Unicode code points."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class DimensionResult(Shape):
    """One scale of the rubric. `level` is null when the answer gave nothing to judge it by.

    `uncertainty` is null where there is no level, and in analyses from before it was told. `rater_levels`: what each
    rater gave, the one whose level counts first.
    """

    id: str
    label: str
    weight: float
    level: Level | None
    anchor: str | None
    next_anchor: str | None
    rationale: str
    evidence: tuple[Evidence, ...]
    uncertainty: Uncertainty | None = None
    rater_levels: tuple[Level, ...] = ()


class StarElement(Shape):
    """One part of a story, with the words that show it; `share_of_words` (0 to 1) is counted by code.

    An absent part has no words: its share is 0.
    """

    name: StarName
    state: StarState
    share_of_words: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...]


class Star(Shape):
    """Situation, task, action and result. A question that asks for no story has none of them (`applies` false)."""

    applies: bool
    elements: tuple[StarElement, ...]


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


class PhraseCount(Shape):
    """How often one word or phrase came up."""

    phrase: str
    count: int = Field(ge=1)


class Pace(Shape):
    """Words per minute; the windows are the slowest and fastest 20 seconds, null in shorter speech."""

    words_per_minute: float = Field(ge=0)
    slowest: float | None
    fastest: float | None
    typical_low: int
    typical_high: int
    note: Literal["slow", "fast"] | None


class Phrases(Shape):
    """Words of one kind: how many, by phrase, and where they stand in the answer's text."""

    count: int = Field(ge=0)
    per_100_words: float = Field(ge=0)
    by_phrase: tuple[PhraseCount, ...]
    places: tuple[Evidence, ...]


class Pauses(Shape):
    """Silences of over a second between words; `share` is their part of the time from first to last word."""

    over_1_s: int = Field(ge=0)
    longest_s: float = Field(ge=0)
    share: float = Field(ge=0, le=1)


class Repetition(Shape):
    """Variety of words (moving average of types per 50 words, null below that) and phrases said three times or more."""

    variety: float | None
    phrases: tuple[PhraseCount, ...]


class AnswerLength(Shape):
    """The answer's length; `seconds` is null when the time spoken is not known."""

    words: int = Field(ge=0)
    seconds: float | None
    suggested_seconds: int


class Ownership(Shape):
    """How often the speaker says "I" and "we"."""

    i: int = Field(ge=0)
    we: int = Field(ge=0)
    note: str | None


class Readability(Shape):
    """How long the sentences are, and Flesch reading ease (higher is easier)."""

    sentences: int = Field(ge=1)
    words_per_sentence: float
    flesch: float


class NotMeasured(Shape):
    """A metric that could not be measured, and why, in a sentence."""

    metric: str
    reason: str


class Delivery(Shape):
    """How an answer was said (schema `delivery/1`): counted by code, shown, never part of a score.

    A metric that could not be measured is null and is named in `not_measurable`; null without a line there means that
    it does not apply (the pace of a typed answer).
    """

    schema_version: Literal["delivery/1"] = "delivery/1"
    spoken: bool
    pace: Pace | None
    fillers: Phrases | None
    hedges: Phrases | None
    pauses: Pauses | None
    repetition: Repetition | None
    length: AnswerLength
    ownership: Ownership | None
    readability: Readability | None
    not_measurable: tuple[NotMeasured, ...]


class AnswerAnalysis(Shape):
    """The analysis of one answer (schema `answer-analysis/1`).

    `answer_type` and `star` are null when nobody judged them. `quotes_dropped`: quotes the engine gave that are not in
    the answer. `notices`: what a reader should know about how this answer came to its judgement.
    """

    schema_version: Literal["answer-analysis/1"] = "answer-analysis/1"
    answer_id: UUID
    question_id: UUID
    attempt: int
    status: Literal["done", "partial", "insufficient", "failed"]
    status_reason: str | None
    provenance: Provenance
    words: int = Field(ge=0)  # of what was handed in; `delivery.length` says the same
    score: Score | None
    headline: str | None
    dimensions: tuple[DimensionResult, ...]
    key_points: tuple[KeyPointResult, ...]
    strengths: tuple[Strength, ...]
    gaps: tuple[Gap, ...]
    missing_facts: tuple[str, ...]
    limits: tuple[str, ...]
    delivery: Delivery | None = None
    answer_type: AnswerType | None = None
    star: Star | None = None
    notices: tuple[AnswerNotice, ...] = ()
    quotes_dropped: int = Field(default=0, ge=0)


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
    """The mean of the scored answers that looked for one competency.

    `rubric_versions`: those its answers were judged by; empty in reports that did not write them down.
    """

    competency: CompetencyRef
    score: Score
    questions: int
    best_evidence: QuotedEvidence | None
    rubric_versions: tuple[str, ...] = ()


class Priority(Shape):
    """What to work on, most useful first; `redo_question_ids` are the questions worth answering once more for it."""

    rank: int = Field(ge=1, le=3)
    text: str
    why: str
    do_next: str
    evidence: tuple[QuotedEvidence, ...]
    redo_question_ids: tuple[UUID, ...] = ()


class KeptWell(Shape):
    """What to keep doing."""

    text: str
    evidence: tuple[QuotedEvidence, ...]


class ConsistencyNote(Shape):
    """Two answers that give different figures for the same thing, in their own words; which is right is not said."""

    about: str
    first: QuotedEvidence
    second: QuotedEvidence
    note: str


class DeliveryFigure(Shape):
    """The median of one delivery metric over the `answers` it was measured in.

    Units: `pace` words per minute, `fillers` and `hedges` per 100 words, `words` words, `speaking_time` seconds.
    """

    metric: DeliveryMetric
    label: str
    unit: str
    median: float = Field(ge=0)
    answers: int = Field(ge=1)


class DeliverySummary(Shape):
    """How the answers were said, over the whole interview; never part of a score.

    `source` is `mixed` when some answers were spoken and some typed. What could not be measured in any answer is named
    in `not_measured`; what does not apply to the source (the pace of typed answers) stands in neither list.
    """

    source: Literal["voice", "typed", "mixed"]
    figures: tuple[DeliveryFigure, ...]
    not_measured: tuple[NotMeasured, ...]


class PlanStep(Shape):
    """One step of what to do next; `minutes` is null where the time needed is not known."""

    text: str
    minutes: int | None
    question_id: UUID | None


class InterviewReport(Shape):
    """The report of one interview (schema `interview-report/1`).

    `rubric_versions`: by what the scored answers were judged, each once; figures of different majors of one rubric
    are not compared without a mark.
    """

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
    rubric_versions: tuple[str, ...] = ()
    consistency: tuple[ConsistencyNote, ...] = ()
    delivery_summary: DeliverySummary | None = None
    next_plan: tuple[PlanStep, ...] = ()


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
    """The report of an interview was made, or made anew after a retry.

    `revealed`: whether its candidate sees it already; false while it waits for them to rate their own answers, or to
    say that they do not want to. In events from before that was told the report was shown at once.
    """

    event_type: ClassVar[str] = "analysis.report_ready.v1"

    report: InterviewReport
    revealed: bool = True


class ReportRevealed(InterviewEvent):
    """The candidate asked to see their report, which may still be in the making; told again when they ask again."""

    event_type: ClassVar[str] = "analysis.report_revealed.v1"

    revealed_at: AwareDatetime


class AnalysisAiUsed(AiUsedEvent):
    """The analysis service asked an AI provider."""

    event_type: ClassVar[str] = "analysis.analysis_ai_used.v1"


class ImprovementRequested(InterviewEvent):
    """A candidate wants an answer said better, with the facts they have added; the service tells its own worker."""

    event_type: ClassVar[str] = "analysis.improvement_requested.v1"

    improvement_id: UUID
    answer_id: UUID
    requested_at: AwareDatetime

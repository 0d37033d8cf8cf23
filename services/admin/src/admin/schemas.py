"""What reviewers read over HTTP."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from contracts.analysis import AnalysisStatus, AnswerAnalysis, Band, InterviewReport
from contracts.interview import (
    AnswerPart,
    AnswerPresence,
    CompetencyRef,
    KeyPoint,
    LevelRef,
    NoticeKind,
    QuestionSource,
    RoleRef,
    SpeechEngine,
)
from pydantic import AwareDatetime, BaseModel, Field

InterviewStatus = Literal["preparing", "ready", "in_progress", "completed", "abandoned"]
ReportStatus = Literal["none", "pending", "done", "partial", "insufficient", "failed"]
InterviewSort = Literal["created_at", "-created_at", "candidate", "-candidate", "overall", "-overall"]
CandidateSort = Literal["registered_at", "-registered_at", "name", "-name"]


class CandidateRef(BaseModel):
    """Whose interview it is; name and address are null until auth's event has arrived."""

    id: UUID
    email: str | None
    display_name: str | None


class OverallRef(BaseModel):
    """The overall figure of a report, scale 1 to 5."""

    value: float
    band: Band


class InterviewRow(BaseModel):
    """One line of the table of interviews."""

    id: UUID
    candidate: CandidateRef
    role: RoleRef
    level: LevelRef
    status: InterviewStatus
    report_status: ReportStatus
    question_count: int
    answered: int
    overall: OverallRef | None
    created_at: AwareDatetime
    completed_at: AwareDatetime | None


class TranscriptFacts(BaseModel):
    """How a spoken answer became text, without what was heard: the answer is what the candidate handed in.

    `edit_ratio` is the share of words that were changed after they were heard, 0 to 1; null when part of the speech
    never became text.
    """

    engine: SpeechEngine
    provider: str | None
    model: str | None
    edit_ratio: float | None


class ReviewedAnswer(BaseModel):
    """An answer with its analysis; `duration_s` in seconds."""

    id: UUID
    text: str
    parts: list[AnswerPart] = Field(description="which of the text answers which follow-up; empty without any")
    source: str
    duration_s: float
    submitted_at: AwareDatetime
    transcript: TranscriptFacts | None = Field(description="of a spoken answer; null when it was typed")
    analysis_status: AnalysisStatus
    analysis_reason: str | None
    analysis: AnswerAnalysis | None


class ReviewedQuestion(BaseModel):
    """A question and what the candidate answered."""

    id: UUID
    position: int
    kind: str | None
    competency: CompetencyRef
    difficulty: int | None
    text: str
    key_points: list[KeyPoint]
    status: Literal["open", "submitted", "not_answered"]
    answer: ReviewedAnswer | None


class ReviewedNotice(BaseModel):
    """Something that was noticed, and what the candidate says to it. No verdict, and part of no score."""

    id: UUID
    kind: NoticeKind
    question_id: UUID | None
    started_at: AwareDatetime
    duration_s: float = Field(description="seconds")
    confidence: float | None = Field(description="of the detector, 0 to 1; null where there is none")
    reason: str = Field(description="what was noticed, in the sentence the candidate reads")
    reply: str | None
    replied_at: AwareDatetime | None
    recorded_at: AwareDatetime


class SharedPresence(BaseModel):
    """What was visible during the answers, as the candidate's own browser estimated it."""

    answers: list[AnswerPresence]


class AiSpending(BaseModel):
    """What AI providers were asked and what that cost, as far as they counted it and their prices are known."""

    requests: int
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal | None = Field(description="US dollars; null when no request had a known price")
    without_cost: int = Field(description="requests whose tokens or price are not known; they are not in the cost")


class ReviewedInterview(InterviewRow):
    """The whole record of one interview."""

    source: QuestionSource | None
    ready_at: AwareDatetime | None
    started_at: AwareDatetime | None
    questions: list[ReviewedQuestion]
    report: InterviewReport | None
    ai_spending: AiSpending
    notices: list[ReviewedNotice] = Field(description="in the order in which they began, each with the reply to it")
    presence: SharedPresence | None = Field(
        None,
        exclude_if=lambda presence: presence is None,
        description="only while the candidate shares it, and never in education or with an employer; absent otherwise",
    )


class CandidateRow(BaseModel):
    """One line of the table of candidates."""

    id: UUID
    email: str
    display_name: str
    registered_at: AwareDatetime
    interviews: int
    completed: int
    last_interview_at: AwareDatetime | None
    mean_overall: float | None


class DayCount(BaseModel):
    """Interviews completed on one day, UTC."""

    day: date
    count: int


class Overview(BaseModel):
    """How things stand; `mean_overall` is over the reports that show an overall figure."""

    candidates: int
    interviews: int
    completed: int
    in_progress: int
    awaiting_report: int
    failed_analyses: int
    completed_last_7_days: list[DayCount]
    mean_overall: float | None
    ai_last_30_days: AiSpending
    updated_at: AwareDatetime

"""Interviews and their questions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from contracts.analysis import Band
from contracts.interview import Because, CompetencyRef, FollowUpKind, LevelRef, QuestionKind, RoleRef
from kit.text import CleanText
from pydantic import BaseModel, Field

from interview.schemas.answers import Answer, Draft
from interview.schemas.catalogue import FEWEST_QUESTIONS, MOST_FOLLOW_UPS, MOST_QUESTIONS, USUAL_QUESTIONS
from interview.schemas.consents import ActiveConsent
from interview.schemas.requests import Request
from interview.schemas.speech import SpeechPart
from interview.schemas.tailoring import MOST_FOCUS, PastedText, TailoredTo
from interview.states import InterviewStatus, PreparationStage, QuestionStatus, ReportStatus


class NewInterview(Request):
    """What a candidate chooses."""

    role_id: Annotated[str, CleanText(1, 64)]
    level_id: Annotated[str, CleanText(1, 64)]
    question_count: int = Field(USUAL_QUESTIONS, ge=FEWEST_QUESTIONS, le=MOST_QUESTIONS)
    kinds: list[QuestionKind] = Field(default_factory=list, max_length=5, description="empty: what suits the role")
    follow_ups: int = Field(0, ge=0, le=MOST_FOLLOW_UPS, description="at most so many follow-ups to each question")
    allow_fallback: bool = Field(default=True, description="whether the built-in engine may step in when the AI fails")
    job_description: PastedText | None = Field(
        None, description="of the job to practise for, at most 12,000 characters"
    )
    resume: PastedText | None = Field(None, description="of the candidate, at most 12,000 characters")
    focus: list[Annotated[str, CleanText(1, 64)]] = Field(
        default_factory=list, max_length=MOST_FOCUS, description="ids of competencies to ask about for sure"
    )
    use_history: bool = Field(default=False, description="ask about what came out low in earlier reports")


class FollowUpMark(BaseModel):
    """Which follow-up to its question it is, counted from 1, and of which kind."""

    number: int
    kind: FollowUpKind


class AskedQuestion(BaseModel):
    """A question as the candidate may see it. What a good answer covers is never part of it."""

    id: UUID
    position: int = Field(description="of the question; a follow-up has its question's")
    follow_up: FollowUpMark | None = Field(description="null for a question itself")
    kind: QuestionKind
    competency: CompetencyRef
    difficulty: int
    status: QuestionStatus
    text: str | None = Field(description="null until it has been asked")
    suggested_seconds: int
    because: Because | None = Field(description="why it is asked of you; null for role and level alone")
    asked_at: datetime | None
    submitted_at: datetime | None
    draft: Draft | None = Field(description="of the open question only")
    speech: list[SpeechPart] = Field(
        description="parts of speech of the open question as they were spoken, take by take; empty for all others"
    )
    answer: Answer | None


class Question(AskedQuestion):
    """A question of the interview with the follow-ups to it, which are judged with it as one answer."""

    follow_ups: list[AskedQuestion]


class Preparation(BaseModel):
    """How far the questions are."""

    stage: PreparationStage
    message: str | None
    since: datetime


class QuestionSource(BaseModel):
    """Who wrote the questions."""

    provider: str
    model: str | None
    fallback_reason: str | None


class Interview(BaseModel):
    """An interview with everything its candidate may know."""

    id: UUID
    version: int
    status: InterviewStatus
    role: RoleRef
    level: LevelRef
    question_count: int
    kinds: list[QuestionKind]
    allow_fallback: bool
    follow_ups: int = Field(description="at most so many to each question")
    tailored_to: TailoredTo | None = Field(description="null when nothing but role and level was given")
    preparation: Preparation
    question_source: QuestionSource | None
    created_at: datetime
    ready_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    current_question_id: UUID | None = Field(description="of a question or of a follow-up")
    questions: list[Question]
    consents: list[ActiveConsent] = Field(description="what the candidate has agreed to and not withdrawn")
    report_status: ReportStatus
    report_revealed: bool = Field(description="false while its candidate is not told what it says")


class OverallMark(BaseModel):
    """The overall figure of the report."""

    value: float
    band: Band


class InterviewSummary(BaseModel):
    """An interview in a list."""

    id: UUID
    status: InterviewStatus
    role: RoleRef
    level: LevelRef
    question_count: int
    answered: int
    created_at: datetime
    completed_at: datetime | None
    report_status: ReportStatus
    report_revealed: bool = Field(description="false while its candidate is not told what it says")
    overall: OverallMark | None = Field(description="null until the report is revealed, and where it shows no figure")

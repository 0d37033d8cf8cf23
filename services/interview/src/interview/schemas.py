"""What goes over the wire, as the browser sees it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from contracts.analysis import Band
from contracts.interview import AnswerSource, CompetencyRef, LevelRef, QuestionKind, RoleRef
from kit.text import CleanText
from pydantic import BaseModel, ConfigDict, Field

from interview.statements import Capture
from interview.states import AnalysisStatus, InterviewStatus, PreparationStage, QuestionStatus, ReportStatus

FEWEST_QUESTIONS = 3
MOST_QUESTIONS = 10
USUAL_QUESTIONS = 5
LONGEST_ANSWER = 20_000


class Request(BaseModel):
    """A request body; a misspelt field is an error, not a default."""

    model_config = ConfigDict(extra="forbid")


class NewInterview(Request):
    """What a candidate chooses."""

    role_id: Annotated[str, CleanText(1, 64)]
    level_id: Annotated[str, CleanText(1, 64)]
    question_count: int = Field(USUAL_QUESTIONS, ge=FEWEST_QUESTIONS, le=MOST_QUESTIONS)
    kinds: list[QuestionKind] = Field(default_factory=list, max_length=5, description="empty: what suits the role")
    allow_fallback: bool = Field(default=True, description="whether the built-in engine may step in when the AI fails")


class DraftText(Request):
    """What has been typed so far. White space counts: it comes back as it was."""

    text: str = Field(max_length=LONGEST_ANSWER)
    revision: int = Field(ge=0, description="revision of the draft this text is based on; 0 when there was none")


class NewAnswer(Request):
    """An answer to hand in; 1 to 20,000 characters without the white space around it."""

    text: str
    source: Literal["typed"] = "typed"


class SavedDraft(BaseModel):
    """Where the draft stands; send `revision` with the next save."""

    revision: int
    saved_at: datetime


class Draft(BaseModel):
    """The saved draft of the open question."""

    text: str
    revision: int
    saved_at: datetime


class Answer(BaseModel):
    """An answer as it was handed in."""

    id: UUID
    attempt: int
    text: str
    source: AnswerSource
    submitted_at: datetime
    duration_s: float = Field(description="seconds between seeing the question and handing in")
    analysis: AnalysisStatus
    analysis_reason: str | None


class Question(BaseModel):
    """A question as the candidate may see it. What a good answer covers is never part of it."""

    id: UUID
    position: int
    kind: QuestionKind
    competency: CompetencyRef
    difficulty: int
    status: QuestionStatus
    text: str | None = Field(description="null until it has been asked")
    suggested_seconds: int
    asked_at: datetime | None
    submitted_at: datetime | None
    draft: Draft | None = Field(description="of the open question only")
    answer: Answer | None


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


class ActiveConsent(BaseModel):
    """Something the candidate has agreed to and not taken back."""

    capture: Capture
    version: str
    given_at: datetime


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
    preparation: Preparation
    question_source: QuestionSource | None
    created_at: datetime
    ready_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    current_question_id: UUID | None
    questions: list[Question]
    consents: list[ActiveConsent] = Field(description="what the candidate has agreed to and not withdrawn")
    report_status: ReportStatus


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
    overall: OverallMark | None


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

    provider: Literal["offline", "gemini"]
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
    levels: list[Level]
    engine: Engine
    question_count: QuestionCount

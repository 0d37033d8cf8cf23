"""Events published by the interview service.

`AnswerSubmitted` carries everything an analysis needs (question, rubric, transcript), so no service asks another.
"""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.base import AiUsedEvent, InterviewEvent, Shape

QuestionKind = Literal["behavioural", "situational", "technical", "system_design", "role_specific"]
Outcome = Literal["completed", "abandoned"]
AnswerSource = Literal["typed", "voice"]
SpeechEngine = Literal["browser", "on_device", "server"]
FollowUpKind = Literal["expand", "specify", "challenge"]
NoticeKind = Literal[
    "no_face",
    "several_faces",
    "looking_away",
    "could_not_tell",
    "monitoring_off",
    "page_hidden",
    "window_blur",
    "paste",
    "fullscreen_exit",
    "second_screen",
]
BecauseKind = Literal["focus", "weak_point", "job_description", "resume"]
ExpressionLabel = Literal["neutral", "happy", "surprised", "sad", "angry", "fearful", "disgusted"]


class RoleRef(Shape):
    """A job role as the candidate saw it when choosing."""

    id: str
    title: str
    family: str


class LevelRef(Shape):
    """A level of experience, e.g. `mid`."""

    id: str
    label: str


class CompetencyRef(Shape):
    """What a question looks for."""

    id: str
    label: str


class KeyPoint(Shape):
    """One thing a good answer covers.

    `terms` are other words for it, lower case; empty when the author gave none.
    """

    id: str
    text: str
    terms: tuple[str, ...] = ()


class RubricDimension(Shape):
    """One scale of a rubric with its five anchor sentences, level 1 first: those for the interview's `level`."""

    id: str
    label: str
    weight: float = Field(gt=0, le=1)
    anchors: tuple[str, str, str, str, str]


class Rubric(Shape):
    """The scales an answer is judged on; the weights sum to 1."""

    id: str
    version: str
    expectation: str
    dimensions: tuple[RubricDimension, ...]


class AnswerAnchors(Shape):
    """What a weak (1), solid (3) and strong (5) answer to this very question looks like."""

    weak: str
    solid: str
    strong: str


class Because(Shape):
    """Why a question is asked of this candidate: `text` is the sentence they read. Nothing of a résumé is in it."""

    kind: BecauseKind
    text: str


class Question(Shape):
    """A question as asked, with what is needed to judge an answer to it.

    `suggested_seconds` is a suggestion to the candidate, never a limit. `because` is null when it is asked for no
    other reason than role and level.
    """

    id: UUID
    position: int = Field(ge=1)
    kind: QuestionKind
    difficulty: int = Field(ge=1, le=5)
    competency: CompetencyRef
    text: str
    key_points: tuple[KeyPoint, ...]
    rubric: Rubric
    anchors: AnswerAnchors | None = None
    suggested_seconds: int = Field(ge=30, le=900)
    because: Because | None = None


class QuestionSource(Shape):
    """Who wrote the questions; `fallback_reason` says why the asked-for provider did not."""

    provider: str
    model: str | None = None
    prompt_version: str | None = None
    fallback_reason: str | None = None


class HeardWord(Shape):
    """A word as it was heard, and when: seconds from the start of the speech, pauses between takes not counted."""

    text: str
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)


class Transcript(Shape):
    """What was heard of a spoken answer, before the candidate read it over.

    `provider` and `model` are known of the server's engines only. `edit_ratio` says how far the text that was handed
    in is from what was heard: the words to change, over the words of the longer of the two; null when part of the
    speech never became text. `words` is null when the engine gave no times that make sense. `spoken_s` is the sound
    in which something was heard, in seconds.
    """

    engine: SpeechEngine
    provider: str | None = None
    model: str | None = None
    heard: str
    edit_ratio: float | None = Field(default=None, ge=0, le=1)
    words: tuple[HeardWord, ...] | None = None
    spoken_s: float | None = Field(default=None, ge=0)


class InterviewCreated(InterviewEvent):
    """An interview was set up and its questions are to be prepared."""

    event_type: ClassVar[str] = "interview.interview_created.v1"

    role: RoleRef
    level: LevelRef
    question_count: int = Field(ge=1)
    allow_fallback: bool
    created_at: AwareDatetime


class InterviewReady(InterviewEvent):
    """The questions are there; the candidate can start."""

    event_type: ClassVar[str] = "interview.interview_ready.v1"

    source: QuestionSource
    questions: tuple[Question, ...]
    ready_at: AwareDatetime


class InterviewStarted(InterviewEvent):
    """The candidate saw the first question."""

    event_type: ClassVar[str] = "interview.interview_started.v1"

    started_at: AwareDatetime


class SpeechReceived(InterviewEvent):
    """A piece of a spoken answer arrived and is to become text.

    The sound itself stays in the service's storage; `take` is one press of "Speak", `seq` the piece within it.
    """

    event_type: ClassVar[str] = "interview.speech_received.v1"

    question_id: UUID
    take: UUID
    seq: int = Field(ge=0)


class FollowUpWanted(InterviewEvent):
    """The draft of an answer is long enough to word a follow-up question for it. For the interview service itself.

    The draft stays in the service's database; `wording_id` is the row that waits for the wording.
    """

    event_type: ClassVar[str] = "interview.follow_up_wanted.v1"

    question_id: UUID
    wording_id: UUID


class AnswerPart(Shape):
    """What was answered to the question, or to one follow-up question of it (`follow_up` says which kind).

    Offsets in Unicode code points into the text of the whole answer: `answer.text[start:end] == text`.
    """

    question_text: str
    follow_up: FollowUpKind | None = None
    text: str
    source: AnswerSource
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class AnswerSubmitted(InterviewEvent):
    """The candidate has finished with a question: the answer, with those to its follow-up questions, is complete.

    `text` is all of it; `parts` says which of it answered what, and is empty when there is only the one answer.
    `duration_s` is the time from seeing a question to submitting, in seconds, summed over the parts.
    `allow_fallback`: the offline engine may analyse it when the AI cannot.
    `transcript`: what was heard, when the answer was spoken; `text` is what the candidate made of it and what counts.
    """

    event_type: ClassVar[str] = "interview.answer_submitted.v1"

    answer_id: UUID
    attempt: int = Field(ge=1)
    question: Question
    role: RoleRef
    level: LevelRef
    text: str
    source: AnswerSource
    duration_s: float = Field(ge=0)
    submitted_at: AwareDatetime
    allow_fallback: bool
    transcript: Transcript | None = None
    parts: tuple[AnswerPart, ...] = ()


class AskedQuestion(Shape):
    """A question of a finished interview; `answer_id` is null when it was skipped or never reached.

    A follow-up question is part of its question and not named on its own.
    """

    question_id: UUID
    position: int = Field(ge=1)
    competency: CompetencyRef
    text: str
    answer_id: UUID | None


class InterviewCompleted(InterviewEvent):
    """No more answers will come: the candidate finished, or left for good."""

    event_type: ClassVar[str] = "interview.interview_completed.v1"

    outcome: Outcome
    role: RoleRef
    level: LevelRef
    questions: tuple[AskedQuestion, ...]
    completed_at: AwareDatetime


class Notice(Shape):
    """Something the candidate's browser noticed, with their consent, while the interview ran.

    It is no verdict and part of no score. `duration_s` in seconds; `confidence` (0 to 1) is the detector's, null where
    there is nothing to be unsure of; `reason` is the sentence the candidate reads.
    """

    id: UUID
    kind: NoticeKind
    question_id: UUID | None
    started_at: AwareDatetime
    duration_s: float = Field(ge=0)
    confidence: float | None = Field(ge=0, le=1)
    reason: str
    recorded_at: AwareDatetime


class NoticeRecorded(InterviewEvent):
    """A notice was recorded, or a known one lasted longer than was known: of two, the longer counts."""

    event_type: ClassVar[str] = "interview.notice_recorded.v1"

    notice: Notice


class NoticeReplied(InterviewEvent):
    """The candidate said something to a notice; of two replies, the later counts."""

    event_type: ClassVar[str] = "interview.notice_replied.v1"

    notice_id: UUID
    reply: str
    replied_at: AwareDatetime


class ExpressionShare(Shape):
    """How large a share of the readable samples showed an expression, 0 to 1."""

    label: ExpressionLabel
    share: float = Field(ge=0, le=1)


class AnswerPresence(Shape):
    """What was visible during one answer, as an estimate of the candidate's own browser.

    `readable_share`: samples in which a face could be read, of all `samples`. `facing_share`: of those, towards the
    camera by the candidate's own baseline; null when there was no baseline or nothing readable.
    """

    question_id: UUID
    seconds: float = Field(ge=0)
    samples: int = Field(ge=1)
    readable_share: float = Field(ge=0, le=1)
    facing_share: float | None = Field(ge=0, le=1)
    expressions: tuple[ExpressionShare, ...]


class PresenceSharingChanged(InterviewEvent):
    """The candidate shares what was visible with reviewers, or does so no longer; of two, the later counts.

    Sent again when what is shared changes. While nothing is shared `answers` is empty.
    """

    event_type: ClassVar[str] = "interview.presence_sharing_changed.v1"

    shared: bool
    answers: tuple[AnswerPresence, ...]
    changed_at: AwareDatetime


class RecordingCompleted(InterviewEvent):
    """A recorded video has arrived in chunks, and the video is to be made of them. For the interview service itself.

    Nothing of the recording is in it, and no other service has a use for it.
    """

    event_type: ClassVar[str] = "interview.recording_completed.v1"

    recording_id: UUID
    completed_at: AwareDatetime


class InterviewAiUsed(AiUsedEvent):
    """The interview service asked an AI provider."""

    event_type: ClassVar[str] = "interview.interview_ai_used.v1"

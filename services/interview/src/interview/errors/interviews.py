"""Of interviews, questions and answers."""

from kit.problems import Conflict, NotFound, Unprocessable


class InterviewNotFound(NotFound):
    """No such interview, or somebody else's: whether it exists is not told."""

    type = "interview-not-found"
    title = "There is no such interview"


class QuestionNotFound(NotFound):
    """The interview has no such question."""

    type = "question-not-found"
    title = "There is no such question in this interview"


class RoleUnknown(NotFound):
    """The catalogue has no such role."""

    type = "role-unknown"
    title = "There is no such job role"


class LevelUnknown(NotFound):
    """The catalogue has no such level."""

    type = "level-unknown"
    title = "There is no such experience level"


class KindNotOffered(Conflict):
    """None of the wanted kinds of question is asked for this role."""

    type = "kind-not-offered"
    title = "Questions of that kind are not asked for this role"


class CompetencyUnknown(NotFound):
    """The catalogue has no such competency."""

    type = "competency-unknown"
    title = "There is no such focus area"


class IllegalTransition(Conflict):
    """The state machine has no such move."""

    type = "illegal-transition"
    title = "That is not possible at this stage of the interview"

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__(f"It is {_words(current)} and cannot become {_words(wanted)}.", current=current, wanted=wanted)


class InterviewNotReady(Conflict):
    """It was started before its questions were there."""

    type = "interview-not-ready"
    title = "The questions are not ready yet"


class InterviewNotInProgress(Conflict):
    """It has not been started, or is over."""

    type = "interview-not-in-progress"
    title = "This interview is not in progress"


class InterviewFinished(Conflict):
    """It is over; nothing about it changes any more."""

    type = "interview-finished"
    title = "This interview is over"


class QuestionNotOpen(Conflict):
    """Only the question that is being asked can be answered."""

    type = "question-not-open"
    title = "This question is not the one being asked"


class AnswerAlreadySubmitted(Conflict):
    """Another answer was handed in before."""

    type = "answer-already-submitted"
    title = "An answer to this question was already submitted"


class DraftStale(Conflict):
    """The draft was saved from somewhere else in the meantime; the body carries the newer one."""

    type = "draft-stale"
    title = "A newer draft was saved in another window"

    def __init__(self, revision: int, text: str) -> None:
        super().__init__(revision=revision, text=text)


class AnswerEmpty(Unprocessable):
    """Nothing but white space was submitted."""

    type = "answer-empty"
    title = "The answer is empty"


class AnswerTooLong(Unprocessable):
    """The answer is longer than an answer may be."""

    type = "answer-too-long"
    title = "The answer is too long"


def _words(status: str) -> str:
    return status.replace("_", " ")

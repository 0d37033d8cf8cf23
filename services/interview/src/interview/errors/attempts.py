"""Of further attempts at a question."""

from kit.problems import Conflict, NotFound


class AttemptNotFound(NotFound):
    """The question has no such further attempt."""

    type = "attempt-not-found"
    title = "There is no such attempt at this question"


class InterviewNotCompleted(Conflict):
    """A question can be tried again when the interview was finished."""

    type = "interview-not-completed"
    title = "This interview was not completed"


class QuestionNotAnswered(Conflict):
    """There is no first answer that another could be compared with."""

    type = "question-not-answered"
    title = "This question was not answered in the interview"


class AttemptsFull(Conflict):
    """A question can be answered so often and not more."""

    type = "attempts-full"
    title = "There are no more attempts at this question"


class AttemptClosed(Conflict):
    """The attempt was handed in, with another text."""

    type = "attempt-closed"
    title = "This attempt was already handed in"

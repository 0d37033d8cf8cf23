"""Of consents, notices and presence."""

from kit.problems import Conflict, Forbidden, NotFound, Unprocessable


class CaptureNotOffered(Forbidden):
    """This server does not offer that capture."""

    type = "capture-not-offered"
    title = "This is not offered here"


class ExpressionNotOffered(Forbidden):
    """Expressions are looked at in practice for oneself only: not at schools, not by employers."""

    type = "expression-not-offered"
    title = "Expressions are not looked at here"


class ConsentOutdated(Conflict):
    """The statement that was agreed to is not the one of today; the body names the version of today."""

    type = "consent-outdated"
    title = "The statement has changed, please read it again"

    def __init__(self, current: str) -> None:
        super().__init__(current=current)


class ConsentNotFound(NotFound):
    """Nothing was agreed to that could be withdrawn."""

    type = "consent-not-found"
    title = "There was no such consent"


class ConsentMissing(Conflict):
    """Nothing is captured without consent; the body names the capture."""

    type = "consent-missing"
    title = "There is no consent to this"

    def __init__(self, capture: str) -> None:
        super().__init__(capture=capture)


class NoticeNotFound(NotFound):
    """The interview has no such notice."""

    type = "notice-not-found"
    title = "There is no such notice in this interview"


class NoticeDiffers(Conflict):
    """A notice with this id was recorded before and is about something else."""

    type = "notice-differs"
    title = "Another notice was recorded under this id"


class NoticesFull(Conflict):
    """An interview holds only so many notices."""

    type = "notices-full"
    title = "This interview has as many notices as it can hold"


class NoticeTimeImpossible(Unprocessable):
    """It begins before the interview, or ends after it, or has not happened yet."""

    type = "notice-time-impossible"
    title = "The notice is of a time that cannot be"


class PresenceTimeImpossible(Unprocessable):
    """It counts more seconds than have passed since the question was asked."""

    type = "presence-time-impossible"
    title = "More time was counted than has passed since the question was asked"

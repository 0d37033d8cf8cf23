"""What can go wrong here, in the words of the reader."""

from kit.problems import NotFound, Unprocessable


class InterviewNotFound(NotFound):
    """No interview has this id, or its events have not arrived yet."""

    type = "interview-not-found"
    title = "There is no such interview"


class CursorOfAnotherList(Unprocessable):
    """The cursor belongs to a list with another sort order."""

    type = "cursor-of-another-list"
    title = "The cursor belongs to another list"

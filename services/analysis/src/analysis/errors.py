"""The rules that say no, with their status."""

from kit.problems import Conflict, NotFound, ServiceUnavailable, Unprocessable


class ReportNotFound(NotFound):
    """There is no such interview, it has no answers yet, or it belongs to somebody else."""

    type = "report-not-found"
    title = "There is no report for this interview"


class AnswerNotFound(NotFound):
    """The interview has no such answer."""

    type = "answer-not-found"
    title = "There is no such answer in this interview"


class AnalysisNotFailed(Conflict):
    """Only an analysis that failed can be asked for again."""

    type = "analysis-not-failed"
    title = "This analysis has not failed"


class ReportNotReady(Conflict):
    """A report can be saved once it has been made; `answers` are the questions whose answers are still to be read."""

    type = "report-not-ready"
    title = "The report is not ready yet"


class ReportNotDrawn(ServiceUnavailable):
    """The PDF did not come about, or not in time."""

    type = "report-not-drawn"
    title = "The report could not be made into a PDF"

    def __init__(self, *, retry_after: int | None) -> None:
        """Take the seconds to wait; none when trying again will not help."""
        super().__init__("Nothing is lost, and the report can be saved as Markdown.", retry_after=retry_after)


class ReportNotRevealed(Conflict):
    """What a report says is told once its candidate has rated their own answers, or said that they do not want to."""

    type = "report-not-revealed"
    title = "This report has not been opened yet"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("It can be had once the answers have been rated by oneself, or that was skipped.")


class AnalysisNotEnded(Conflict):
    """What is missing from an answer is known when it has been read."""

    type = "analysis-not-ended"
    title = "This answer is still being read"


class ImprovementNotFound(NotFound):
    """Nobody has asked for one."""

    type = "improvement-not-found"
    title = "No improvement of this answer was asked for"


class ImprovementUnderWay(Conflict):
    """Facts can be changed when it has come to an end."""

    type = "improvement-under-way"
    title = "This answer is being rewritten right now"


class FactUnknown(Unprocessable):
    """A fact names a question that was not asked, or names one twice."""

    type = "fact-unknown"
    title = "A fact belongs to no question that was asked"


class AlreadyRevealed(Conflict):
    """An answer is rated before its score is seen, or not at all."""

    type = "report-revealed"
    title = "You have seen this report, so your own ratings stay as they are"

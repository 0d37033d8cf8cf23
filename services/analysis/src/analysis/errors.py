"""The rules that say no, with their status."""

from kit.problems import Conflict, NotFound


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


class ReportRevealed(Conflict):
    """An answer is rated before its score is seen, or not at all."""

    type = "report-revealed"
    title = "You have seen this report, so your own ratings stay as they are"

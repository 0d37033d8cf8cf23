"""The desk: what the service does, in the words of the product."""

from analysis.use_cases.judging import Desk, analyse_submitted, analyse_waiting
from analysis.use_cases.reading import list_reports, read_report, summary_of
from analysis.use_cases.reporting import note_completion
from analysis.use_cases.retrying import retry_analysis
from analysis.use_cases.self_rating import rate_answer, reveal_report

__all__ = [
    "Desk",
    "analyse_submitted",
    "analyse_waiting",
    "list_reports",
    "note_completion",
    "rate_answer",
    "read_report",
    "retry_analysis",
    "reveal_report",
    "summary_of",
]

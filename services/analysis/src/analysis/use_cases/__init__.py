"""The desk: what the service does, in the words of the product."""

from analysis.use_cases.exporting import export_report
from analysis.use_cases.improvements import ask_for_improvement, give_facts, read_improvement
from analysis.use_cases.improving import improve_waiting
from analysis.use_cases.judging import Desk, analyse_submitted, analyse_waiting
from analysis.use_cases.reading import list_reports, read_report, summary_of
from analysis.use_cases.reporting import note_completion
from analysis.use_cases.retrying import retry_analysis
from analysis.use_cases.self_rating import rate_answer, reveal_report
from analysis.use_cases.spending import ledger_of, note_usage

__all__ = [
    "Desk",
    "analyse_submitted",
    "analyse_waiting",
    "ask_for_improvement",
    "export_report",
    "give_facts",
    "improve_waiting",
    "ledger_of",
    "list_reports",
    "note_completion",
    "note_usage",
    "rate_answer",
    "read_improvement",
    "read_report",
    "retry_analysis",
    "reveal_report",
    "summary_of",
]

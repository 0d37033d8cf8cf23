"""The cabinet: what the service remembers."""

from analysis.models.analyses import TERMINAL, Analysis
from analysis.models.base import SCHEMA, Base, ai_usage
from analysis.models.improvements import AnswerImprovement, ImprovementStatus
from analysis.models.reports import Report

__all__ = ["SCHEMA", "TERMINAL", "Analysis", "AnswerImprovement", "Base", "ImprovementStatus", "Report", "ai_usage"]

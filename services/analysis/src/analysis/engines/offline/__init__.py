"""Judging without AI."""

from analysis.engines.offline.engine import LIMITS, VERSION, OfflineEngine, judge, refuse

__all__ = ["LIMITS", "VERSION", "OfflineEngine", "judge", "refuse"]

"""Marks against a reference or key points: trained, without AI, without anything beyond a stemmer."""

from analysis.engines.offline.grading.grade import OTHER_LANGUAGE, Grade, Point, Quote, grade, measures
from analysis.engines.offline.grading.model import shipped

__all__ = ["OTHER_LANGUAGE", "Grade", "Point", "Quote", "grade", "measures", "shipped"]

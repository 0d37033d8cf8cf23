"""Marks against a reference or key points: trained, without AI, without anything beyond a stemmer."""

from analysis.engines.offline.grading.grade import MODEL, Grade, Point, Quote, grade, measures

__all__ = ["MODEL", "Grade", "Point", "Quote", "grade", "measures"]

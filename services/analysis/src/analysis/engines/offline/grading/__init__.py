"""Marks against a reference or key points: trained, without AI, without anything beyond a stemmer."""

from analysis.engines.offline.grading.grade import MODEL, OTHER_LANGUAGE, Grade, Point, Quote, grade, measures

__all__ = ["MODEL", "OTHER_LANGUAGE", "Grade", "Point", "Quote", "grade", "measures"]

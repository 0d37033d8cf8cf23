"""Analyses of answers and interview reports."""

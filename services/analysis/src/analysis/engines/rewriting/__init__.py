"""Improving an answer with nothing but what the candidate said: asking, outlining, rewriting, checking."""

"""Plumbing every service stands on; it knows nothing of interviews."""

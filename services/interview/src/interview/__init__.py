"""Roles, questions, interviews and answers."""

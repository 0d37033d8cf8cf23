"""Read models for reviewers, built from events only."""

"""What can be set from outside, one file per noun."""

from interview.settings.interview import InterviewSettings

__all__ = ["InterviewSettings"]

"""Follow-up questions: what is open in an answer, which of it to ask next, and in which words. Pure but for the model.

Nothing here judges an answer: it only finds a reason to ask again. Judging is the analysis service's.
"""

from interview.follow_ups.choosing import Asked, FollowUp, Prepared, next_follow_up
from interview.follow_ups.gaps import Gap, gaps_in
from interview.follow_ups.reading import count_words
from interview.follow_ups.task import Said, Task
from interview.follow_ups.writer import FollowUpWriter, WordedFollowUps

__all__ = [
    "Asked",
    "FollowUp",
    "FollowUpWriter",
    "Gap",
    "Prepared",
    "Said",
    "Task",
    "WordedFollowUps",
    "count_words",
    "gaps_in",
    "next_follow_up",
]

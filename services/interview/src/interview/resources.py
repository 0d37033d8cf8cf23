"""What the worker's handlers share."""

from dataclasses import dataclass

from interview.follow_ups import FollowUpWriter
from interview.storage import Storage
from interview.use_cases.listening import Listeners
from interview.use_cases.preparation import Writers


@dataclass(frozen=True, slots=True)
class Resources:
    """Opened by the worker, closed by the worker."""

    writers: Writers
    storage: Storage
    listeners: Listeners
    follow_ups: FollowUpWriter | None

"""What the worker's handlers share."""

from dataclasses import dataclass

from interview.storage import Storage
from interview.use_cases.preparation import Writers


@dataclass(frozen=True, slots=True)
class Resources:
    """Opened by the worker, closed by the worker."""

    writers: Writers
    storage: Storage

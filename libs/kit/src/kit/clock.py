"""The one place that reads the wall clock."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


def later_than(moment: datetime | None) -> datetime:
    """Return the current time, but later than ``moment`` whatever the clock says.

    For times by which others decide what came last: a clock that was set back must not make a new word the older one.
    """
    if moment is None:
        return now()
    return max(now(), moment + timedelta(microseconds=1))

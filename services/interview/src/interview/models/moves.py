"""The guard of the state machine."""

from collections.abc import Mapping
from typing import TypeVar

from interview.errors import IllegalTransition

Status = TypeVar("Status", bound=str)


def require(moves: Mapping[Status, frozenset[Status]], current: Status, wanted: Status) -> None:
    """Let a move pass or stop it.

    Raises:
        IllegalTransition: the state machine has no such move.
    """
    if wanted not in moves[current]:
        raise IllegalTransition(current, wanted)

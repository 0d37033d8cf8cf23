"""Names of a rubric's versions: `behavioural-2` as shipped, `behavioural-edited-3` and minor ones of both."""

import re
from collections.abc import Iterable

_NUMBERS = re.compile(r"(\d+)(?:\.(\d+))?$")
# What is shipped never has it in its name. Both counted in the same numbers once, and an edited rubric could get the
# name of another one that a later release ships: their reports would have been compared.
_EDITED = "edited"


def next_version(rubric_id: str, before: str, *, known: Iterable[str], major: bool) -> str:
    """Return the name of a change of `before`; a major one has a number that none of the `known` versions has."""
    if major:
        highest = max(_numbers(version)[0] for version in [before, *known])
        return f"{rubric_id}-{_EDITED}-{highest + 1}"
    whole, part = _numbers(before)
    return f"{_NUMBERS.sub('', before)}{whole}.{part + 1}"


def _numbers(version: str) -> tuple[int, int]:
    found = _NUMBERS.search(version)
    if found is None:
        raise ValueError(f"a version without a number: {version}")
    return int(found[1]), int(found[2] or 0)

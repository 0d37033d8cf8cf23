"""Of the question bank and the rubrics."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kit.problems import Conflict, NotFound, Unprocessable

from interview.bank.differences import Difference


class BankItemUnknown(NotFound):
    """The bank has no such question or rubric."""

    type = "bank-item-unknown"
    title = "There is no such entry in the bank"


class BankVersionUnknown(NotFound):
    """The entry never had this version."""

    type = "bank-version-unknown"
    title = "There is no such version"


class BankChanged(Conflict):
    """Somebody else saved a version in the meantime; the body carries it as `current`.

    Of an edit the body also carries `differences`: what would change in that version if the edit were saved after all.
    """

    type = "bank-changed"
    title = "Somebody else saved a newer version"

    def __init__(self, current: dict[str, Any], differences: Sequence[Difference] | None) -> None:
        extensions: dict[str, Any] = {"current": current}
        if differences is not None:
            extensions["differences"] = [asdict(one) for one in differences]
        super().__init__(**extensions)


class QuestionExists(Conflict):
    """The id belongs to another question, perhaps a retired one."""

    type = "bank-question-exists"
    title = "There is already a question with this id"


class QuestionInState(Conflict):
    """It is retired already, or in use already."""

    type = "bank-question-state"
    title = "The question is in that state already"


class NothingChanged(Conflict):
    """A version that says the same as the last one would say nothing."""

    type = "bank-nothing-changed"
    title = "Nothing differs from the version in use"


class RoleRunsShort(Conflict):
    """A role would have fewer questions than the longest interview."""

    type = "bank-role-runs-short"
    title = "A job would be left with too few questions"


class ValuesRefused(Unprocessable):
    """Fields that are well-formed and still make no sense; `errors` says which, as for any malformed payload."""

    type = "validation"
    title = "The request is not valid"

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors=errors)

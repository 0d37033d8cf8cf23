"""E-mail addresses: what we accept, and when two are the same.

The rule is the one browsers apply to `<input type="email">` (HTML standard), plus a dot in the domain. Whether an
address works can only be proved by writing to it, so a validator that resolves domains would buy a dependency and no
certainty. Accepted addresses are ASCII, which makes "the same but for case" a question with one answer.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
MAX_LENGTH = 254


def require_email(text: str) -> str:
    """Return the address or raise a validation error."""
    if _ADDRESS.fullmatch(text) is None:
        raise PydanticCustomError("email", "This is not a valid e-mail address")
    return text


def email_key(email: str) -> str:
    """Return the form in which addresses are compared."""
    return email.strip().lower()


EmailAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=MAX_LENGTH), AfterValidator(require_email)
]

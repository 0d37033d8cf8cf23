"""Errors as classes, rendered once, as application/problem+json (RFC 9457).

A rule that says no is a subclass; raise it anywhere::

    class InterviewNotFound(NotFound):
        type = "interview-not-found"
        title = "There is no such interview"

The body never holds what the client sent, and never what went wrong inside.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"
URN = "urn:interview-kit:problem:"


class Problem(Exception):  # noqa: N818 - the standard calls it a problem, and so do we
    """An error with its HTTP status, a stable type and a title for people."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(
        self,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
        **extensions: Any,
    ) -> None:
        """Take a sentence for this occurrence, response headers and further body members."""
        super().__init__(detail or self.title)
        self.detail = detail
        self.headers = dict(headers or {})
        self.extensions = extensions


class BadRequest(Problem):
    """The request cannot be read at all."""

    status = 400
    type = "bad-request"
    title = "The request could not be read"


class Unauthorized(Problem):
    """No valid access token came with the request."""

    status = 401
    type = "unauthorized"
    title = "Sign in to continue"

    def __init__(
        self,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
        **extensions: Any,
    ) -> None:
        """Add the challenge that RFC 9110 asks for."""
        super().__init__(detail, {"WWW-Authenticate": "Bearer", **(headers or {})}, **extensions)


class Forbidden(Problem):
    """The account may not do this."""

    status = 403
    type = "forbidden"
    title = "You may not do this"


class NotFound(Problem):
    """There is nothing here, or nothing this account may know of."""

    status = 404
    type = "not-found"
    title = "There is nothing here"


class MethodNotAllowed(Problem):
    """The address exists, the method does not."""

    status = 405
    type = "method-not-allowed"
    title = "This address does not take that method"


class RequestTimeout(Problem):
    """The client stopped sending in the middle of its request."""

    status = 408
    type = "request-timeout"
    title = "The request took too long to arrive"


class Conflict(Problem):
    """The state of things does not allow it."""

    status = 409
    type = "conflict"
    title = "This no longer fits the current state"


class Gone(Problem):
    """It was here once."""

    status = 410
    type = "gone"
    title = "This is no longer here"


class PayloadTooLarge(Problem):
    """The body is larger than this address takes."""

    status = 413
    type = "payload-too-large"
    title = "The request body is too large"


class UnsupportedMediaType(Problem):
    """The body is of a kind this address does not take."""

    status = 415
    type = "unsupported-media-type"
    title = "The request body is of the wrong kind"


class Unprocessable(Problem):
    """The payload is malformed."""

    status = 422
    type = "validation"
    title = "The request is not valid"


class TooManyRequests(Problem):
    """The client must slow down."""

    status = 429
    type = "too-many-requests"
    title = "Too many requests"

    def __init__(
        self,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        retry_after: int | None = None,
        **extensions: Any,
    ) -> None:
        """Take the seconds to wait; they become the Retry-After header."""
        super().__init__(detail, _with_retry_after(headers, retry_after), **extensions)
        self.retry_after = retry_after


class ServiceUnavailable(Problem):
    """Something this service depends on is away for the moment."""

    status = 503
    type = "service-unavailable"
    title = "The service is not available right now"

    def __init__(
        self,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        retry_after: int | None = 2,
        **extensions: Any,
    ) -> None:
        """Take the seconds to wait; they become the Retry-After header."""
        super().__init__(detail, _with_retry_after(headers, retry_after), **extensions)
        self.retry_after = retry_after


class FieldError(BaseModel):
    """What is wrong with one field; never its value."""

    loc: list[str | int]
    msg: str
    type: str


class ProblemBody(BaseModel):
    """The body of every error response (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:interview-kit:problem:not-found"])
    title: str
    status: int
    detail: str | None = None
    instance: str | None = Field(None, description="path of the request")
    request_id: str | None = Field(None, description="quote this when you ask for help")
    errors: list[FieldError] | None = None


def responses(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Declare on a route which problems it answers with: ``responses=responses(RoleNotFound)``."""
    declared: dict[int | str, dict[str, Any]] = {}
    for problem in problems:
        entry = declared.setdefault(problem.status, {"model": ProblemBody, "description": "", "x-problem-types": []})
        entry["description"] = "; ".join(filter(None, [entry["description"], problem.title]))
        entry["x-problem-types"].append(URN + problem.type)
    return declared


def _with_retry_after(headers: Mapping[str, str] | None, retry_after: int | None) -> dict[str, str]:
    merged = dict(headers or {})
    if retry_after is not None:
        merged["Retry-After"] = str(retry_after)
    return merged

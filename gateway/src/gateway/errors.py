"""The ways the gateway says no."""

from typing import ClassVar

from kit.problems import BadRequest, Forbidden, NotFound, Problem, ServiceUnavailable, Unauthorized


class CsrfFailed(Forbidden):
    """A change that rides on a cookie did not prove that our own page asked for it."""

    type = "csrf-failed"
    title = "This request did not come from our page; reload it and try again"


class SessionExpired(Unauthorized):
    """The cookies no longer open a session."""

    type = "session-expired"
    title = "Your session is over, please log in again"


class PathRefused(BadRequest):
    """The path is written in a way that two readers could read differently."""

    type = "path-refused"
    title = "This address is not written plainly"


class NoSuchAddress(NotFound):
    """Nothing is served under this address."""


class UpstreamDown(ServiceUnavailable):
    """The service behind this address does not answer."""

    type = "upstream-unavailable"
    title = "This part of Interview Kit is not available right now"


class UpstreamTimeout(Problem):
    """The service behind this address took too long."""

    status: ClassVar[int] = 504
    type = "upstream-timeout"
    title = "This part of Interview Kit took too long to answer"


class UpstreamInvalid(Problem):
    """The service behind this address answered with something that is not HTTP."""

    status: ClassVar[int] = 502
    type = "upstream-invalid"
    title = "This part of Interview Kit gave an answer we cannot read"

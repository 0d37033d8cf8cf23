"""What can go wrong when a model is asked. No error ever carries the prompt or the reply.

Whoever catches one of these has no result. There is no default value to fall back on: the caller either tells the
user, tries later, or asks another engine and says so.
"""


class ModelError(Exception):
    """No usable reply. `reason` is a sentence without a full stop, fit to be shown to a user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ModelUnavailable(ModelError):  # noqa: N818  # reads as what happened
    """The provider could not be reached, was too slow, out of quota, or refused our key or model name.

    Attributes:
        retry_after: seconds after which asking again makes sense, when the provider or the circuit breaker said so.
        permanent: True when asking again cannot help until somebody changes the configuration.
    """

    def __init__(self, reason: str, retry_after: float | None = None, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.permanent = permanent


class ModelRefused(ModelError):  # noqa: N818  # reads as what happened
    """The provider's safety rules blocked the prompt or the reply. Asking the same again gives the same."""


class ModelOutputInvalid(ModelError):  # noqa: N818  # reads as what happened
    """The model replied twice, and neither reply was JSON of the asked shape.

    `detail` names the places of the faults for the log and for the repair; it quotes nothing of the reply.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail

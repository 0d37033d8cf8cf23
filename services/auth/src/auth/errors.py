"""The ways auth says no."""

from kit.problems import Conflict, ServiceUnavailable, TooManyRequests, Unauthorized


class EmailTaken(Conflict):
    """An account with this address exists."""

    type = "email-taken"
    title = "There is already an account with this e-mail address"


class InvalidCredentials(Unauthorized):
    """No account with this address and password; we never say which of the two."""

    type = "invalid-credentials"
    title = "The e-mail address or the password is wrong"


class TooManyAttempts(TooManyRequests):
    """The address or the account has to wait."""

    type = "too-many-attempts"
    title = "Too many attempts, please wait a little"


class RefreshTokenInvalid(Unauthorized):
    """The refresh token is unknown, spent or expired, or its session has ended."""

    type = "refresh-token-invalid"
    title = "This session is over, please log in again"


class SessionEnded(Unauthorized):
    """The access token is genuine, but its session has ended since."""

    type = "session-ended"
    title = "This session is over, please log in again"


class PasswordsBusy(ServiceUnavailable):
    """More passwords are waiting to be hashed than the queue takes."""

    type = "passwords-busy"
    title = "Too many people are logging in right now, please try again"


class SigningKeyMissing(ServiceUnavailable):
    """No signing key has been loaded yet."""

    type = "signing-key-missing"
    title = "Logging in is not possible right now"

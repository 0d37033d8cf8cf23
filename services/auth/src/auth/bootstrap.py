"""Creates the first administrator: `python -m auth.bootstrap`. Does nothing when there is one.

Takes AUTH_ADMIN_EMAIL and AUTH_ADMIN_PASSWORD; what is not set is made up and printed, once. There is no default
account and no default password.
"""

import asyncio
import secrets
import sys

from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.logs import configure_logging
from pydantic import SecretStr, ValidationError

from auth import queries
from auth.emails import email_key
from auth.errors import EmailTaken
from auth.models import Account
from auth.passwords import Passwords
from auth.schemas import SignUp
from auth.settings import AuthSettings
from auth.use_cases import add_account

DEFAULT_EMAIL = "admin@interview-kit.example"


async def create_first_admin(settings: AuthSettings) -> SignUp | None:
    """Create the administrator and return the credentials, or None when there is one already.

    Raises:
        EmailTaken: the address belongs to a candidate.
        ValidationError: the address or the password is not acceptable.
    """
    new = SignUp(
        email=settings.admin_email or DEFAULT_EMAIL,
        password=settings.admin_password or SecretStr(secrets.token_urlsafe(15)),
        display_name="Administrator",
    )
    passwords = Passwords(settings)
    database = Database(settings, application_name="auth bootstrap")
    try:
        password_hash = await passwords.hash(new.password.get_secret_value())
        async with database.transaction() as session:
            if await queries.admin_exists(session):
                return None
            if await queries.account_by_email(session, email_key(new.email)):
                raise EmailTaken
            account = Account(
                id=new_id(),
                email=new.email,
                email_key=email_key(new.email),
                display_name=new.display_name,
                password_hash=password_hash,
                role="admin",
                created_at=now(),
            )
            await add_account(session, account)
        return new
    finally:
        passwords.close()
        await database.dispose()


def main() -> int:
    """Run the command and return its exit code."""
    settings = AuthSettings()
    configure_logging(settings, "auth")
    try:
        created = asyncio.run(create_first_admin(settings))
    except EmailTaken:
        _say("AUTH_ADMIN_EMAIL belongs to a candidate; choose another address.")
        return 1
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_context=False):
            _say(f"AUTH_ADMIN_{str(problem['loc'][0]).upper()}: {problem['msg']}")
        return 1
    if created is None:
        _say("There is an administrator already.")
        return 0
    _say("Created the first administrator.")
    _say(f"  e-mail:   {created.email}")
    if settings.admin_password is None:
        _say(f"  password: {created.password.get_secret_value()}   (shown this once)")
    else:
        _say("  password: as given in AUTH_ADMIN_PASSWORD")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())

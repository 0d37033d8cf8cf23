"""Replaces the signing key by hand: `python -m auth.rotate [--compromised]`.

Keys are replaced by themselves in time (AUTH_SIGNING_KEY_LIFETIME). With `--compromised` the new key signs at once and
the old ones are forgotten: access tokens issued so far stop working, and sessions go on with their next refresh.
"""

import argparse
import asyncio
import sys

from kit.database import Database
from kit.logs import configure_logging

from auth.keys import KeyRing
from auth.settings import AuthSettings


async def rotate(settings: AuthSettings, *, compromised: bool) -> str:
    """Make a successor and return its kid; running processes notice within a minute."""
    database = Database(settings, application_name="auth rotate")
    try:
        async with database.transaction() as session:
            return await KeyRing(settings).rotate(session, compromised=compromised)
    finally:
        await database.dispose()


def main() -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m auth.rotate", description="Replace the signing key.")
    parser.add_argument("--compromised", action="store_true", help="sign with the new key at once, forget the old ones")
    arguments = parser.parse_args()
    settings = AuthSettings()
    configure_logging(settings, "auth")
    kid = asyncio.run(rotate(settings, compromised=arguments.compromised))
    sys.stdout.write(f"New signing key: {kid}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Bring the database up to date: `python -m local_stack.prepare`.

Roles and schemas, then every service's migrations, then the first administrator. One short-lived process for all of
it, because importing the libraries costs more than the work. It prints what the person at the terminal should know.
"""

import asyncio
import os
import sys

from auth import bootstrap
from kit.ai import GeminiSettings
from kit.migrations import ini_path, upgrade
from kit.provision import provision

from local_stack.stack import SERVICES


def main() -> int:
    """Do it all; doing it again changes nothing."""
    passwords = {service: os.environ[f"{service.upper()}_DATABASE_PASSWORD"] for service in SERVICES}
    asyncio.run(provision(os.environ["PROVISION_ADMIN_URL"], os.environ["PROVISION_DATABASE"], passwords))
    for service in SERVICES:
        upgrade(ini_path(service), os.environ[f"{service.upper()}_DATABASE_URL"])
    sys.stdout.write(f"AI: {ai_in_use(GeminiSettings())}\n")
    return bootstrap.main()


def ai_in_use(settings: GeminiSettings) -> str:
    """Name in a sentence what writes the questions and reads the answers."""
    if settings.gemini_api_key is None:
        return "the built-in engine, which needs no key (set GEMINI_API_KEY to use Gemini)"
    place = f" at {settings.gemini_base_url}" if settings.gemini_base_url else ""
    return f"Gemini, model {settings.gemini_model}{place}"


if __name__ == "__main__":
    sys.exit(main())

"""Bring the database up to date: `python -m local_stack.prepare`.

Roles and schemas, then every service's migrations, then the first administrator. One short-lived process for all of
it, because importing the libraries costs more than the work. It prints what the person at the terminal should know.
"""

import asyncio
import os
import sys

from auth import bootstrap
from kit.migrations import ini_path, upgrade
from kit.provision import provision

from local_stack.stack import SERVICES


def main() -> int:
    """Do it all; doing it again changes nothing."""
    passwords = {service: os.environ[f"{service.upper()}_DATABASE_PASSWORD"] for service in SERVICES}
    asyncio.run(provision(os.environ["PROVISION_ADMIN_URL"], os.environ["PROVISION_DATABASE"], passwords))
    for service in SERVICES:
        upgrade(ini_path(service), os.environ[f"{service.upper()}_DATABASE_URL"])
    return bootstrap.main()


if __name__ == "__main__":
    sys.exit(main())

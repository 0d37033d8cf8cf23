"""``python -m kit.migrate auth [revision]``: migrate one installed service.

The address comes from the service's own variable, for example ``AUTH_DATABASE_URL``.
"""

import argparse
import os
import sys

from kit.migrations import ini_path, upgrade


def main(arguments: list[str] | None = None) -> int:
    """Migrate and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kit.migrate", description=__doc__)
    parser.add_argument("service", help="import name of the service, for example auth")
    parser.add_argument("revision", nargs="?", default="head")
    given = parser.parse_args(arguments)
    variable = f"{given.service.upper()}_DATABASE_URL"
    url = os.environ.get(variable)
    if not url:
        sys.stderr.write(f"{variable} is not set\n")
        return 2
    upgrade(ini_path(given.service), url, given.revision)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The real OpenAI-compatible server of `make check-openai-server`; without it the tests that ask it are skipped.

A test file says `pytestmark = asks_a_real_server` and finds the server with `real_server()`.
"""

import os
from dataclasses import dataclass, field

import pytest

URL = "TEST_OPENAI_SERVER_URL"
KEY = "TEST_OPENAI_SERVER_KEY"
MODEL = "TEST_OPENAI_SERVER_MODEL"

asks_a_real_server = [
    pytest.mark.openai_server,
    pytest.mark.skipif(
        URL not in os.environ, reason="A real OpenAI-compatible server is optional: make check-openai-server"
    ),
    pytest.mark.timeout(1800),  # against a hang; how long a model writes on a shared processor is nobody's promise
]


@dataclass(frozen=True, slots=True)
class RealServer:
    """Where it is, with its version; the key it wants; and what it calls its model."""

    url: str
    key: str = field(repr=False)
    model: str


def real_server() -> RealServer:
    """Return the server of this run.

    Raises:
        KeyError: there is none.
    """
    return RealServer(os.environ[URL], os.environ[KEY], os.environ[MODEL])

"""Prints the merged document without running anything: `python -m gateway.openapi`.

For `make types`, where all services are installed. They are found by name, `<service>.main:create` and
`<service>.settings:<Service>Settings`: the gateway itself knows no service.
"""

import json
import os
import sys
from importlib import import_module

from fastapi import FastAPI

from gateway.main import VERSION, create
from gateway.openapi.merge import Document, merge
from gateway.routing import Routes
from gateway.settings import GatewaySettings

_NOWHERE = {
    "DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/nowhere",
    "AMQP_URL": "amqp://nobody:nothing@127.0.0.1:1/",
    "JWKS_URL": "http://127.0.0.1:1/",
    "STORAGE_URL": "s3://nowhere",
}


def document() -> Document:
    """Return the merged document of the installed services."""
    settings = GatewaySettings()
    routes = Routes(settings)
    services = {name: _app(name).openapi() for name in sorted(routes.services)}
    return merge(create(settings).openapi(), services, version=VERSION, is_served=routes.is_served)


def _app(service: str) -> FastAPI:
    for name, value in _NOWHERE.items():
        os.environ.setdefault(f"{service.upper()}_{name}", value)
    settings = getattr(import_module(f"{service}.settings"), f"{service.capitalize()}Settings")()
    app: FastAPI = import_module(f"{service}.main").create(settings)
    return app


if __name__ == "__main__":
    sys.stdout.write(json.dumps(document(), indent=2, ensure_ascii=False) + "\n")

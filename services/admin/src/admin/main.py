"""Wires the admin API."""

from fastapi import FastAPI
from kit.app import create_app
from kit.process import serve

from admin.routes import router
from admin.settings import AdminSettings

VERSION = "0.1.0"


def create(settings: AdminSettings) -> FastAPI:
    """Return the app."""
    return create_app(service="admin", settings=settings, routers=[router], version=VERSION)


if __name__ == "__main__":
    loaded = AdminSettings()
    serve(create(loaded), loaded)

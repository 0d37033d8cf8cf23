"""The API: wires the routes."""

from importlib.metadata import version

from fastapi import FastAPI
from kit.app import create_app
from kit.process import serve

from analysis.routes import routers
from analysis.settings import AnalysisSettings


def create(settings: AnalysisSettings) -> FastAPI:
    """Return the HTTP app."""
    return create_app(service="analysis", settings=settings, routers=routers, version=version("interview-kit-analysis"))


def main() -> None:
    """Run until told to stop."""
    settings = AnalysisSettings()
    serve(create(settings), settings)


if __name__ == "__main__":
    main()

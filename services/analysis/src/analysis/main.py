"""The API: wires the routes."""

from importlib.metadata import version

from fastapi import FastAPI
from kit.app import create_app
from kit.process import serve

from analysis.export.pdf import Press
from analysis.routes import routers
from analysis.settings import AnalysisSettings


def create(settings: AnalysisSettings) -> FastAPI:
    """Return the HTTP app."""
    app = create_app(service="analysis", settings=settings, routers=routers, version=version("interview-kit-analysis"))
    app.state.press = Press(at_once=settings.export_at_once, patience=settings.export_patience)
    return app


def main() -> None:
    """Run until told to stop."""
    settings = AnalysisSettings()
    serve(create(settings), settings)


if __name__ == "__main__":
    main()

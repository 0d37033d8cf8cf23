"""The doors for HTTP: one file per noun."""

from analysis.routes import improvements, reports

routers = [reports.router, improvements.router]

__all__ = ["routers"]

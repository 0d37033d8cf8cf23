"""The doors: one file per noun."""

from interview.routes import answers, catalogue, events, interviews, recordings

routers = [catalogue.router, interviews.router, answers.router, events.router, recordings.router]

__all__ = ["routers"]

"""The doors: one file per noun."""

from interview.routes import answers, catalogue, events, interviews

routers = [catalogue.router, interviews.router, answers.router, events.router]

__all__ = ["routers"]

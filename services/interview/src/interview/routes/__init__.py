"""The doors: one file per noun."""

from interview.routes import (
    answers,
    attempts,
    catalogue,
    consents,
    events,
    interviews,
    notices,
    presence,
    recordings,
    room,
    speech,
)

routers = [
    catalogue.router,
    interviews.router,
    answers.router,
    attempts.router,
    events.router,
    room.router,
    consents.router,
    notices.router,
    presence.router,
    recordings.router,
    speech.router,
]

__all__ = ["routers"]

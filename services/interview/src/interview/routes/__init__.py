"""The doors: one file per noun."""

from interview.routes import (
    answers,
    bank,
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
    events.router,
    room.router,
    consents.router,
    notices.router,
    presence.router,
    recordings.router,
    speech.router,
    bank.router,
]

__all__ = ["routers"]

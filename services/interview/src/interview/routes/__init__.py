"""The doors: one file per noun."""

from interview.routes import (
    answers,
    attempts,
    bank,
    catalogue,
    consents,
    documents,
    events,
    interviews,
    notices,
    presence,
    recordings,
    room,
    speech,
    tailorings,
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
    bank.router,
    documents.router,
    tailorings.router,
]

__all__ = ["routers"]

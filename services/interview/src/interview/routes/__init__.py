"""The doors: one file per noun."""

from interview.routes import answers, catalogue, consents, events, interviews, notices, presence, room

routers = [
    catalogue.router,
    interviews.router,
    answers.router,
    events.router,
    room.router,
    consents.router,
    notices.router,
    presence.router,
]

__all__ = ["routers"]

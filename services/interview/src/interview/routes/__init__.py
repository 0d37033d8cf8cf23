"""The doors: one file per noun."""

from interview.routes import answers, catalogue, consents, events, interviews, notices, presence, recordings, room

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
]

__all__ = ["routers"]

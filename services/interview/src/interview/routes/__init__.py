"""The doors: one file per noun."""

from interview.routes import answers, catalogue, consents, events, interviews, room, speech

routers = [
    catalogue.router,
    interviews.router,
    answers.router,
    events.router,
    room.router,
    consents.router,
    speech.router,
]

__all__ = ["routers"]

"""How what was visible is shown."""

from interview.schemas import presence as schemas
from interview.use_cases.presence import SeenPresence


def presence_view(presence: SeenPresence) -> schemas.Presence:
    """Return what was visible during the answers."""
    return schemas.Presence(
        shared=presence.shared,
        answers=[
            schemas.AnswerPresence(**dict(answer) | {"expressions": list(answer.expressions)})
            for answer in presence.answers
        ],
    )

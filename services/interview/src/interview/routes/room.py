"""What the interview room can do here."""

from fastapi import APIRouter
from kit.database import SessionDep
from kit.identity import CurrentCandidate

from interview.routes.parameters import Settings
from interview.schemas.room import RoomOffer
from interview.use_cases import room as use_cases

router = APIRouter(tags=["room"])


@router.get("/room")
async def read_room(session: SessionDep, candidate: CurrentCandidate, settings: Settings) -> RoomOffer:
    """Return what can be captured with your consent, how much may be recorded, and what makes a notice."""
    return await use_cases.offer(session, candidate.user_id, settings)

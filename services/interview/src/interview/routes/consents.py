"""Consent to what the room captures."""

from fastapi import APIRouter
from kit.database import SessionDep
from kit.identity import CurrentCandidate
from kit.pagination import Cursor, CursorParam, LimitParam, Page, page
from kit.problems import responses

from interview.errors import (
    CaptureNotOffered,
    ConsentNotFound,
    ConsentOutdated,
    ExpressionNotOffered,
    InterviewFinished,
    InterviewNotFound,
)
from interview.queries import consents
from interview.routes.parameters import CaptureId, InterviewId, Settings
from interview.schemas.consents import Consent, LedgerEntry, NewConsent
from interview.use_cases import consents as use_cases
from interview.use_cases.room import offered_statements
from interview.views.consents import consent_view, ledger_view

router = APIRouter(tags=["consents"])


@router.put(
    "/interviews/{interview_id}/consents/{capture}",
    responses=responses(InterviewNotFound, CaptureNotOffered, ExpressionNotOffered, ConsentOutdated, InterviewFinished),
)
async def give_consent(
    *,
    session: SessionDep,
    candidate: CurrentCandidate,
    settings: Settings,
    interview_id: InterviewId,
    capture: CaptureId,
    consent: NewConsent,
) -> Consent:
    """Agree to a capture for this interview, after reading today's statement."""
    given = await use_cases.give_consent(
        session,
        candidate.user_id,
        interview_id,
        capture,
        version=consent.version,
        offered=offered_statements(settings),
    )
    return consent_view(given)


@router.delete("/interviews/{interview_id}/consents/{capture}", responses=responses(InterviewNotFound, ConsentNotFound))
async def withdraw_consent(
    session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId, capture: CaptureId
) -> Consent:
    """Take a consent back; the ledger keeps that it was given."""
    return consent_view(await use_cases.withdraw_consent(session, candidate.user_id, interview_id, capture))


@router.get("/interviews/{interview_id}/consents", responses=responses(InterviewNotFound))
async def list_consents(session: SessionDep, candidate: CurrentCandidate, interview_id: InterviewId) -> list[Consent]:
    """Return what you agreed to for this interview, newest first."""
    found = await use_cases.consents_of(session, candidate.user_id, interview_id)
    return [consent_view(consent) for consent in found]


@router.get("/consents")
async def read_ledger(
    session: SessionDep, candidate: CurrentCandidate, cursor: CursorParam, limit: LimitParam
) -> Page[LedgerEntry]:
    """Return everything you ever agreed to, newest first."""
    rows = await consents.newest_first(session, candidate.user_id, after=cursor, limit=limit)
    return page(rows, limit, item=lambda row: ledger_view(*row), cursor=lambda row: Cursor(id=row[0].id))

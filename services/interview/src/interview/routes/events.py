"""An interview as it changes: server-sent events."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, HTTPException, Request, status
from kit.database import Database, DatabaseUnavailable
from kit.identity import CurrentCandidate
from kit.problems import responses
from kit.sse import EventSourceResponse, ServerSentEvent

from interview import models
from interview.errors import InterviewNotFound
from interview.routes.parameters import InterviewId, Settings
from interview.use_cases.interviews import own_interview
from interview.views.interviews import interview_view
from interview.watching import Watch, Watcher

router = APIRouter(prefix="/interviews", tags=["interviews"])

_DATABASE_PAUSE = 1.0  # seconds
_VERSION = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Stream:
    """An open stream: whose, of what, and the version its reader has already."""

    database: Database
    watcher: Watcher
    candidate_id: UUID
    interview_id: UUID
    known: int | None


async def _opened(
    request: Request,
    candidate: CurrentCandidate,
    interview_id: InterviewId,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Stream:
    """Refuse here what must be refused: once the stream runs, its status is sent.

    A browser that has seen the end comes again unless it is told 204, which ends its interest for good.
    """
    database: Database = request.app.state.database
    known = int(last_event_id) if last_event_id and _VERSION.fullmatch(last_event_id) else None
    async with database.transaction() as session:
        interview = await own_interview(session, candidate.user_id, interview_id)
    if interview.is_settled and interview.version == known:
        raise HTTPException(status.HTTP_204_NO_CONTENT)
    return Stream(database, request.app.state.watcher, candidate.user_id, interview_id, known)


@router.get("/{interview_id}/events", response_class=EventSourceResponse, responses=responses(InterviewNotFound))
async def watch_interview(
    request: Request, stream: Annotated[Stream, Depends(_opened)], settings: Settings
) -> AsyncIterator[ServerSentEvent]:
    """Send the whole interview now and after each change, until nothing more will happen to it.

    The event is called `interview`, its id is the version. The stream also ends after some minutes, or when the
    service stops; a browser then comes again by itself and says what it has seen.
    """
    stopping: asyncio.Event = getattr(request.app.state, "stopping", asyncio.Event())
    ends_at = time.monotonic() + settings.stream_lifetime.total_seconds()
    known = stream.known
    with stream.watcher.watch(stream.interview_id) as watch:
        while True:
            interview = await _read(stream)
            if interview is not None and interview.version != known:
                known = interview.version
                yield ServerSentEvent(
                    event="interview", id=str(known), raw_data=interview_view(interview).model_dump_json()
                )
            if interview is not None and interview.is_settled:
                return
            remaining = ends_at - time.monotonic()
            if interview is None:
                await asyncio.sleep(_DATABASE_PAUSE)
            elif not await _has_news(watch, known, stopping, remaining):
                return


async def _read(stream: Stream) -> models.Interview | None:
    """Return the interview; None while the database is away, because an error would end the stream for good."""
    try:
        async with stream.database.transaction() as session:
            return await own_interview(session, stream.candidate_id, stream.interview_id)
    except DatabaseUnavailable:
        return None


async def _has_news(watch: Watch, known: int | None, stopping: asyncio.Event, seconds: float) -> bool:
    """Wait for another version; False when the service stops or the time is up."""
    news = asyncio.create_task(watch.other_than(known))
    end = asyncio.create_task(stopping.wait())
    try:
        done, _ = await asyncio.wait({news, end}, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    finally:
        news.cancel()
        end.cancel()
    return news in done and end not in done

"""What the interview room offers on this server."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from interview.schemas.room import MonitoringOffer, RecordingOffer, RoomOffer, SpeechOffer, SpeechServer
from interview.settings import InterviewSettings
from interview.statements import Capture, Statement, statements
from interview.transcribers import server_engine
from interview.use_cases import recordings


async def offer(session: AsyncSession, candidate_id: UUID, settings: InterviewSettings) -> RoomOffer:
    """Say what can be captured, on what terms, and when something becomes a notice."""
    return RoomOffer(
        deployment_context=settings.deployment_context,
        captures=list(offered_statements(settings).values()),
        speech=SpeechOffer(server=speech_server(settings)),
        recording=await recording_limits(session, candidate_id, settings),
        monitoring=_monitoring(settings),
    )


def offered_statements(settings: InterviewSettings) -> dict[Capture, Statement]:
    """Return what a candidate can agree to here, in today's words."""
    server = speech_server(settings)
    return statements(
        settings.offered_captures,
        transcribed_by=server.provider if server is not None else "browser",
        retention_days=settings.recording_retention_days,
    )


def speech_server(settings: InterviewSettings) -> SpeechServer | None:
    """Return who turns speech into text on this server."""
    engine = server_engine(settings)
    if engine is None:
        return None
    return SpeechServer(provider=engine.provider, label=engine.label, place=engine.place)


async def recording_limits(session: AsyncSession, candidate_id: UUID, settings: InterviewSettings) -> RecordingOffer:
    """Return how much a candidate may record."""
    return RecordingOffer.model_validate(await recordings.limits(session, candidate_id, settings), from_attributes=True)


def _monitoring(settings: InterviewSettings) -> MonitoringOffer:
    return MonitoringOffer(
        no_face_s=settings.monitoring_no_face_s,
        several_faces_s=settings.monitoring_several_faces_s,
        looking_away_s=settings.monitoring_looking_away_s,
        looking_away_samples=settings.monitoring_looking_away_samples,
        looking_away_degrees=settings.monitoring_looking_away_degrees,
        page_hidden_s=settings.monitoring_page_hidden_s,
        could_not_tell_s=settings.monitoring_could_not_tell_s,
        baseline_s=settings.monitoring_baseline_s,
    )

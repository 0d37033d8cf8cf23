"""What the routes take, said once."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from interview.settings import InterviewSettings
from interview.statements import Capture
from interview.storage import Storage

InterviewId = Annotated[UUID, Path(description="id of one of your interviews")]
RecordingId = Annotated[UUID, Path(description="id of a recording; whoever begins one makes it")]
QuestionId = Annotated[UUID, Path(description="id of a question of the interview")]
AttemptNumber = Annotated[int, Path(ge=2, le=100, description="number of the attempt at the question; the first is 1")]
NoticeId = Annotated[UUID, Path(description="id of a notice, made by the browser")]
CaptureId = Annotated[Capture, Path(description="what is captured")]


def _settings(request: Request) -> InterviewSettings:
    settings: InterviewSettings = request.app.state.settings
    return settings


def _storage(request: Request) -> Storage:
    storage: Storage = request.app.state.storage
    return storage


Settings = Annotated[InterviewSettings, Depends(_settings)]
StorageDep = Annotated[Storage, Depends(_storage)]

"""What the routes take, said once."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from interview.settings import InterviewSettings
from interview.statements import Capture

InterviewId = Annotated[UUID, Path(description="id of one of your interviews")]
QuestionId = Annotated[UUID, Path(description="id of a question of the interview")]
NoticeId = Annotated[UUID, Path(description="id of a notice, made by the browser")]
CaptureId = Annotated[Capture, Path(description="what is captured")]


def _settings(request: Request) -> InterviewSettings:
    settings: InterviewSettings = request.app.state.settings
    return settings


Settings = Annotated[InterviewSettings, Depends(_settings)]

"""What the fixtures of this room give."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

import httpx2
from fake_gemini import Fault
from interview.settings import InterviewSettings

Assembling = Callable[..., Awaitable[None]]
Opening = Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]]
Preparing = Callable[..., Awaitable[None]]
Working = Callable[..., AbstractAsyncContextManager[None]]
Hear = Callable[..., Awaitable[Any]]
Listening = Callable[..., Awaitable[None]]


def facing(fault: Fault, settings: InterviewSettings) -> InterviewSettings:
    """Wait a second for a model that hangs. Any other may take its time, as it does on a busy machine."""
    return settings.model_copy(update={"gemini_timeout": timedelta(seconds=1)}) if fault.kind == "hang" else settings

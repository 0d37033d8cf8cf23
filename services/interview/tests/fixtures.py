"""What the fixtures of this room give."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx2

Assembling = Callable[..., Awaitable[None]]
Opening = Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]]
Preparing = Callable[..., Awaitable[None]]
Working = Callable[..., AbstractAsyncContextManager[None]]
Hear = Callable[..., Awaitable[Any]]
Listening = Callable[..., Awaitable[None]]

"""The merged document of the services that run now, fetched when somebody asks and kept for a minute."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import aiohttp
import structlog

from gateway.openapi.merge import Document, merge
from gateway.routing import Routes

_FRESH = timedelta(minutes=1)
_FRESH_IF_PARTIAL = timedelta(seconds=5)
_TIMEOUT = aiohttp.ClientTimeout(total=3)

log = structlog.get_logger(__name__)


class LiveDocument:
    """Asks the services; one that is away is missing from the document and asked again soon."""

    def __init__(self, client: aiohttp.ClientSession, routes: Routes, version: str) -> None:
        """Take whom to ask."""
        self._client = client
        self._routes = routes
        self._version = version
        self._document: Document | None = None
        self._fresh_until = 0.0
        self._fetching = asyncio.Lock()

    async def get(self, own: Document) -> Document:
        """Return the document, with the gateway's own part."""
        async with self._fetching:
            if self._document is None or time.monotonic() > self._fresh_until:
                services = await self._fetch()
                complete = len(services) == len(self._routes.services)
                self._document = merge(own, services, version=self._version, is_served=self._routes.is_served)
                fresh = _FRESH if complete else _FRESH_IF_PARTIAL
                self._fresh_until = time.monotonic() + fresh.total_seconds()
        return self._document

    async def _fetch(self) -> dict[str, Document]:
        names = sorted(self._routes.services)
        documents = await asyncio.gather(*(self._fetch_one(name) for name in names))
        return {name: document for name, document in zip(names, documents, strict=True) if document is not None}

    async def _fetch_one(self, service: str) -> Document | None:
        url = f"{self._routes.services[service]}/openapi.json"
        try:
            async with self._client.get(url, timeout=_TIMEOUT, raise_for_status=True) as response:
                document: Any = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("no API description", service_name=service, error=type(error).__name__)
            return None
        return document if isinstance(document, dict) else None

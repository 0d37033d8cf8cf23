"""A virtual host per test run on a real RabbitMQ, made and deleted through its management API."""

import asyncio
import secrets
from urllib.parse import quote, urlsplit, urlunsplit

import httpx2


class TestBroker:
    """One virtual host. `url` is for AMQP clients; `api` asks the management API about it."""

    __test__ = False

    def __init__(self, amqp_url: str, management_url: str) -> None:
        self._amqp_url = amqp_url
        parts = urlsplit(management_url)
        self._management_url = f"{parts.scheme}://{parts.hostname}:{parts.port}"
        self._user = parts.username or urlsplit(amqp_url).username or "guest"
        self._password = parts.password or urlsplit(amqp_url).password or "guest"
        self.vhost = f"test-{secrets.token_hex(4)}"

    @property
    def url(self) -> str:
        """The AMQP URL of the virtual host."""
        parts = urlsplit(self._amqp_url)
        return urlunsplit((parts.scheme, parts.netloc, f"/{quote(self.vhost, safe='')}", parts.query, ""))

    async def create(self) -> None:
        """Make the virtual host and let the user in."""
        await self.api("PUT", f"vhosts/{self.vhost}")
        body = {"configure": ".*", "write": ".*", "read": ".*"}
        await self.api("PUT", f"permissions/{self.vhost}/{self._user}", body)

    async def delete(self) -> None:
        """Delete the virtual host with everything in it."""
        await self.api("DELETE", f"vhosts/{self.vhost}")

    async def delete_queues(self) -> None:
        """Delete every queue, so that the next test starts with none."""
        for queue in (await self.api("GET", f"queues/{self.vhost}")).json():
            await self.api("DELETE", f"queues/{self.vhost}/{quote(queue['name'], safe='')}")

    async def close_connections(self) -> int:
        """End every client connection to the virtual host, as a broker restart would; return their number."""
        connections = (await self.api("GET", f"vhosts/{self.vhost}/connections")).json()
        for connection in connections:
            await self.api("DELETE", f"connections/{quote(connection['name'], safe='')}")
        return len(connections)

    async def api(self, method: str, path: str, body: object = None) -> httpx2.Response:
        """Call the management API; a path is relative to `/api/`."""
        async with httpx2.AsyncClient(auth=(self._user, self._password), timeout=30) as client:
            for attempt in range(5):
                try:
                    response = await client.request(method, f"{self._management_url}/api/{path}", json=body)
                except httpx2.TransportError:
                    if attempt == 4:  # noqa: PLR2004 - the last of the five
                        raise
                    await asyncio.sleep(0.5)
                    continue
                break
        response.raise_for_status()
        return response

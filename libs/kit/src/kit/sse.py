"""Server-sent events: FastAPI's own, which does what we need.

A route that yields `ServerSentEvent` and declares `response_class=EventSourceResponse` gets a comment every 15 s as a
heartbeat, `Cache-Control: no-cache` and `X-Accel-Buffering: no`, and its generator is cancelled when the client leaves.

What may be refused must be refused in a dependency: once the generator runs, the 200 is on its way. A session must not
be taken as a dependency either, it would stay open as long as the stream: open short ones inside the generator.
"""

from fastapi.sse import EventSourceResponse, ServerSentEvent

__all__ = ["EventSourceResponse", "ServerSentEvent"]

"""The server as the browser libraries see it: takes what they send and remembers how often."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Receiver:
    """What has arrived."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.parts: dict[tuple[str, int], dict[str, Any]] = {}
        self.audio: list[bytes] = []
        self.chunks: dict[str, dict[int, bytes]] = {}
        self.completed: dict[str, int] = {}
        self.sent: Counter[str] = Counter()
        self.finished = Event()
        self.broken = False
        self.url = ""

    def video(self, recording: str) -> bytes:
        """Give all chunks of a recording in order."""
        return b"".join(data for _, data in sorted(self.chunks[recording].items()))

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes) -> tuple[int, object]:
        """Answer one request of a library."""
        if self.broken and method != "GET":
            return 503, "broken"
        match path.strip("/").split("/")[1:]:
            case ["speech", *part]:
                return self._speech(path, part, query, body)
            case ["recordings", recording, *what]:
                return self._recording(method, path, recording, what, body)
            case _:
                return 404, "not-found"

    def _speech(self, path: str, address: list[str], query: dict[str, list[str]], body: bytes) -> tuple[int, object]:
        if not address:
            return 200, [part | {"status": "done", "text": f"part {part['seq']}"} for part in self.parts.values()]
        take, seq = address
        self.sent[path] += 1
        self.audio.append(body)
        times = {name: int(value[0]) for name, value in query.items()}
        part = {"take": take, "seq": int(seq), "status": "queued", "text": None, "reason": None} | times
        self.parts[take, int(seq)] = part
        return 202, part

    def _recording(self, method: str, path: str, recording: str, what: list[str], body: bytes) -> tuple[int, object]:
        answer: object = {}
        match method, what:
            case "PUT", ["chunks", seq]:
                self.sent[path] += 1
                self.chunks[recording][int(seq)] = body
            case "PUT", []:
                self.chunks.setdefault(recording, {})
            case "POST", ["complete"]:
                self.completed[recording] = int(body)
                self.finished.set()
            case "GET", ["video"]:
                answer = self.video(recording)
            case _:
                has = self.chunks.get(recording)
                answer = None if has is None else {"received": len(has), "missing": [], "open": True}
        return 200, answer


class Handler(SimpleHTTPRequestHandler):
    """Files of the built page, and the receiver under /api."""

    def __init__(self, receiver: Receiver, *args: Any, **options: Any) -> None:
        """Know the receiver before the request is handled."""
        self.receiver = receiver
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        """Answer from the receiver or from the folder."""
        if self.path.startswith("/api/"):
            self._answer()
        else:
            super().do_GET()

    def do_PUT(self) -> None:
        """Take something."""
        self._answer()

    def do_POST(self) -> None:
        """Complete something."""
        self._answer()

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        address = urlsplit(self.path)
        status, answer = self.receiver.answer(self.command, address.path, parse_qs(address.query), body)
        match answer:
            case bytes():
                raw = answer
            case str():
                raw = answer.encode()
            case _:
                raw = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@contextmanager
def receiving(folder: Path) -> Iterator[Receiver]:
    """Serve the page and receive what it sends, on a port of its own."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, receiver, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()

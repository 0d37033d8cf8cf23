"""Access tokens as the auth service makes them, signed with a key of the test run's own."""

import base64
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jose import jwt

from kit.clock import now
from kit.ids import new_id

Role = Literal["candidate", "admin"]


class TokenFactory:
    """Signs access tokens (ES256) and publishes the public key at `jwks_url` on a loopback port."""

    def __init__(self, *, issuer: str = "interview-kit", audience: str = "interview-kit") -> None:
        self.issuer = issuer
        self.audience = audience
        self.kid = secrets.token_hex(8)
        self.jwks_url = ""
        self.fetched = 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._pem = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @property
    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Return the key set with the public key."""
        numbers = self._key.public_key().public_numbers()
        key = {
            "kty": "EC",
            "crv": "P-256",
            "alg": "ES256",
            "use": "sig",
            "kid": self.kid,
            "x": _base64url(numbers.x),
            "y": _base64url(numbers.y),
        }
        return {"keys": [key]}

    def issue(
        self,
        user_id: UUID | None = None,
        role: Role = "candidate",
        *,
        session_id: UUID | None = None,
        email: str | None = None,
        lifetime: timedelta = timedelta(minutes=10),
        headers: dict[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """Return a signed token; `claims` and `headers` override what a good one carries, None leaves one out."""
        issued_at = int(now().timestamp())
        payload: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": str(user_id or new_id()),
            "sid": str(session_id or new_id()),
            "role": role,
            "email": email,
            "jti": str(new_id()),
            "iat": issued_at,
            "nbf": issued_at,
            "exp": issued_at + int(lifetime.total_seconds()),
        } | claims
        head = {"kid": self.kid, "typ": "at+jwt"} | (headers or {})
        token: str = jwt.encode(
            {name: value for name, value in payload.items() if value is not None},
            self._pem,
            algorithm="ES256",
            headers={name: value for name, value in head.items() if value is not None},
        )
        return token

    def headers(self, user_id: UUID | None = None, role: Role = "candidate", **options: Any) -> dict[str, str]:
        """Return the Authorization header for such a token."""
        return {"Authorization": f"Bearer {self.issue(user_id, role, **options)}"}

    @contextmanager
    def serve(self) -> Iterator["TokenFactory"]:
        """Publish the key set for the block."""
        factory = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                factory.fetched += 1
                body = json.dumps(factory.jwks).encode()
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep the test output clean."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        self.jwks_url = f"http://127.0.0.1:{server.server_address[1]}/.well-known/jwks.json"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()

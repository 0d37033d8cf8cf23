import base64
import hashlib

import pytest
from kit.digests import sent_sha256

DIGEST = hashlib.sha256(b"body").digest()
TEXT = base64.b64encode(DIGEST).decode()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        (f"sha-256=:{TEXT}:", DIGEST),
        (f"sha-512=:AAAA:, sha-256=:{TEXT}:", DIGEST),
        ("sha-512=:AAAA:", None),
    ],
)
def test_digest_is_read(header: str | None, expected: bytes | None) -> None:
    assert sent_sha256(header) == expected


@pytest.mark.parametrize(
    "header", ["", "nonsense", f"sha-256={TEXT}", "sha-256=:AAAA:", "sha-256=:****:", "sha-256=:A:", "sha-256=::"]
)
def test_digest_that_cannot_be_read_is_an_error(header: str) -> None:
    with pytest.raises(ValueError, match=r"Content-Digest|SHA-256"):
        sent_sha256(header)

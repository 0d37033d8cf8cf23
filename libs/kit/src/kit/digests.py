"""The `Content-Digest` header (RFC 9530): what a sender says that the body is."""

import base64
import binascii
import re

_MEMBER = re.compile(r"\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):\s*", re.ASCII)
_SHA256_LENGTH = 32


def sent_sha256(header: str | None) -> bytes | None:
    """Return the SHA-256 digest that a `Content-Digest` header names; None when it names none.

    Other algorithms are left aside, as the RFC says.

    Raises:
        ValueError: the header, or the digest in it, cannot be read.
    """
    if header is None:
        return None
    found = None
    for member in header.split(","):
        match = _MEMBER.fullmatch(member)
        if match is None:
            raise ValueError("the Content-Digest header cannot be read")
        if match[1] == "sha-256":
            found = _decoded(match[2])
    return found


def _decoded(text: str) -> bytes:
    try:
        digest = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("the Content-Digest header is not base64") from error
    if len(digest) != _SHA256_LENGTH:
        raise ValueError("a SHA-256 digest has 32 bytes")
    return digest

"""Cross-site request forgery: a change that rides on a cookie must come from our own page.

Two proofs are asked for. The Origin header, which a page cannot write, must be ours; and X-CSRF-Token must repeat a
cookie that other sites can neither read nor, thanks to `__Host-`, plant.
"""

import hmac
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from gateway.errors import CsrfFailed

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})


def new_token() -> str:
    """Return 256 random bits."""
    return secrets.token_urlsafe(32)


def require_own_page(headers: Headers, scheme: str, cookie: str | None, origins: frozenset[str]) -> None:
    """Return if the request proves that our page sent it.

    Raises:
        CsrfFailed: it does not.
    """
    if not _is_own_origin(headers, scheme, origins):
        raise CsrfFailed("The request came from another origin.")
    given = headers.get("x-csrf-token", "")
    if cookie is None or not hmac.compare_digest(given.encode(), cookie.encode()):
        raise CsrfFailed("The CSRF token is missing or stale.")


def _is_own_origin(headers: Headers, scheme: str, origins: frozenset[str]) -> bool:
    origin = headers.get("origin", "").lower()
    if origin in origins:
        return True
    if headers.get("sec-fetch-site", "same-origin") not in _OWN_SITES:
        return False
    parts = urlsplit(origin)
    # Behind a proxy that ends TLS and is not in GATEWAY_TRUSTED_PROXIES we see http where the browser sees https; the
    # other way round cannot be. The host is what binds the cookie.
    schemes = {scheme, "https"}
    return bool(parts.netloc) and parts.scheme in schemes and parts.netloc == headers.get("host", "").lower()

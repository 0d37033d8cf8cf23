"""What a saved report is called."""

import re
import unicodedata
from urllib.parse import quote

from analysis.export.document import Document


def disposition(document: Document, ending: str) -> str:
    """Return the Content-Disposition (RFC 6266): a name by role and day, in ASCII and, where it differs, in full."""
    full = f"interview-report-{_joined(document.role)}-{document.day.isoformat()}.{ending}"
    letters = unicodedata.normalize("NFKD", document.role).encode("ascii", "ignore").decode()
    plain = "-".join(filter(None, ("interview-report", _joined(letters), document.day.isoformat())))
    value = f'attachment; filename="{plain}.{ending}"'
    return value if f"{plain}.{ending}" == full else f"{value}; filename*=UTF-8''{quote(full, safe='')}"


def _joined(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower()).strip("-")[:60]

"""Takes out of a text what names a person or how to reach one: it is no business of an interview, nor of a model.

By rules, not by a model: the text has gone nowhere yet. Rules miss what they do not know, so the candidate sees what is
left before it is used.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

DocumentUse = Literal["job_description", "resume"]
RemovedKind = Literal["email", "phone", "link", "name", "address", "school", "personal_detail"]

_EMAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()]+|\b(?:[a-z0-9-]+\.)*(?:linkedin|github|gitlab|xing|twitter|facebook|instagram)\.com?/\S+",
    re.IGNORECASE,
)
# Seven digits or more with the signs that telephone numbers are written with; two years are not one ("2019 - 2023").
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d(?:[ ()./-]{0,2}\d){6,15}(?![\w])")
_YEARS = re.compile(r"(?:(?:\d{1,2}[./-])?(?:19|20)\d\d)[ ./-]+(?:(?:\d{1,2}[./-])?(?:19|20)\d\d)")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_BIG_NUMBER = re.compile(r"[1-9]\d{0,2}(?:(?:[,.]\d{3})+|(?: \d{3})* 000)")

_LABELLED: tuple[tuple[RemovedKind, re.Pattern[str]], ...] = (
    (
        "name",
        re.compile(r"(?:full |first |last |sur|family )?name|contact(?: person)?|recruiter|references?", re.IGNORECASE),
    ),
    ("address", re.compile(r"(?:home |postal |current )?address|residence", re.IGNORECASE)),
    ("phone", re.compile(r"(?:tele|mobile ?|cell ?)?phone(?: number)?|tel\.?|mobile|fax", re.IGNORECASE)),
    ("email", re.compile(r"e-?mail(?: address)?", re.IGNORECASE)),
    (
        "personal_detail",
        re.compile(
            r"(?:date|place) of birth|born|birthday|d\.?o\.?b\.?|age|gender|sex|pronouns|nationality|citizenship|"
            r"marital status|family status|religion|children|"
            r"passport(?: number)?|national id|social security(?: number)?",
            re.IGNORECASE,
        ),
    ),
    ("school", re.compile(r"school|university|college|alma mater", re.IGNORECASE)),
)
_LABEL = re.compile(r"^\W*([A-Za-z][A-Za-z. -]{1,30}?)\s*(?::|\||\t| \u2013 )\s*\S")
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?,?\s+(?:[A-Z][\w'.-]*\s+){1,4}"
    r"(?i:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|square|place|terrace|close)\b\.?"
    r"|\b[A-Z][\w-]*(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee)\s+\d{1,4}[a-z]?\b"
    r"|\b(?i:rue|via|calle|avenida|plaza)\s+[A-Z][\w' -]{2,40},?\s+\d{1,5}\b"
    r"|\b(?i:P\.?\s?O\.?\s?Box)\s+\d+"
)
_POSTCODE = re.compile(r"^\W*(?:\d{4,5}\s+[A-Z][\w' -]{2,30}|[A-Z][\w' -]{2,30},?\s+(?:[A-Z]{2}\s+)?\d{5})\W*$")
_SCHOOL = re.compile(
    r"\b(?:university|universit[àäé]t?|université|universidad|college|polytechnic|hochschule|gymnasium|lycée|"
    r"(?:high|secondary|grammar|primary|business|law|medical) school|institute of technology|academy of)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:aged\s+\d{2}|\d{2}\s+years\s+old|\d{2}-year-old)\b", re.IGNORECASE)

# A name is looked for at the top of a résumé only: further down capital letters are companies and technologies.
_TOP_LINES = 4
_NAME_WORD = re.compile(
    r"^(?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][\w'\u2019-]*[^\W\d_]|(?:van|von|de|der|den|da|di|dos|la|le|bin|al|el))$"
)
_JOB_WORDS = """
about accountant administrator agile analyst architect assistant associate backend business candidate chief coach
consultant contact coordinator curriculum customer cv data design designer detail details developer devops director
education employment engineer engineering executive experience expert finance founder frontend full fullstack
graduate head history human intern junior key lead leader legal level machine manager marketing mechanic mid mobile
nurse objective officer operations owner partner personal platform principal product professional profile
programmer project quality recruiter representative research researcher resources résumé resume sales scientist
scrum security senior skills software specialist stack staff statement strategist student success summary support
systems teacher team technical technician test tester trainee ux vitae web work writer
"""
_NOT_A_NAME = frozenset(_JOB_WORDS.split())


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text without what was removed, and how often each kind was."""

    text: str
    removed: dict[RemovedKind, int]


def remove_personal(text: str, use: DocumentUse) -> Cleaned:
    """Remove e-mail addresses, telephone numbers, links, and lines that hold a name or an address.

    From a résumé also schools and what is about the person and not the work (age, nationality…).
    """
    removed: Counter[RemovedKind] = Counter()
    lines = [line.strip() for line in text.replace("\r", "\n").replace("\x0c", "\n").replace("\xa0", " ").split("\n")]
    name = _name_at_top(lines) if use == "resume" else None
    if name is not None:
        # As it was written, and in capitals or small letters wherever it stands again.
        again = re.compile(r"\b" + r"\s+".join(map(re.escape, name.split())) + r"\b", re.IGNORECASE)
        lines = [_mended(_taken(again, line, "name", removed)) if again.search(line) else line for line in lines]
    kept = [_line(line, use, removed) for line in lines]
    return Cleaned("\n".join(_closed_up(kept)), dict(removed))


def has_contact(text: str) -> bool:
    """Tell whether a text holds an e-mail address or a link."""
    return bool(_EMAIL.search(text) or _LINK.search(text))


def _line(line: str, use: DocumentUse, removed: Counter[RemovedKind]) -> str:
    if kind := _whole_line(line, use):
        removed[kind] += 1
        return ""
    before = line
    line = _taken(_EMAIL, line, "email", removed)
    line = _taken(_LINK, line, "link", removed)
    line = _without_phones(line, removed)
    return line if line == before else _mended(line)


def _mended(line: str) -> str:
    """Close the gaps that were torn: "Apply at , ." becomes "Apply at."."""
    line = re.sub(r"\s+(?=[.,;:)])", "", re.sub(r"[ \t]{2,}", " ", line))
    return re.sub(r"[,;:|]+(?=[.,;:|])", "", line).strip(" \t|·•,;:/")


def _whole_line(line: str, use: DocumentUse) -> RemovedKind | None:
    label = _LABEL.match(line)
    if label is not None:
        for kind, pattern in _LABELLED:
            if (use == "resume" or kind != "school") and pattern.fullmatch(label.group(1).strip()):
                return kind
    if _STREET.search(line) or _POSTCODE.match(line):
        return "address"
    if use == "resume" and _SCHOOL.search(line):
        return "school"
    return "personal_detail" if use == "resume" and _AGE.search(line) else None


def _taken(pattern: re.Pattern[str], line: str, kind: RemovedKind, removed: Counter[RemovedKind]) -> str:
    line, times = pattern.subn(" ", line)
    removed.update({kind: times} if times else {})
    return line


def _without_phones(line: str, removed: Counter[RemovedKind]) -> str:
    def drop(match: re.Match[str]) -> str:
        found = match.group()
        if _YEARS.search(found) or _DATE.fullmatch(found) or _BIG_NUMBER.fullmatch(found):
            return found
        removed["phone"] += 1
        return " "

    return _PHONE.sub(drop, line)


def _name_at_top(lines: Iterable[str]) -> str | None:
    """Return the line at the top that looks like a name: two to four words with capitals, none of a job or heading."""
    top = [line for line in lines if line][:_TOP_LINES]
    for line in top:
        words = [word.strip(",") for word in line.split()]
        if (
            2 <= len(words) <= 4  # noqa: PLR2004 - first name, last name, and what may stand between
            and all(_NAME_WORD.match(word) for word in words)
            and _whole_line(line, "resume") is None
            and not any(word.casefold() in _NOT_A_NAME for word in words)
        ):
            return " ".join(words)
    return None


def _closed_up(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines with one empty line at most between two, and none at the ends."""
    gap = False
    begun = False
    for line in lines:
        if not line:
            gap = begun
            continue
        if gap:
            yield ""
        gap, begun = False, True
        yield line

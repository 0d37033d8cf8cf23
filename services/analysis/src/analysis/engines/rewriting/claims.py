"""Finds what a rewrite says and the candidate did not: numbers, units, names, technologies, quotations, claims."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from analysis.engines.offline.vocabulary import FUNCTION_WORDS
from analysis.engines.offline.words import Token, stem_of, tokens_of
from analysis.engines.quotes import Transcript
from analysis.engines.rewriting.words import content_of, number_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEW_SHARE = 0.5  # more new words of meaning than this, and a sentence is a claim of its own
_QUOTED = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]([^\"\u201c\u201d\u00ab\u00bb]{2,})[\"\u201c\u201d\u00ab\u00bb]")
_UNITS = _words("""
% percent percentage point points ms millisecond milliseconds s second seconds minute minutes hour hours day days
week weeks month months quarter quarters year years people person users customers engineers developers
colleagues teams euro euros dollar dollars pound pounds usd eur kb mb gb tb requests orders rows files million
thousand billion times
""")
_SAME_UNIT = {"%": "percent", "percentage": "percent", "ms": "millisecond", "s": "second"}
# Written in lower case as often as not, so that no capital gives them away.
_TECHNOLOGIES = _words("""
airflow android angular ansible aws azure bash bigquery cassandra celery clickhouse cobol cpp css cuda datadog
django docker dynamodb elasticsearch elixir erlang excel fastapi figma firebase flask gcp git github gitlab
golang grafana graphql grpc hadoop html ios java javascript jenkins jira json kafka kotlin kubernetes k8s lambda
linux mongodb mysql nginx node nodejs numpy oauth openai oracle pandas perl php postgres postgresql powerpoint
prometheus python pytorch rabbitmq rails react redis redshift ruby rust s3 salesforce sap scala snowflake spark
splunk spring sql sqlite swift tableau tensorflow terraform typescript unix vue webpack windows xml
""")
_OPENERS = _words("""
additionally afterwards altogether consequently finally firstly further furthermore hence initially instead
lastly later looking meanwhile moreover overall previously secondly similarly specifically subsequently
therefore thus today tomorrow ultimately without
""")


def unfounded(sentences: Sequence[str], sources: Sequence[str]) -> list[str]:
    """Return, in words for the model and the log of a test, what stands in no source; empty when all does.

    `sources` are the answer, the facts and the question.
    """
    known = _Known(sources)
    found: list[str] = []
    for sentence in sentences:
        found.extend(_in_sentence(sentence, known))
    return list(dict.fromkeys(found))


class _Known:
    """What the sources hold."""

    def __init__(self, sources: Sequence[str]) -> None:
        self.transcripts = [Transcript(one) for one in sources]
        tokens = [one for source in sources for one in tokens_of(source)]
        self.words = {one.word for one in tokens} | {one.word.removesuffix("'s") for one in tokens}
        self.stems = {one.stem for one in tokens}
        self.numbers = {number for one in tokens if (number := number_of(one.word)) is not None}
        self.measures = {pair for source in sources for pair in _measures(tokens_of(source))}


def _in_sentence(sentence: str, known: _Known) -> Iterable[str]:
    tokens = tokens_of(sentence)
    for at, token in enumerate(tokens):
        written = sentence[token.start : token.end]
        if kind := _unknown_word(written, token, known, first=at == 0):
            yield f'the {kind} "{written}"'
    for number, unit in _measures(tokens):
        if number in known.numbers | {"1"} and (number, unit) not in known.measures:
            yield f'the measure "{number} {unit}"'
    for quoted in _QUOTED.findall(sentence):
        if not any(one.find(quoted) for one in known.transcripts):
            yield f'the quotation "{quoted}"'
    content = content_of(sentence)
    new = [one for one in content if one.stem not in known.stems]
    if len(new) > 1 and len(new) > NEW_SHARE * len(content):
        yield f'the statement "{sentence}"'


def _unknown_word(written: str, token: Token, known: _Known, *, first: bool) -> str | None:
    """Return what kind of thing a word is that nobody said; None when it may stand."""
    number = number_of(token.word)
    if number is not None:
        # "one" is more often no number than one: it counts with a unit behind it, and then as a measure.
        return "number" if number not in known.numbers and token.word != "one" else None
    if _knows(token.word, known):
        return None
    if _is_name(written, token, first=first):
        return "name"
    return "technology" if token.word in _TECHNOLOGIES else None


def _is_name(written: str, token: Token, *, first: bool) -> bool:
    """Whether a word is written as a name: with a capital inside, or with one in front where no sentence begins."""
    if token.word in {"i", "i'm", "i've", "i'd", "i'll"}:
        return False
    if any(letter.isupper() for letter in written[1:]) or any(letter.isdigit() for letter in written):
        return True
    if not written[0].isupper():
        return written in {"c++", "c#"}
    return not first or not (token.word in FUNCTION_WORDS or token.word in _OPENERS)


def _knows(word: str, known: _Known) -> bool:
    return word in known.words or word.removesuffix("'s") in known.words or _is_form(word, known)


def _is_form(word: str, known: _Known) -> bool:
    """Whether a word that begins a sentence is another form of one that was said."""
    return word not in _TECHNOLOGIES and stem_of(word) in known.stems


def _measures(tokens: Sequence[Token]) -> Iterable[tuple[str, str]]:
    """Return numbers with the unit that follows them."""
    for token, after in pairwise(tokens):
        number = number_of(token.word)
        if number is not None and after.word in _UNITS:
            yield number, _SAME_UNIT.get(after.word) or after.word.removesuffix("s")

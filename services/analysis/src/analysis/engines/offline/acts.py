"""What the speaker did: "I" (or "we") before a verb in the past, and neither wished, planned nor denied."""

from dataclasses import dataclass

from analysis.engines.offline.document import Document
from analysis.engines.offline.vocabulary import PAST_TO_BASE


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_I_TO_VERB = 3  # "I then also decided": so many words may stand between "I" and the verb
_ASIDE = 12  # words; "I, together with two people from finance, rewrote"

# Beside those of `PAST_TO_BASE`, which is for stems: the trained marks rest on these, so it has no more than it had.
_PAST_FORMS = _words("""
ate became bent blew bound bred caught clung crept dealt did dug dreamt drank fed fled flew flung forbade forgot
fought froze got heard hid hung knelt laid lay leant leapt learnt lent lit meant mistook outdid overcame overheard
oversaw rang rebuilt redid redrew reran resold retold rethought rode rose said sang sank sat shook shone shot slept slid
smelt sought span spelt sped spilt sprang spun stank stole stood stuck struck stung swam swept swore swung threw tore
trod undertook undid upheld wept withdrew woke wore wound wove came
""")
# Past and present are one form, so "I let them choose" is an act only beside one that is sure.
_EITHER = _words("""
beat bet cast cost hit hurt let quit read reset rid shut split spread
""")
_INVARIANT = _EITHER | {"cut", "put", "set"}
# They tell how somebody was, not what somebody did, and begin many a situation.
_STATES = _words("""
was were had did knew felt thought lived worked used needed wanted liked loved believed seemed supposed hoped lay
meant reckoned
""")
_BESIDE = _words("""
also always basically deliberately even eventually finally first immediately just kind kinda of personally quickly
really simply so sort still then therefore thus too
""")
# Behind one of these the verb is not done, or somebody else's, or the sentence is in the present.
_STOPS = _words("""
am and ask be believe but can can't cannot could couldn't didn't do don't feel get go he hope it keep know like look
make may might must need never not say see shall she should stay take that the they think to try use want we what
wasn't weren't which who will would wouldn't you
""")
_AUXILIARIES = frozenset(["was", "were", "had", "been", "did"])
_PAST_AUXILIARIES = _words("""
was were had did could wasn't weren't hadn't didn't couldn't
""")
_HELPERS = _AUXILIARIES | {"have"}
_CONDITIONS = frozenset(["if", "unless", "whenever"])
_SUBJECTS = frozenset(["i", "i'd", "i've"])
_TOGETHER = frozenset(["we"])
_ASIDES = _words("""
when while before after where since until as
""")
# Behind one of these a past form is what was done to somebody, or how they were: "I was fired", "I got told".
_BEING = frozenset(["was", "were", "been", "being"])
_PARTICIPLES = _words("""
beaten bitten broken chosen driven forgotten given hidden shown spoken stolen taken thrown torn written
""")
# "The practice I looked after rang us": two verbs with nothing between them that begins anew, so the first is an aside.
_ARTICLES = _words("""
a an another every his her my one our some that the their this three two
""")
_NAMED_IN = 5  # words; "a small dental practice I"
_RELATIVE = 6  # words; "a report I wrote for the board was lost"
_PRONOUNS = _words("""
he her him i it me myself nobody she that them themselves they us we what when where which who whom you
""")
_BEGINNERS = _words("""
after and as at because before but by during for if in or so then though until when while with
""")
_TIMES = _words("""
afternoon day days evening friday hour hours instant minute moment monday month months morning night quarter second
saturday spring summer sunday autumn winter thing third thursday time times tuesday wednesday week weekend weeks year
years more first last
""")
_MADE = _words("""
built created designed developed drafted introduced launched made prepared rebuilt redesigned rewrote started trained
wrote
""")
_NO_VERBS = _words("""
bleed breed embed exceed hundred indeed proceed succeed speed
""")


@dataclass(frozen=True, slots=True)
class Acts:
    """Places of "I" that begin an act, as it is counted; and of "I" and "we" in the simple past, as a story is told."""

    places: tuple[int, ...]
    told: tuple[int, ...]
    own: tuple[int, ...]  # of the told ones, those of "I" in a main clause, without mere states


def is_past(word: str) -> bool:
    """Whether a word alone can be a verb in the past."""
    return (
        (word.endswith("ed") and len(word) > 4 and word not in _NO_VERBS)  # noqa: PLR2004  # "need", "bed"
        or word in PAST_TO_BASE
        or word in _PAST_FORMS
        or word in _PAST_AUXILIARIES
    )


def acts_of(document: Document) -> Acts:
    """Find what the speaker did. Forms that may mean something else count beside one that is sure."""
    tokens = document.tokens
    sure: list[int] = []
    likely: list[int] = []
    together: list[int] = []
    own: list[int] = []
    for at, token in document.own():
        if token.word not in _SUBJECTS | _TOGETHER or (at and tokens[at - 1].word in _CONDITIONS):
            continue
        verb = _verb(document, at)
        word = tokens[verb].word if verb else ""
        if not verb or (token.word == "i'd" and word in _INVARIANT):  # "I'd put" is a plan as often as a memory
            continue
        if _is_aside(document, at, verb):
            likely += [at] if word in _MADE and token.word != "we" else []
            continue
        helped = token.word in {"i'd", "i've"} or any(one.word in _HELPERS for one in tokens[at + 1 : verb])
        if token.word == "we":
            together += [] if helped or word in _INVARIANT else [at]
            continue
        joined = _joined(document, verb)
        if helped or (word in _EITHER and joined is None):
            likely.append(at)
        else:
            sure.append(at)
            together += [] if joined is None else [joined]
            if word not in _STATES and not (at and tokens[at - 1].word in _ASIDES):
                own.append(at)
    places = sorted([*sure, *likely]) if sure else [at for at in likely if tokens[at].word == "i"]
    return Acts(tuple(places), tuple(sorted([*sure, *together])), tuple(own))


def _verb(document: Document, at: int) -> int | None:
    """Return the place of the past verb that belongs to the "I" at the given place."""
    tokens = document.tokens
    left = _I_TO_VERB
    suffered = False
    after = _behind_aside(document, at)
    while left and after < len(tokens) and tokens[after].sentence == tokens[at].sentence:
        word = tokens[after].word
        if word in _STOPS:
            return None
        if (is_past(word) or word in _EITHER) and word not in _AUXILIARIES:
            suffered = suffered or (word == "got" and _is_participle(document, after + 1))
            return None if suffered or after in document.denied else after
        suffered = word in _BEING or (suffered and (word in _BESIDE or word.endswith("ly")))
        left -= word not in _BESIDE
        after += 1
    return None


def _is_participle(document: Document, at: int) -> bool:
    """Whether "got" before the place means that something was done to the speaker: "got told", "got them moved" not."""
    tokens = document.tokens
    if at >= len(tokens) or tokens[at].sentence != tokens[at - 1].sentence:
        return False
    word = tokens[at].word
    return word in _PARTICIPLES or (is_past(word) and word not in _PAST_AUXILIARIES)


def _is_aside(document: Document, at: int, verb: int) -> bool:
    """Whether "I" and its verb only say which one is meant, as in "a practice I looked after rang us"."""
    tokens = document.tokens
    begin = at
    while (
        begin and at - begin < _NAMED_IN and _is_next(document, begin - 1) and tokens[begin - 1].word not in _BEGINNERS
    ):
        begin -= 1
    # The name has to begin its clause: behind "after the meeting I" and "she saw that I" a sentence goes on.
    named = [one.word for one in tokens[begin:at]]
    if len(named) < 2 or named[0] not in _ARTICLES or not _TIMES.isdisjoint(named):  # noqa: PLR2004  # "a practice"
        return False
    if begin and _is_next(document, begin - 1):
        return False
    for after in range(verb + 1, min(verb + _RELATIVE, len(tokens))):
        word = tokens[after].word
        if not _is_next(document, after - 1) or word in _PRONOUNS or word == "and":
            return False
        if is_past(word):
            return True
    return False


def _is_next(document: Document, at: int) -> bool:
    """Whether the word behind the place is in the same clause, with no mark between."""
    one, following = document.tokens[at : at + 2]
    between = document.folded[one.end : following.start]
    return one.sentence == following.sentence and not set(",;:()") & set(between)


def _joined(document: Document, verb: int) -> int | None:
    """Return the place of another verb of the same subject, as in "I read the logs and wrote a check"."""
    tokens = document.tokens
    for at in range(verb + 1, min(verb + _ASIDE, len(tokens) - 1)):
        word, after = tokens[at].word, tokens[at + 1]
        if after.sentence != tokens[verb].sentence:
            break
        if word in {"and", "then"} and is_past(after.word) and after.word not in _INVARIANT | _PAST_AUXILIARIES:
            return at + 1
    return None


def _behind_aside(document: Document, at: int) -> int:
    """Return the place behind "I", or behind the commas of "I, together with two people from finance, rewrote"."""
    tokens, said = document.tokens, document.folded
    following = range(at + 1, min(at + _ASIDE, len(tokens) - 1))
    if not following or "," not in said[tokens[at].end : tokens[at + 1].start]:
        return at + 1
    for one in following:
        if "," in said[tokens[one].end : tokens[one + 1].start]:
            return one + 1
    return at + 1

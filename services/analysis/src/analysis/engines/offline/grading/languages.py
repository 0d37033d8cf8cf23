# ruff: noqa: E501, RUF001 - word lists, some with letters that are rare in English
"""Which language a text is in, as far as a few words can tell: words are compared within one language only.

An answer counts as one in another language when that shows in it, and what it is marked by shows another one. Names,
figures and single keywords show none, and are marked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import name

from analysis.engines.offline.vocabulary import FUNCTION_WORDS, OTHER_LANGUAGES
from analysis.engines.offline.words import tokens_of

ENGLISH, LATIN = "English", "LATIN"
LEAST_WORDS, LEAST_KNOWN = 3, 2  # of a text, and of them those that belong to a language
LEAST_TELLING = 3  # letters; shorter ones are codes, switches and syllables as well
SHARE = 0.15  # of the words; people write 0.3 to 0.5, keyword lists hardly any
DENSE = 0.33
APART = 2  # times as many words of the one language as of the other
FOREIGN_LETTERS, LEAST_RUN = 0.3, 3  # formulas have single Greek letters, and few of them
ACCENTED = 0.25  # of the words have letters that English has not: a language without a list here
LONGEST = 400  # words that are looked at

_MORE = {
    "German": "weil wenn dann damit durch über unter zwischen ohne gegen um am im in an so was wird werden wurden kann können "
    "muss müssen soll sind waren hat hätte würde dem des einer einem eines kein keine nur noch schon mehr sehr wie wo wer "
    "diese dieser dieses man ihr ihre sein seine uns unser mir mich vom zum zur da dort hier immer wieder jede jeder alle "
    "also oder gibt wobei deshalb sodass welche",
    "French": "il elle ils elles on tu vous ou où si car donc parce quand comme sans sous entre vers chez par sont était étaient "
    "sera peut peuvent doit fait faire être avoir ont ai as leur leurs son sa ses nos notre votre même aussi tout toute tous "
    "toutes cela ça ces cet lorsque alors ainsi puis peu encore toujours y l d qu c n s j m",
    "Spanish": "porque cuando donde entonces entre sobre sin hasta desde es son está están ser estar tiene tienen puede pueden hace "
    "hacer ha han había fueron sus su le les nos me te ni o si ya también esto esta este estos estas eso esa ese cada todo "
    "toda todos todas así muy otro otra cual cuales quien a",
    "Italian": "perché quando dove quindi tra fra sul sulla nella nei dei degli delle dal dalla al alla allo ai è sono essere ha "
    "hanno viene può possono fare fatto i gli o se già ci loro suo sua suoi questa questi queste ogni tutto tutti così cui "
    "senza in a l d alle agli sugli sulle dello gli lo più meno",
    "Portuguese": "porque quando onde então entre sobre sem até desde é são está estão ser estar tem têm pode podem faz fazer foi "
    "foram seu sua seus suas lhe lhes nos me ou já também isto isso esta este cada todo toda todos todas assim outro "
    "outra qual pelo pela pelos pelas dos das nas num numa à às ao aos a",
    "Dutch": "omdat als dan door over onder tussen zonder tegen om aan in uit bij tot naar wordt worden werden kan kunnen moet "
    "moeten zal zijn waren deze die dit geen alleen nog al meer zeer hoe waar wie men hun haar zijn ons onze ik jij u hier "
    "daar altijd elke alle dus of er heeft was is over",
    "Polish": "a o u od po przy ponieważ gdy kiedy gdzie więc między bez są być były został może można mają ma ich jego jej ten ta "
    "te tego tej tych który która które tylko także bardzo wszystkie każdy",
    "Turkish": "çünkü eğer ise değil her olan olduğu olur oldu vardır veya ya hem en o onun bunu bunun şu şey mi mı ki",
    "Swedish": "och att det som en ett är av för med på inte den till han var jag har om de vi kan så från när eller man blir "
    "eftersom också ska skulle vara hade mycket alla detta genom mellan utan",
    "Danish": "og at det som en et er af for med på ikke den til han var jeg har om de vi kan så fra når eller man bliver fordi "
    "også skal skulle være havde meget alle dette gennem mellem uden",
    "Norwegian": "og at det som en et er av for med på ikke den til han var jeg har om de vi kan så fra når eller man blir fordi "
    "også skal skulle være hadde mye alle dette gjennom mellom uten",
    "Finnish": "ja on ei se että oli mutta kun niin ovat voi joka tai myös kuin koska jos vain ole sen siitä hän minä olen "
    "kanssa sitten ennen jälkeen",
    "Czech": "a i v na se že je to s z do jsem jsou byl byla ale pro jako když nebo protože který která které od po při tak také "
    "není být může jen",
    "Romanian": "și în de la cu pe nu este un o care că mai din sau pentru sunt era dar fost prin după ca să se au când deoarece "
    "acest această foarte",
    "Hungarian": "a az és hogy nem is egy van volt de ez azt mert meg ha csak már vagy mint amely lehet kell nagyon minden után",
    "Indonesian": "yang dan di ke dari untuk dengan ini itu tidak adalah pada karena dalam akan saya kami bisa ada oleh sebagai "
    "atau juga lebih ketika sudah dapat tersebut",
    "Hindi in Latin letters": "hai hain ka ki ke ko se mein nahi aur kya yeh woh kyunki tha thi kar karta karte hota hoti liye "
    "agar jab main hum bhi",
}
_WORDS: dict[str, frozenset[str]] = {ENGLISH: FUNCTION_WORDS} | {
    one: OTHER_LANGUAGES.get(one, frozenset()) | frozenset(more.split()) for one, more in _MORE.items()
}
# Words of English texts, whatever they mean elsewhere; single letters stand for quantities and switches.
_ENGLISH_TOO_TEXT = """
die man hat war also arm art bad brief kind gift fast fall see rate plan test am as an at in is it so on to of he me no or
car son sin pour tout fin net main point the all her his was has had will do can real total final animal control via per
over under hier data men mint ten den ha ki ok non con pro sub ad ex van al la el le de del des et un una une tu te par
sous vers aux dans ses ser di da dei dal uit bij tot om use era mare far thus sun sure los las es var ben vi agar jab hum kar till kan mi su
"""
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENGLISH_TOO = frozenset(_ENGLISH_TOO_TEXT.split())
_SCRIPTS_TEXT = """
LATIN CYRILLIC GREEK ARABIC HEBREW DEVANAGARI BENGALI TAMIL TELUGU THAI HANGUL GEORGIAN ARMENIAN GUJARATI GURMUKHI KANNADA
MALAYALAM SINHALA KHMER LAO MYANMAR ETHIOPIC
"""
_SCRIPTS = {one: one for one in _SCRIPTS_TEXT.split()} | dict.fromkeys(
    ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO"), "CJK"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The scripts and languages of what an answer is marked by, and whether its words have accents."""

    scripts: frozenset[str]
    languages: frozenset[str]
    accented: bool


@lru_cache(maxsize=256)
def _shown_by(texts: tuple[str, ...]) -> Shown:
    """Return what these texts show, each for itself and all together."""
    every = (*texts, "\n".join(texts))
    languages = (_language(_read(one)) for one in every)
    return Shown(
        frozenset(one for one in map(script_of, every) if one),
        frozenset(one for one in languages if one),
        2 * sum(not word.isascii() for word in _read(every[-1])) >= ACCENTED * len(_read(every[-1])),
    )


def language_of(text: str) -> str | None:
    """Return the language of a text, or its script where that is not Latin; None where too few words tell it."""
    script = script_of(text)
    return script if script and script != LATIN else _language(_read(text))


def in_another_language(answer: str, beside: tuple[str, ...]) -> bool:
    """Whether an answer is in a language that none of the texts it is marked by is in."""
    shown = _shown_by(beside)
    script = script_of(answer)
    if script and script != LATIN:
        return bool(shown.scripts) and script not in shown.scripts
    words = _read(answer)
    language = _language(words)
    if language is None:
        return (
            bool(shown.languages)
            and shown.languages <= {ENGLISH}
            and not shown.accented
            and _is_accented(answer, words)
        )
    if LATIN not in shown.scripts and shown.scripts:
        return True
    if not shown.languages or language in shown.languages:
        return False
    return all(_apart(words, language, other) for other in shown.languages)


@lru_cache(maxsize=4_000)
def _script(letter: str) -> str | None:
    return _SCRIPTS.get(name(letter, "").partition(" ")[0])


def script_of(text: str) -> str | None:
    """Return the script of a text: another than Latin where it has words in it, Latin where it has Latin letters."""
    if text.isascii():
        return LATIN if any(map(str.isalpha, text)) else None
    counts: dict[str, int] = {}
    runs: dict[str, int] = {}
    before, run = None, 0
    for letter in text:
        script = _script(letter) if letter.isalpha() else None
        run = run + 1 if script == before else 1
        before = script
        if script:
            counts[script] = counts.get(script, 0) + 1
            runs[script] = max(runs.get(script, 0), run)
    other = max((one for one in counts if one != LATIN), key=lambda one: counts[one], default=None)
    if other and counts[other] > FOREIGN_LETTERS * sum(counts.values()) and runs[other] >= _least_run(other):
        return other
    return LATIN if LATIN in counts else None


def _least_run(script: str) -> int:
    return LEAST_RUN - 1 if script in {"CJK", "HANGUL"} else LEAST_RUN


def _read(text: str) -> list[str]:
    """Return the words; "l'eau" is two of them, and "it's" one."""
    words = []
    for token in tokens_of(text)[:LONGEST]:
        words += [token.word] if token.word in FUNCTION_WORDS else token.word.split("'")
    return words


def _language(words: Sequence[str]) -> str | None:
    """Return the language most of whose small words are there; None where too few of them are."""
    if len(words) < LEAST_WORDS:
        return None
    known = {one: [word for word in words if word in theirs] for one, theirs in _WORDS.items()}
    best = max(known, key=lambda one: len(known[one]))  # English first, where they are as many
    telling = {
        word for word in known[best] if best == ENGLISH or (len(word) >= LEAST_TELLING and word not in _ENGLISH_TOO)
    }
    enough = len(telling) >= LEAST_KNOWN and len(known[best]) >= SHARE * len(words)
    # "Porque no lee la tabla": one that tells, among others that English has as well.
    dense = telling and len(set(known[best])) > LEAST_KNOWN and len(known[best]) >= DENSE * len(words)
    return best if enough or dense else None


def _apart(words: Sequence[str], one: str, other: str) -> bool:
    """Whether the words belong to one language and not to the other, beside those that belong to both."""
    both = _WORDS[one] & _WORDS[other]
    mine = {word for word in words if word in _WORDS[one] and word not in both and len(word) > 1}
    theirs = {word for word in words if word in _WORDS[other] and word not in both and len(word) > 1}
    return len(mine) >= LEAST_KNOWN and len(mine) > APART * len(theirs)


def _is_accented(text: str, words: Sequence[str]) -> bool:
    """Whether many words that are no names have accents, and more than there are small words of English."""
    found: list[str] = _WORD.findall(text)
    accented = sum(word[0].islower() and not word.isascii() for word in found)
    english = sum(word in FUNCTION_WORDS for word in words)
    return accented >= max(LEAST_WORDS, ACCENTED * len(words)) and accented > english

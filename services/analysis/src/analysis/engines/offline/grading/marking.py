"""From measures to a mark: the whole of what is wanted, and each sentence of it.

People who mark by hand forgive a lot to an answer that says one thing of several well, and trees that learnt from them
do too. A reader of the mark expects half of what is wanted to be worth about half, so what is said sentence by
sentence counts as much as the whole.
"""

from dataclasses import dataclass

from analysis.engines.offline.grading.features import Text, Wanted, features
from analysis.engines.offline.grading.model import Model

MOST_SENTENCES = 12  # that are looked at one by one; a longer reference is read as a whole beyond them


@dataclass(frozen=True, slots=True)
class Expected:
    """What a full answer says, as a whole and by sentence with its share of the weight."""

    whole: Wanted
    sentences: tuple[tuple[Wanted, float], ...]


def expected(question: Text, text: Text, model: Model) -> Expected:
    """Prepare what is wanted for comparing answers with it."""

    def wanted(part: Text) -> Wanted:
        return Wanted(question, part, model.rarity, model.unknown)

    grouped: dict[int, list[int]] = {}
    for at, token in enumerate(text.tokens):
        grouped.setdefault(token.sentence, []).append(at)
    parts = [wanted(Text([text.tokens[at] for at in places])) for places in grouped.values()]
    # A sentence of the question's words alone asks for nothing more.
    heavy = sorted((one for one in parts if one.weighs), key=lambda one: -one.total)[:MOST_SENTENCES]
    total = sum(one.total for one in heavy)
    return Expected(wanted(text), tuple((one, one.total / total) for one in heavy) if len(heavy) > 1 else ())


def mark(model: Model, wanted: Expected, answer: Text) -> float:
    """Return the mark of an answer from 0 to 1."""
    whole = model.mark(features(wanted.whole, answer))
    if not wanted.sentences:
        return whole
    each = sum(share * model.mark(features(one, answer)) for one, share in wanted.sentences)
    return (whole + each) / 2

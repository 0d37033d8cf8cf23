"""Why a question is asked of this candidate, as far as code can show it. Nobody's word is taken for it."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Protocol

from contracts.interview import Because

from interview.bank import catalogue, questions
from interview.planner import Slot
from interview.writers.repeats import content_words

# Words that stand in every advertisement and say nothing about the job.
_ADVERTISING_WORDS = """
ability able benefit best candidate career company competitive contract culture degree employee employer environment
equal excellent experience fast flexible full good great grow growth hiring home hour ideal job join knowledge level
looking month offer office opportunity paced part passion passionate permanent plus position preferred professional
proven remote requirement required responsibility responsible role salary skill strong team time understanding
university welcome work working world year
"""
_ADVERTISING = frozenset(_ADVERTISING_WORDS.split())
_SHORTEST_WORD = 4
# Of the words of a text those count that fewer than one in thirty questions of the bank has.
_RARE_ABOVE = math.log(30)
_SHARED_ENOUGH = 2
_SHOWN = 2


def shared_terms(text: str | None, words: Collection[str]) -> list[str]:
    """Return the telling words of `text` that are among `words`, the rarest first."""
    if text is None:
        return []
    rarity = _rarity()
    shared = {word for word in content_words(text) if _tells(word)} & set(words)
    return sorted(shared, key=lambda word: (-rarity.get(word, math.inf), word))


class _Point(Protocol):
    @property
    def terms(self) -> tuple[str, ...]: ...


def words_of(question: str, key_points: Iterable[_Point]) -> frozenset[str]:
    """Return the words of a question and of the terms that an answer to it is looked through for."""
    return content_words(" ".join([question, *(term for point in key_points for term in point.terms)]))


def reason(
    slot: Slot, competency: str, question: str, words: Collection[str], texts: tuple[str | None, str | None]
) -> Because | None:
    """Return why a question stands in this slot; None when role and level are all there is to say.

    A focus or weak point counts when the question looks for it; a text (job description, résumé), when it shares two
    telling words with the `words` of the question. Only words of the question itself are named, for the others tell
    what a good answer covers; and none of a résumé, because the reason travels further than the résumé does.
    """
    if slot.asked_for is not None and competency == slot.competency:
        label = next(one.label for one in catalogue().competencies if one.id == competency)
        if slot.asked_for == "focus":
            return Because(kind="focus", text=f"You chose to focus on {label.lower()}.")
        return Because(kind="weak_point", text=f"{label} came out low in an earlier report.")
    job_description, resume = texts
    if len(shared_terms(job_description, words)) >= _SHARED_ENOUGH:
        named = shared_terms(job_description, content_words(question))[:_SHOWN]
        about = " and ".join(f"“{word}”" for word in named)
        return Because(
            kind="job_description",
            text=f"The job description speaks of {about}."
            if about
            else "It is close to what the job description asks for.",
        )
    if len(shared_terms(resume, words)) >= _SHARED_ENOUGH:
        return Because(kind="resume", text="It is close to work that your résumé describes.")
    return None


def _tells(word: str) -> bool:
    return (
        len(word) >= _SHORTEST_WORD
        and word not in _ADVERTISING
        and not word.isdigit()
        and _rarity().get(word, math.inf) > _RARE_ABOVE
    )


@cache
def _rarity() -> Mapping[str, float]:
    """Return for each word of the bank's questions the logarithm of how many questions there are to each with it."""
    bank = questions()
    having = Counter(word for question in bank for word in words_of(question.text, question.key_points))
    return {word: math.log(len(bank) / times) for word, times in having.items()}

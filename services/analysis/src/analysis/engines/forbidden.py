"""Keeps feedback about the answer: sentences that speak about the person are left out."""

import re

from kit.sentence_ends import SENTENCE_END

_PERSON = re.compile(
    r"""
    \b(?:
        you\ (?:are|were|seem|sound|appear|look|lack|come\ across)
      | you're | your\ (?:personality|character|nature|accent|tone|nerves|intelligence|age|gender)
      | (?:the\ )?(?:candidate|speaker|applicant|interviewee|he|she)\ (?:is|was|seems|sounds|appears|looks|lacks)
        # "Says who the person was" is about somebody in the story.
      | (?<!why\ )(?<!who\ )(?<!how\ )(?<!what\ )(?:the|this)\ person\ (?:is|was|seems|sounds|appears|looks|lacks)
      | personalit(?:y|ies) | nervous(?:ness)? | anxious | unconfident | overconfident | attitude
      | (?:sounds?|seems?|appears?|lacks?|lack\ of|more|less|very|not)\ (?:self-)?confiden(?:t|ce)
      | arrogan(?:t|ce) | charismatic | likeable | introvert(?:ed)? | extrovert(?:ed)? | culture\ fit
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def about_the_answer(text: str) -> str:
    """Return the text without the sentences that judge the person; empty when nothing is left."""
    return " ".join(one for one in SENTENCE_END.split(text.strip()) if not _PERSON.search(one)).strip()

"""Results that are none: what was only meant to come, what nobody knows, and what the speaker calls a mistake.

"I was to cut calls by half" and "nobody measured whether it helped" hold the words of a result, and tell of none.
"""

import re

from kit.sentence_ends import SENTENCE_END

# A clause with a subject of its own may tell something else: "my goal was to halve it, and it fell from 9 to 4".
_CLAUSE_END = re.compile(
    r"[,;:()]|\b(?:but|though|although|however)\b"
    r"|\b(?:and|so|then) (?=(?:i|we|it|they|he|she|that|the|our|my|nobody)\b)"
)
_CONTRASTED = re.compile(r";|\b(?:but|though|although|however|yet)\b")
_CHANGE = (
    r"(?:be|bring|close|cut|deliver|double|finish|fix|get|go|grow|halve|have|improve|increase|keep|lower|make|move|raise"
    r"|reduce|save|ship|shorten|solve|stop|win)"
)
_MEANT = re.compile(
    r"\b(?:(?:was|were|had|wanted|needed|hoped|hoping|planned|meant|supposed|expected|tried|trying|agreed|promised"
    r"|offered|decided|set out|ought|(?:asked|told|wanted|needed|expected|instructed) (?:me|us|them|him|her)"
    rf"|in order) to (?:\w+ly )?\w+|(?<!able )(?<!managed )(?<!helped )(?<!me )(?<!us )(?<!them )to {_CHANGE})\b"
    r"|\b(?:whether|if|unless|in case|hop(?:ed|ing) that)\b"
    r"|\b(?:would|could|should|might|may|must)(?: \w+)? have (?:\w+ )?$"
    r"|\bbefore (?:(?:anybody|anyone|anything|we|i|they|it|he|she|somebody|someone) )?(?:\w+ )?$"
)
_AT_ONCE = re.compile(r"\b(?:able|managed|helped)(?: (?:me|us|them|him|her))? to (?:\w+ )?$")
_TO = re.compile(r"\bto (?:\w+ly )?$")
_NOT_KNOWN = re.compile(
    r"\b(?:(?:do|did|does|will|would)(?: not|n't|nt)|never|cannot|can't|couldn't|could not) (?:\w+ )?"
    r"(?:know|knew|say|tell|see|saw|hear|heard|learn|learned|learnt|find out|found out|measure|measured|check|checked)"
    r" (?:the (?:result|outcome|effect|end|figures?|numbers?)|what (?:came|became|happened|it)|whether|if"
    r"|how (?:it|much|many|far))\b"
    r"|\b(?:nobody|no one|none of us) (?:ever |has |had )?(?:measured|counted|checked|knows?|knew|found out|followed)\b"
    r"|\bbefore (?:anybody|anyone|we|i|they|somebody|it|the \w+) (?:could |was |were |had )?(?:ever )?"
    r"(?:measured?|count(?:ed)?|checked|check|knew|know|saw|see|finished|launched|went live)\b"
    r"|\b(?:no idea|not sure|unsure|unclear|unknown|not certain) (?:whether|if|what|how)\b"
    r"|\b(?:too (?:early|soon)|hard|impossible|difficult) to (?:say|tell|know|judge)\b|\bremains to be seen\b"
)
_MISTAKE = re.compile(
    r"\W*(?:and |but |so )?(?:(?:what|where) (?:i|we) (?:got|did|went|had)(?: \w+)? (?:wrong|badly)\b"
    r"|what (?:i|we) (?:missed|overlooked|forgot)\b|(?:my|our) (?:\w+ )?(?:mistake|error|regret|fault|failing)"
    r" (?:is|was)\b|(?:i|we) (?:should have|regret)\b)"
)


def is_unsettled(said: str, start: int, since: int = 0) -> bool:
    """Whether what stands at the place is no result: `said` is the text in lower case with straight apostrophes.

    Some sentence that is not behind the place begins at `since`.
    """
    begin = max((one.end() for one in SENTENCE_END.finditer(said, since, start)), default=since)
    after = SENTENCE_END.search(said, start)
    sentence, at = said[begin : after.start() if after else len(said)], start - begin
    if _MISTAKE.match(sentence):
        return True
    left = max((one.end() for one in _CONTRASTED.finditer(sentence, 0, at)), default=0)
    right = _CONTRASTED.search(sentence, at)
    if _NOT_KNOWN.search(sentence[left : right.start() if right else len(sentence)]):
        return True
    clause = sentence[max((one.end() for one in _CLAUSE_END.finditer(sentence, 0, at)), default=0) : at]
    if _AT_ONCE.search(clause):
        return False
    return bool(_MEANT.search(clause) or _TO.search(clause))

"""The parts of a story (situation, task, action, result), found by the words that turn to them and by their order.

A part is more than its words: "in the end it is about trust" is no result, "if we needed to" no task. So a cue counts
only in a sentence that tells of the past, in an answer whose speaker did something, and where that part is told.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from contracts.analysis import StarName
from kit.sentence_ends import SENTENCE_END

from analysis.engines.offline.acts import acts_of, is_past
from analysis.engines.offline.document import Document
from analysis.engines.offline.unsettled import is_unsettled

_ENOUGH_ACTS = 2  # of the speaker's own, simple past, before the order of sentences tells anything
_REACH = 2  # sentences after the first act in which the situation may still be told
_TASK_UNTIL = 0.7  # of the words; "they asked me to present it" at the end is a result
_BEGINNING = 1  # words before it: "so in March I was asked"
_FULL_SENTENCE = 8  # words; "It was hard." is no situation

_UNIT = (
    r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|months?|quarters?|years?|sprints?|shifts?|terms?|semesters?"
    r"|seasons?|decades?)"
)
_MONTH = r"(?:january|february|march|april|june|july|august|september|october|november|december)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|christmas|easter|year|month|week|season|semester|term|quarter)"
_COUNT = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|several|some|(?:a )?few|a couple of|half an?|many|\d[\d.,]*)"
)
_NUMBER = (
    r"(?:about |around |over |under |nearly |almost |roughly |just |only |something like |less than |more than )?"
    r"(?:[$€£]?\d[\d.,]*|zero|none|nothing|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|a (?:half|third|quarter|tenth))\b"
)

# A moment in the speaker's life. Each counts near the beginning of the telling, in a sentence in the past.
MOMENT = (
    r"(?:when|while) (?:i|we)\b(?! (?:ha(?:ve|s)|can|do|are|am|read)\b)",
    rf"last (?:{_SEASON}|night)\b|(?:years|months|weeks) ago\b",
    r"back (?:then|when|in)\b|at th(?:e|at) time\b|in those days\b|used to\b",
    rf"in (?:the )?(?:early |late |mid-?|{_SEASON} of )?(?:19|20)\d\d\b",
    r"(?:in|at) (?:my|our) (?:last|first|previous|current|old|former) \w+",
    r"(?:i|we) (?:was|were) (?:\w+ly |just |still |already )?(?:working|building|running|new)\b",
    r"the (?:problem|situation|issue|trouble|background|context) was\b",
)

# When and where it was: only before the first act, or in a sentence beside it that has none.
SETTING = (
    rf"(?:this|that|one) (?:{_SEASON}|night|morning|day|evening)\b|that time\b",
    rf"{_COUNT} (?:\w+ )?{_UNIT} (?:into|ago|before|earlier|out|from|away|after (?:i|we|the|our))\b",
    rf"for (?:about |nearly |almost |over |more than )?(?:{_COUNT}|the (?:whole|last|past)) (?:\w+ )?{_UNIT}\b",
    (
        rf"(?:in|on|during) the (?:\w+ )?(?:{_UNIT}|morning|evening|afternoon|summer|winter|spring"
        r"|autumn) (?:after|before|of|that|when|we|i)\b"
    ),
    r"(?:during|throughout) (?:the|my|our|an?|that|\w+)\b",
    rf"in (?:early |late |mid-)?{_MONTH}\b",
    # where the speaker stood
    r"(?:in|at|on|for) (?:my|our) (?!opinion|view|experience|own|mind|free|spare|eyes|case|life|words|side|heart)\w+",
    rf"my first (?:{_UNIT}|job|project|role)\b",
    r"where (?:i|we) (?:was|were|worked|work|had)\b",
    (
        r"(?:i|we) (?:was|were) (?:\w+ly |just |still |already |once )?(?:working|building|running|covering"
        r"|doing|fitting|leading|living|looking|managing|organi[sz]ing|planning|studying|teaching|training"
        r"|writing|on|in|at|an?|the only|one of|part of|new)\b"
    ),
    r"(?:i|we) (?:had|got|inherited|joined|took over|took on) (?:an?|this|one|two|three|no)\b",
    r"there (?:was|were|wasn't|weren't) (?:an?|this|no|one|two|three|four|five|some|nobody|\d+)\b",
    (
        rf"it was (?:{_SEASON}|{_MONTH}|in |(?:my|our) (?!job|task|turn|call|responsib)|the (?:{_UNIT}"
        rf"|{_SEASON})|just (?:before|after)|shortly)"
    ),
)

# How things stood: a situation only where the speaker has not done anything yet.
STATE = (
    (
        r"(?:was|were|wasn't|weren't|kept|started|began) (?:\w+ly |always |still |just |all |not |already "
        r"|never |to )?\w{2,}ing\b"
    ),
    (
        r"(?:had|hadn't|\w+'d) (?:\w+ly |already |just |never |not |once |only |all )?(?:been|become|begun"
        r"|broken|built|come|fallen|given|gone|got|gotten|grown|left|lost|made|run|rung|said|sent|set|spent"
        r"|taken|told|won|written|\w{3,}ed)\b"
    ),
    r"(?:nobody|no one|everyone|everybody|none of|half of|most of|people|customers|each of)\b",
    r"(?:in|at|on|from) (?:an?|the|one|our|my) \w+",
    (
        r"(?:our|my|an?|one|the|some|two|three) (?:[\w'-]+ ){1,4}?(?:\w{3,}ed|broke|came|chose|cut|fell|felt"
        r"|gave|got|had|held|kept|left|lost|made|met|put|quit|ran|said|sent|stood|thought|told|took|wanted|was"
        r"|went|were|would)\b"
    ),
    (
        r"(?:lasted|took|cost|lost|missed|waited|needed|failed|dropped|fell|rose|grew|doubled|had|was|were|lay"
        rf"|broke)\b[^.!?]{{0,60}}?\b{_NUMBER}"
    ),
    r"when \w+(?: \w+)? (?:came|broke|closed|began|started|hit|left|opened|merged|shut|stopped)\b",
)

# What the speaker was to do.
TASK = (
    (
        r"(?:my|our) (?:task|job|role|responsibility|part|duty)(?: (?:there|then|that (?:day|night)|in (?:this"
        r"|that|it))){0,2} was\b"
    ),
    (
        r"(?:my|our|the) (?:\w+ )?(?:task|goal|aim|target|objective|brief|mission|challenge"
        r"|assignment)(?: (?:(?:they|he|she|the \w+) )?(?:gave|set|given)(?: me| us)?)? (?:was|were)\b"
    ),
    (
        r"(?<!if )(?:i|we|somebody|someone) (?:had|needed|was supposed|were supposed|was meant|were meant"
        r"|was asked|were asked|was told|were told|was expected|were expected|was given|were given|got"
        r"|'d been told) (?:to|until|till)\b"
    ),
    r"(?<!if )(?<!what )(?:i|we) (?:was|were) to (?!be\b|blame\b)\w+",
    r"(?:i|we)(?:'d| had) been (?:told|asked|given)\b",
    r"(?:i was|was|made me) (?:made |put )?(?:responsible|accountable|in charge)\b",
    r"(?:received|got|had|given) the (?:task|responsibility|job|assignment|order)\b",
    (
        r"(?:it was|was) (?:up|down|left) to (?:me|us)\b|(?:fell|came|was left) to me\b|(?:landed"
        r"|ended up) (?:on|with) (?:me|us|my desk)\b"
    ),
    r"(?:it was|the \w+ was) (?:mine|my (?:job|task|turn|call|responsibility))\b",
    # somebody else says so
    (
        r"(?:asked|wanted|needed|instructed|tasked|directed|assigned|challenged|trusted|invited) (?:me"
        r"|us)(?: (?:to|if|whether|for|with|that)\b|,)"
    ),
    r"(?:asked|wanted|directed|demanded|insisted|decided) (?:that )?(?:i|we) (?:should|find|fix|had|\w+)\b",
    r"(?:told|said to) (?:me|us)(?: to\b|,? (?:please )?you\b)",
    rf"(?:gave|handed|assigned|passed) (?:me|us) (?:until|till|the|{_COUNT} (?:\w+ )?{_UNIT}(?! at a time))\b",
    r"(?:set|given|gave)(?: me| us)? (?:the|an?) (?:\w+ )?(?:objective|target|goal|deadline|task)\b",
    # a wish or a date
    (
        r"what (?:i|we) (?:wanted|needed)\b|i (?:wanted|set out|set myself) to\b|i wanted (?:each|every|them|it"
        r"|us|our|the)\b"
    ),
    r"i (?:volunteered|offered|agreed|promised|committed) to\b|took (?:it|this|that) (?:on|upon)\b",
    r"the (?:plan|idea|order|request) was (?:to|for|that)\b|(?:it|everything|this) had to\b",
    (
        rf"(?<!have )needed (?:it|this|them|me|us|somebody|someone|an? (?!{_UNIT})\w+|the \w+) (?:to|by|before|within"
        r"|in|for|who)\b"
    ),
    rf"(?:had|with|was|were) (?:only |just )?{_COUNT} (?:\w+ )?{_UNIT} (?:to|on the clock|left)\b",
    r"(?:deadline|had to be|to be \w+ed (?:by|before|within|and \w+ed (?:by|before|within)))\b",
    r"by the end of the (?:month|week|year|quarter|sprint|term)\b",
)

# What came of it. Each counts once the speaker has begun to act, or in the first sentence as a headline.
RESULT = (
    r"as a (?:result|consequence)\b|in the (?:end|event)\b|eventually\b|finally\b",
    r"(?:the|our|my) (?:final |end )?(?:result|outcome|effect|upshot)s? (?:was|were|is)\b",
    (
        r"(?:which|that|this|it) (?:led to|brought|reduced|saved|meant|cut|raised|gave us|allowed|got us"
        r"|made (?:it|the|our|us)|helped|resulted)\b|resulting in\b|leading to\b|resulted in\b"
    ),
    (
        r"(?:was|were) an? (?:\w+ )?(?:success|failure|disaster|hit|win)\b|(?:ended up|turned out) (?:well|fine"
        r"|badly|with)\b"
    ),
    # a quantity changed
    (
        r"(?:went|fell|dropped|rose|grew|improved|increased|decreased|cut|reduced|saved|raised|climbed|shrank"
        rf"|jumped|slid|sank|passed|came|brought|took) [^.!?]{{0,60}}?\b(?:to|by|down|up|from|under"
        rf"|below) {_NUMBER}"
    ),
    (
        rf"(?:was|were) (?:back |now )?(?:down|up) (?:to|at|from) {_NUMBER}|(?:saved|raised|gained|earned|won"
        rf"|recovered|brought in|sold) (?:us |them |the \w+ )?(?!one\b){_NUMBER}"
    ),
    rf"from {_NUMBER}[^.!?]{{0,40}}?\bto {_NUMBER}|(?:down|up) (?:from|to) {_NUMBER}",
    rf"{_NUMBER}[^.!?]{{0,40}}? instead of {_NUMBER}",
    r"(?:halved|doubled|tripled|quadrupled)\b|by a (?:factor|third|half|quarter)\b|by half\b",
    (
        r"twice (?:the|as)\b|half (?:the|as)\b|(?:zero|no more|no further|not (?:a single|one)|hardly any|fewer"
        r"|no) (?:of them |more |further )?(?:tickets?|complaints?|incidents?|errors?|bugs?|calls?|accidents?"
        r"|failures?|escalations?|outages?|problems?|mistakes?|questions?|customers?|people|clients?)\b"
    ),
    r"never (?:came|come|went|happened|failed|broke|heard|saw|had|needed)\b",
    # it held, or it did not
    r"(?:it|that|this|everything|the \w+) (?:worked|held|paid off|went live|went well|went through|failed|was over)\b",
    (
        r"(?:it|they|that|he|she|everything|all|the \w+(?: \w+){0,5}) (?:was|were|got|is|are|has been"
        r"|have been) (?:\w+ly |then |also )?(?:accepted|adopted|approved|cleared|closed|completed|delivered"
        r"|fixed|gone|launched|paid|passed|published|reduced|released|renegotiated|renewed|resolved|rolled out"
        r"|saved|signed|solved|withdrawn|won|promoted|introduced|lost)\b"
    ),
    (
        r"we (?:won|lost|got through|got \d|finished|shipped|completed|delivered|launched|passed|made it|met"
        r"|went live|hit|handed over|raised|landed|kept|saved|signed)\b"
    ),
    r"i (?:closed|landed|won|saved) (?:the|an?|our|my) (?:\w+ ){0,3}(?:deal|contract|client|account|customer|sale)\b",
    r"i (?:won|passed|was promoted|got (?:the|an?) (?:offer|promotion|job|award|grade|distinction|contract|raise))\b",
    r"(?:we|they|he|she|the \w+) (?:(?:was|were) (?:finally |then )?able to|managed to)\b",
    (
        r"(?:nobody|no one|none of (?:them|us)|not one of (?:them|us)) (?:was|were|has|lost|complained|noticed"
        r"|missed|needed|left|came|got)\b"
    ),
    (
        r"(?:everyone|everybody|all of (?:them|us)|every (?:single )?(?!time|day|night|week|month|morning"
        r"|evening)\w+) (?:\w+ )?(?:got|received|made it|passed|arrived|signed|stayed|finished)\b"
    ),
    (
        r"(?:complaints?|errors?|calls?|tickets?|failures?|outages?|the (?:problem|errors?|number \w+ \w+|time"
        r"|cost|backlog|queue|difference|fault|mood|quality)) (?:stopped|disappeared|vanished|went (?:away|down"
        r"|up)|came down|improved|dropped|fell|rose|shrank|became|got better)\b"
    ),
    r"(?:only|now|just) (?:takes?|took|needs?|needed|costs?) [^.!?]{0,20}?\d",
    (
        r"on the (?:first|second|third|next) (?:go|try|attempt)\b|on time\b|on schedule\b|ahead of (?:time"
        r"|schedule|the)\b|without (?:a|one|any|another) (?:\w+ )?(?:word|hitch|problem|complaint|question"
        r"|incident|outage|loss)\b"
    ),
    # nothing came of it, unless the speaker goes on with another attempt
    (
        r"(?:(?:it|that|this|they|the \w+(?: \w+)?) (?:did not|didn't|never) (?:work|help|hold|last|sell"
        r"|pay off|catch on)|(?:nobody|no one|hardly any(?:body|one)) (?:used|wanted|bought|read)|we (?:gave"
        r" (?:it )?up|abandoned it|scrapped it))\b(?![^.!?]*\b(?:so|and then) (?:i|we)\b)(?![^.!?]*[.!?]\s+"
        r"(?:so|then|next|after that|instead|(?:i|we) (?!learn|should|would|know|think|regret|did not|didn't|had"
        r"|left|am|was|were)))"
    ),
    # others answered to it
    (
        r"(?:they|he|she|everyone|everybody|(?:the|my|our|a|his|her) \w+(?: \w+)?) (?:also |then |even |later "
        r"|all |finally )?(?:agreed|accepted|adopted|approved|signed|renewed|passed (?:it|us|me)|praised"
        r"|thanked|congratulated|promoted|offered me|came back|withdrew|apologi[sz]ed|(?:was|were)(?:n't"
        r"| not)? (?:\w+ )?(?:happy|delighted|furious|impressed|pleased|grateful|relieved|surprised|satisfied"
        r"|thrilled)|got the credit|wrote to|sent (?:me |us )?(?:one |an? )?(?:\w+ )?(?:mail|card|letter|note"
        r"|email)|mentioned it|now uses?|has since|have since|cried|still (?:use|call|do)|presented it)\b"
    ),
)

# What lasted until today, in the present; behind the second act.
LASTING = (
    r"(?:since then|ever since|to this day)\b(?!,? i(?:'ve| have| am|'m)\b)",
    (
        r"(?:hasn't|haven't|has not|have not|hadn't|'s not|never|barely|hardly|has|have"
        r"|\w+'ve)\b[^.!?;]{0,50}? (?:since|again|anymore|any more|twice)(?=[.,;!?]|$)"
    ),
    rf"since (?:{_MONTH}|that day|last \w+) (?:we|they|it|the|nobody|no|our)\b",
    r"(?:it|they|we|that|nobody|no one|the \w+(?: \w+){0,2})(?:'s|'re| is| are)? (?:now|still)\b",
    r"it(?:'s| is) (?:at|down to|up to) [^.!?]{0,20}?\d?[^.!?]{0,20}? now\b",
    r"(?:today|nowadays|these days),? (?:it|they|we|the|nobody|every)\b",
    r"(?:you|one)(?:'d| would) never (?:know|guess|think|notice)\b",
)

# Time went by: a result only behind the first act, and where the sentence does not go on with an act.
LATER = (
    rf"(?:{_COUNT} )?{_UNIT} (?:later|afterwards|after that|on)\b|(?:soon|shortly|not long) after(?:wards)?\b",
    rf"(?:after|within) (?:the )?(?:first |about |just |less than )?{_COUNT} (?:\w+ )?{_UNIT}\b",
    rf"in (?:the first |about |just |less than |under )?{_COUNT} (?:\w+ )?(?:weeks?|months?|quarters?|years?)\b",
    (
        rf"by (?:{_MONTH}|(?:the )?(?:next |following |end of )?(?:the )?{_SEASON}|mon|tues|wednes|thurs|fri"
        r"|then|the time)"
    ),
    rf"(?:the )?(?:next|following) (?:{_UNIT}|{_SEASON}|time)\b|before the end of\b|from the \w+ {_UNIT}\b",
    # others took it over
    (
        r"(?:put|uses?|used|adopted|copied|rolled out|took|introduced|made)\b[^.!?]{0,30}? (?:in|on|to|by|for"
        r"|across) (?:all|every|the (?:whole|other)|other)\b"
    ),
    rf"after (?:this|that)\b|once (?:i|we|it)\b|with the new\b|that (?:same )?(?:{_SEASON}|afternoon|evening|day)\b",
)

_UNREAL = re.compile(
    r"\b(?:(?:i|we|you|they|it|one)(?:'ll| will| would)|will|(?<!that )(?:i|we|you|they|it|one) should"
    r"|usually|normally|typically|generally|whenever|(?:i|we) always)\b"
)
_WOULD = re.compile(r"\bwould\b")
_HAPPENED = re.compile(r"\b(?:was|were|had|did|wasn't|weren't|hadn't|didn't)\b")


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    # Each begins with a word, an apostrophe or a sign of money; at other ends of words none need be tried.
    return re.compile(rf"\b(?=[\w'$€£])(?:{'|'.join(patterns)})")


_MOMENT, _SETTING, _STATE, _TASK, _RESULT, _LASTING, _LATER = map(
    _any_of, (MOMENT, SETTING, STATE, TASK, RESULT, LASTING, LATER)
)


class _Reading:
    """An answer's sentences, which of them tell of the past, and where the speaker acts."""

    def __init__(self, document: Document) -> None:
        """Look at each sentence once."""
        self.document = document
        tokens = document.tokens
        acts = acts_of(document)
        self.places = list(acts.places)
        bounds = [at for at, one in enumerate(tokens) if not at or one.sentence != tokens[at - 1].sentence]
        self.spans = list(pairwise([*bounds, len(tokens)]))
        self.of_token = [at for at, (first, last) in enumerate(self.spans) for _ in range(first, last)]
        texts = [document.folded[tokens[first].start : tokens[last - 1].end] for first, last in self.spans]
        self.unreal = [
            bool(_UNREAL.search(text) or ("would" in text and _WOULD.search(text) and not _HAPPENED.search(text)))
            for text in texts
        ]
        self.past = [any(is_past(one.word) for one in tokens[first:last]) for first, last in self.spans]
        self.told = [at for at in acts.told if not self.unreal[self.of_token[at]]]
        # What "we" did begins the acting only where "I" did nothing.
        self.acts = [at for at in acts.own if not self.unreal[self.of_token[at]]] or self.told

    @cached_property
    def _begins(self) -> list[int]:
        return [0, *(one.end() for one in SENTENCE_END.finditer(self.document.folded))]

    def _begin(self, position: int) -> int:
        """Return where the sentence at a position of the folded text begins."""
        return self._begins[bisect_right(self._begins, position) - 1]

    def begins_with_i(self, sentence: int) -> bool:
        """Whether the sentence is about the speaker."""
        return self.document.tokens[self.spans[sentence][0]].word.partition("'")[0] == "i"

    def is_told_before_acting(self, sentence: int) -> bool:
        """Whether something was before the act in the sentence: "one night I stayed" is a date and no situation."""
        begin, end = self.spans[sentence]
        act = next(at for at in self.acts if begin <= at < end)
        return any(is_past(one.word) for one in self.document.tokens[begin:act])

    def find(self, pattern: re.Pattern[str], *, past: bool = True, settled: bool = False) -> Iterator[tuple[int, int]]:
        """Yield the place and the sentence of each match in a sentence that tells of what was."""
        said = self.document.folded
        for match in pattern.finditer(said):
            at = self.document.own_token_from(match.start())
            if at is None:
                continue
            sentence = self.of_token[at]
            if self.unreal[sentence] or (past and not self.past[sentence]):
                continue
            if not settled or not is_unsettled(said, match.start(), self._begin(match.start())):
                yield at, sentence


class Telling:
    """Where the parts of a story are told, as places of words; each is looked for when it is first asked for.

    Without an act of the speaker's own there is none of them.
    """

    def __init__(self, document: Document) -> None:
        """Look for what the speaker did."""
        self._reading = reading = _Reading(document)
        self._acting = {reading.of_token[at] for at in reading.acts}
        self._followed = len(reading.told) >= _ENOUGH_ACTS  # so that the order of sentences tells something

    @property
    def parts(self) -> dict[StarName, list[int]]:
        """All parts, in their order."""
        return {"situation": self.situation, "task": self.task, "action": self.action, "result": self.result}

    @cached_property
    def headline(self) -> int:
        """The place of the first word behind a first sentence that holds an act and its result; 0 without one."""
        acts = 0 in self._acting
        return self._reading.spans[0][1] if acts and any(sentence == 0 for _, sentence in self._results) else 0

    @cached_property
    def first(self) -> int | None:
        """The place of the first act behind the headline, where something was done."""
        acts = self._reading.acts
        return next((at for at in acts if at >= self.headline), acts[0]) if acts else None

    @cached_property
    def situation(self) -> list[int]:
        """Where it says how things stood, when and where."""
        reading, first = self._reading, self.first
        if first is None:
            return []
        tasks = {reading.of_token[at] for at in self.task}
        # A situation stands before some act of the story.
        until = min(reading.of_token[first] + _REACH, reading.of_token[reading.acts[-1]])
        places = [at for at, one in reading.find(_MOMENT) if one <= until]
        for at, one in reading.find(_SETTING):
            begin, _ = reading.spans[one]
            if one in tasks and at > begin + _BEGINNING:  # "before the board met in October"
                continue
            before = at < first and (one not in self._acting or reading.is_told_before_acting(one))
            if before or (one <= until and one not in self._acting and not reading.begins_with_i(one)):
                places.append(at)
        for at, one in reading.find(_STATE) if self._followed else ():
            begin, end = reading.spans[one]
            if one in tasks or reading.begins_with_i(one) or end - begin < _FULL_SENTENCE:
                continue
            if self.headline <= at < first and (one not in self._acting or reading.is_told_before_acting(one)):
                places.append(at)
        return sorted(set(places))

    @cached_property
    def task(self) -> list[int]:
        """Where it says what the speaker was to do."""
        until = _TASK_UNTIL * len(self._reading.document.tokens)
        return [at for at, _ in self._reading.find(_TASK) if at <= until] if self._reading.acts else []

    @property
    def action(self) -> list[int]:
        """Where the speaker acts."""
        return self._reading.places

    @cached_property
    def result(self) -> list[int]:
        """Where it says what came of it."""
        reading, first = self._reading, self.first
        if first is None:
            return []
        places = [at for at, _ in self._results if at > first or at < self.headline]
        if self._followed:
            places += [at for at, _ in reading.find(_LASTING, past=False, settled=True) if at > first]
            places += [at for at, one in reading.find(_LATER, settled=True) if at > first and one not in self._acting]
        return sorted(set(places))

    @cached_property
    def _results(self) -> list[tuple[int, int]]:
        return list(self._reading.find(_RESULT, settled=True))

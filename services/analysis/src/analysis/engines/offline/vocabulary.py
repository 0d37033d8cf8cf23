"""Words the engine knows: which say little, which mean the same, and which show how a story is told."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words("""
a about after again all also although always am an and any anything are as at be because been before being below both
but by came can cannot come could did do does doing done down during each either else even ever every everything few
for from further get gets getting give given go goes going gone got had has have having he her here hers him his how i
if in instead into is it its itself just let like made make makes making many may me might mine more most much must my
myself neither never no nor not nothing now of off often on once one only onto or other our ours ourselves out over own
per quite rather really s said same say she should since so some someone something soon still such t than that the
their them themselves then there these they thing things this those though through to together too under until up upon
us very was we well went were what when where whether which while who whom whose why will with within without would
yes yet you your yours yourself i'm i've i'd i'll it's don't didn't wasn't couldn't can't we're we'd we've that's
we'll you're you've you'd you'll he's he'd he'll she's she'd she'll it'd it'll they're they've they'd they'll there's
isn't aren't weren't haven't hasn't hadn't won't wouldn't shouldn't doesn't
""")

# Content words so common in interview answers that one of them alone shows nothing.
COMMON_WORDS = _words("""
ability able ask better big build call case change clear company day difficult do end example fact feel find first good
great happen hard help idea important job keep kind know last later lead learn level long look lot main mean need
new next number old part people person place plan point problem process project question reason result right role
second service show situation small start step system take talk task team tell think time today try turn understand use
user want way week work world year
""")

# What key points are written in: "Names the part done personally", "Explains why ...".
POINT_VERBS = _words("""
acknowledges adds asks brings checks chooses compares connects considers counts covers defines describes distinguishes
explains finds gives identifies keeps knows links lists looks makes mentions names notes offers plans points proposes
puts reflects says separates sets shows speaks starts states suggests takes talks tells thinks treats understands uses
weighs works answer exactly least sentence sentences
""")

# "I did not check it" is no evidence of checking; the denial ends with the clause.
DENIALS = _words("""
not never no nobody nothing neither don't doesn't didn't wasn't weren't isn't aren't haven't hasn't hadn't
""")
CLAUSE_WORDS = _words("but because so until before when while instead unless except that only just rather if")
CONDITIONS = _words("if when whether unless until")  # "if it does not answer" denies nothing
# A key point with one of these may well be met by saying what is not done.
NEGATIVE_WORDS = DENIALS | _words("""
without avoid avoids cannot instead less fewer rather stops stop prevents wrong missing lost keeps nor refuses blame
""")

OTHER_LANGUAGES: dict[str, frozenset[str]] = {
    "German": _words(
        "der die das und ich nicht ein eine einen mit wir war habe haben ist für auf dem den von zu im sich als auch "
        "dass wurde hatte meine mein sie er es bei nach aber"
    ),
    "French": _words(
        "le la les des et je une un nous pas que qui dans pour est avec sur ce cette mon ma mes du au aux j'ai a été "
        "en ne se était avons plus très mais"
    ),
    "Spanish": _words(
        "el la los las de que y en un una para con por no se lo mi mis era fue más como pero su al del yo nos nuestro "
        "cuando muy hay"
    ),
    "Italian": _words(
        "il lo la gli le di che e un una per con non si mi era ho abbiamo più come ma del della nel sono anche questo "
        "quando molto"
    ),
    "Portuguese": _words(
        "o os as de que e um uma para com por não se meu minha era foi mais como mas do da no na eu nós quando muito "
        "em ao"
    ),
    "Dutch": _words(
        "de het een en ik niet met wij we was heb hebben is voor op van te zijn als ook dat werd had mijn zij hij bij "
        "naar maar"
    ),
    "Polish": _words("i w z na nie się że do jest to jak ale był była mój moja dla przez oraz po tym co jako"),
    "Turkish": _words("ve bir bu da de için ile ben biz çok ama olarak gibi daha sonra kadar ne var"),
}

_PAST_FORMS = """
brought:bring built:build bought:buy began:begin broke:break chose:choose cut:cut drew:draw drove:drive fell:fall
felt:feel fixed:fix found:find gave:give grew:grow held:hold kept:keep knew:know led:lead left:leave lost:lose made:make
met:meet paid:pay put:put ran:run saw:see sent:send set:set sold:sell spent:spend spoke:speak stood:stand taught:teach
thought:think told:tell took:take understood:understand went:go won:win wrote:write rewrote:rewrite
"""
PAST_TO_BASE: dict[str, str] = {past: base for past, _, base in (one.partition(":") for one in _PAST_FORMS.split())}

_SAME = """
bug defect fault error
fix mend repair resolve solve solution
colleague coworker teammate peer
manager boss supervisor
customer client
reduce decrease lower cut drop shrink
increase raise grow rise growth
improve enhance
decide decision
choose choice
fail failure
explain explanation
suggest suggestion propose proposal
succeed success
apologise apology
complain complaint
prove proof
respond response reply
assume assumption
advise advice
believe belief
verify check validate confirm
database db
authentication auth
kubernetes k8s
documentation docs doc
percent percentage %
start begin
finish complete
deadline due
argue disagree disagreement
agree consent
trade compromise
cheap inexpensive
quick fast
"""
SAME_MEANING: dict[str, str] = {
    word: group.split()[0] for group in _SAME.strip().splitlines() for word in group.split()
}

NOT_KNOWN = (
    r"\bi (?:really |honestly |just )?(?:do not|don't|dont|wouldn't|would not) know\b",
    r"\b(?:i have |i've )?no (?:idea|clue)\b",
    r"\bi (?:have never|never) (?:heard|used|done|worked|had)\b",
    r"\bi (?:cannot|can't|cant|could not|couldn't) (?:answer|think of|remember|say)\b",
    r"\bnot sure(?: what| how|\.|$)",
    r"\b(?:pass|skip)(?: on)? (?:this|that)\b",
)

# A moment that something belongs to, in any kind of answer. The parts of a story are found in `telling.py`.
MOMENT = (
    r"\b(?:when|while) (?:i|we)\b",
    r"\b(?:last|this) (?:year|month|summer|winter|spring|autumn|week)\b",
    r"\bin (?:my|our) (?:last|first|previous|current|old|team|job|role|project)\b",
    r"\bat my (?:last|previous|first|current)\b",
    r"\b(?:i was|we were) (?:working|building|running|responsible|asked)\b",
    r"\bin (?:19|20)\d\d\b",
    r"\b(?:months|years|weeks) ago\b",
    r"\bthe (?:problem|situation|issue) was\b",
)
_FIGURE = (
    r"(?:\d[\d.,]*|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty|fifty|sixty|ninety)"
)
_TIME_SPAN = rf"\b{_FIGURE} (?:\w+ )?(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|quarters?|years?)\b"
_SHARE = r"(?:[$\u20ac\u00a3]\d[\d.,]*|\b\d[\d.,]* ?(?:%|percent\b|per cent\b|dollars\b|euros\b|pounds\b))"
_RATE = rf"\b{_FIGURE} (?:\w+ ){{1,3}}(?:an?|per|each|every) (?:minute|hour|day|night|week|month|quarter|year)\b"
_COST = (
    r"\b(?:took|cost|needed|lasted|spent|waited|lost|paid|made|got|used to \w+|had (?:\w+ )?(?:taken|cost|needed|lasted"
    r"|spent|waited|lost|paid|been|had|got)"
    r"|(?:was|were|had)(?= (?:about |around |nearly |over |up to )?[\d$\u20ac\u00a3]))\b"
)
_NOW = r"\b(?:now|today|these days|nowadays)\b"
_BETWEEN = (
    r"[^.!?]{0,60}?(?:[.!?] (?=(?:now|today|these days|nowadays)\b))?"  # "It took two hours. Now it takes ten minutes."
)
_THEN_AND_NOW = "|".join(
    rf"{one}{_BETWEEN}(?:{_NOW}[^.!?]{{0,30}}?{one}|{one}[^.!?]{{0,20}}?{_NOW})" for one in (_TIME_SPAN, _SHARE, _RATE)
)
BEFORE_AND_AFTER = (
    # one quantity then and now, as time, as money or share, or as so many a week
    rf"{_COST}[^.!?]{{0,30}}?(?:{_THEN_AND_NOW}|{_RATE}{_BETWEEN}{_NOW} (?:\w+ ){{0,3}}?\d)",
    r"\bfrom (?:about |around |over |nearly )?[\d$€£][^.!?]{0,40}? to (?:about |around |under |over |nearly )?[\d$€£]",
    r"\b(?:before|previously)\b[^.!?]{0,60}\d[^.!?]{0,60}\b(?:after|now|afterwards)\b[^.!?]{0,60}\d",
)
CONSTRAINT = (
    r"\b(?:although|despite|without|only|deadline|budget|could not|couldn't|had to|instead of|rather than)\b",
)
EXAMPLE = (
    r"\bfor (?:example|instance)\b",
    r"\b(?:once|one time|a time when)\b",
    r"\bsuch as\b",
    r"\bin one case\b",
)
REASONS = (
    r"\b(?:because|since|so that|in order to|the reason|therefore|otherwise)\b",
    r"\b(?:which (?:means|is why)|that (?:way|is why))\b",
)

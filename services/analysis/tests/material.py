"""Questions, answers and events to test with."""

from typing import Any
from uuid import UUID

from contracts.interview import (
    AnswerAnchors,
    AnswerSubmitted,
    AskedQuestion,
    CompetencyRef,
    InterviewCompleted,
    KeyPoint,
    LevelRef,
    Question,
    RoleRef,
    Rubric,
    RubricDimension,
)
from kit.clock import now
from kit.ids import new_id

ROLE = RoleRef(id="backend-engineer", title="Backend engineer", family="software")
LEVEL = LevelRef(id="mid", label="Mid-level")


def _prose(text: str) -> str:
    return " ".join(text.split())


def _rubric(name: str, *dimensions: tuple[str, str, float]) -> Rubric:
    return Rubric(
        id=name,
        version=f"{name}-1",
        expectation="A 3 is an example of work the speaker led alone from problem to result.",
        dimensions=tuple(
            RubricDimension(
                id=one,
                label=label,
                weight=weight,
                anchors=(
                    f"There is nothing of {label.lower()}.",
                    f"There is a trace of {label.lower()}.",
                    f"There is enough of {label.lower()} to follow.",
                    f"There is {label.lower()} throughout.",
                    f"There is {label.lower()} that others could learn from.",
                ),
            )
            for one, label, weight in dimensions
        ),
    )


BEHAVIOURAL = _rubric(
    "behavioural",
    ("relevance", "Relevance", 0.20),
    ("structure", "Structure", 0.20),
    ("specificity", "Specific evidence", 0.25),
    ("ownership", "Ownership", 0.20),
    ("reflection", "Reflection", 0.15),
)
TECHNICAL = _rubric(
    "technical",
    ("correctness", "Correctness", 0.35),
    ("depth", "Depth and trade-offs", 0.25),
    ("approach", "Problem approach", 0.20),
    ("clarity", "Clarity", 0.20),
)

ASKED_FOR_HELP = "Tell me about a time when you were stuck and decided to ask somebody for help."
SLOW_QUERY = "A page of your product has become slow over the last month. How do you find out why and what do you do?"


def help_question(position: int = 1, competency: str = "collaboration") -> Question:
    return Question(
        id=new_id(),
        position=position,
        kind="behavioural",
        difficulty=2,
        competency=CompetencyRef(id=competency, label=competency.capitalize()),
        text=ASKED_FOR_HELP,
        key_points=(
            KeyPoint(
                id="blocked-on",
                text="Describes the task and what exactly could not be solved.",
                terms=("could not", "did not understand", "error", "blocked", "the problem was"),
            ),
            KeyPoint(
                id="own-attempt",
                text="Says what had been tried alone first and for how long.",
                terms=("first i tried", "i searched", "i read", "an hour", "on my own"),
            ),
            KeyPoint(
                id="right-person",
                text="Explains why this person was chosen and how the request was prepared.",
                terms=("expert", "more experienced", "knew the", "mentor", "i prepared"),
            ),
            KeyPoint(
                id="solution",
                text="Tells how the problem was solved together and how much time it saved.",
                terms=("together we", "showed me", "turned out", "minutes", "saved"),
            ),
            KeyPoint(
                id="kept",
                text="Names what was kept from it, such as a note for others or asking earlier.",
                terms=("wrote it down", "since then", "i learned", "earlier", "next time"),
            ),
        ),
        rubric=BEHAVIOURAL,
        anchors=AnswerAnchors(weak="No case.", solid="One case.", strong="One case with what stayed."),
        suggested_seconds=90,
    )


def slow_question(position: int = 2) -> Question:
    return Question(
        id=new_id(),
        position=position,
        kind="technical",
        difficulty=3,
        competency=CompetencyRef(id="debugging", label="Finding faults"),
        text=SLOW_QUERY,
        key_points=(
            KeyPoint(
                id="measure", text="Measures before changing anything.", terms=("measure", "profil", "trace", "metrics")
            ),
            KeyPoint(
                id="plan",
                text="Reads the query plan of the slow statement.",
                terms=("explain", "query plan", "slow query log"),
            ),
            KeyPoint(
                id="index", text="Considers an index and what it costs on writes.", terms=("index", "composite index")
            ),
            KeyPoint(id="cache", text="Weighs caching against stale data.", terms=("cache", "caching", "stale")),
            KeyPoint(
                id="verify",
                text="Checks afterwards that it became faster.",
                terms=("percentile", "p95", "compare", "before and after"),
            ),
        ),
        rubric=TECHNICAL,
        suggested_seconds=120,
    )


GOOD = _prose(
    """
    In my last job I was building an import for bank statements and could not find out why one in twenty files
    failed with an encoding error. First I tried it on my own for about an hour: I read the parser's
    documentation and compared two files byte by byte. Then I asked Maria, because she had written the old
    parser and was more experienced with it. I prepared a short note with three failing files and what I had
    already ruled out. Together we found in fifteen minutes that the bank had switched to UTF-16 without saying
    so. It turned out to be a one-line fix, and it saved us at least a day. Since then I write down what I tried
    before I ask, and failed imports fell from 5 percent to 0.1 percent.
    """
)
MIDDLING = _prose(
    """
    At my previous company I was blocked by a failing build for a while. The problem was a missing library. I
    asked a colleague who knew the build well and he showed me where the setting was. It worked after that and I
    was happy that I could go on with my work on the project.
    """
)
VAGUE = _prose(
    """
    When I get stuck I usually ask my colleagues because we are a good team and everybody helps everybody. I
    think that asking is normal and nobody should be afraid of it at all.
    """
)
SLOW_ANSWER = _prose(
    """
    I would measure first, because guesses cost time: a trace of one slow request shows whether the time goes
    into the database, the network or our own code. If it is the database, I look at the slow query log and run
    EXPLAIN to read the query plan. Often a composite index helps, although every index makes writes slower. For
    example, at my last job a missing index cost us 900 milliseconds on a list of 2 million orders. Caching is
    the other way, but stale data must be acceptable. After the change I compare the p95 before and after for a
    week.
    """
)
GERMAN = _prose(
    """
    Ich war in meinem letzten Projekt für die Datenbank verantwortlich und wir hatten ein Problem mit der
    Leistung, das ich nicht lösen konnte, und dann habe ich einen Kollegen gefragt, der mir bei der Suche nach
    dem Fehler half.
    """
)


def followed_up(text: str, asked: str, more: str) -> tuple[str, list[dict[str, Any]]]:
    """Return an answer with the one to a follow-up behind it, and its parts, as they are handed over."""
    whole = f"{text}\n\n{more}"
    follow_up = {"question_text": asked, "follow_up": "specify", "text": more, "source": "typed"}
    return whole, [
        {"question_text": "The question", "text": text, "source": "typed", "start": 0, "end": len(text)},
        follow_up | {"start": len(text) + 2, "end": len(whole)},
    ]


class Interview:
    """One interview: makes the events that the interview service would publish about it."""

    def __init__(self, *questions: Question, allow_fallback: bool = True, candidate_id: UUID | None = None) -> None:
        self.id = new_id()
        self.candidate_id = candidate_id or new_id()
        self.allow_fallback = allow_fallback
        self.questions = questions or (help_question(),)
        self.answers: dict[UUID, UUID] = {}

    def answer(self, text: str, number: int = 1, **changes: Any) -> AnswerSubmitted:
        question = self.questions[number - 1]
        answer_id = self.answers.setdefault(question.id, new_id())
        values: dict[str, Any] = {
            "interview_id": self.id,
            "candidate_id": self.candidate_id,
            "answer_id": answer_id,
            "attempt": 1,
            "question": question,
            "role": ROLE,
            "level": LEVEL,
            "text": text,
            "source": "typed",
            "duration_s": 61.5,
            "submitted_at": now(),
            "allow_fallback": self.allow_fallback,
        }
        return AnswerSubmitted.model_validate({**values, **changes})

    def completed_later(self, answers: int) -> InterviewCompleted:
        """The interview is over before its answers have arrived here."""
        for question in self.questions[:answers]:
            self.answers.setdefault(question.id, new_id())
        return self.completed()

    def completed(self, outcome: str = "completed") -> InterviewCompleted:
        return InterviewCompleted.model_validate(
            {
                "interview_id": self.id,
                "candidate_id": self.candidate_id,
                "outcome": outcome,
                "role": ROLE,
                "level": LEVEL,
                "questions": [
                    AskedQuestion(
                        question_id=one.id,
                        position=one.position,
                        competency=one.competency,
                        text=one.text,
                        answer_id=self.answers.get(one.id),
                    )
                    for one in self.questions
                ],
                "completed_at": now(),
            }
        )

import asyncio
import itertools
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from contracts.interview import QuestionKind
from interview.bank import BankQuestion, Level, Role, catalogue, questions
from interview.models import Question
from interview.planner import kinds_for, plan
from interview.writers import EarlierQuestion, WritingFailed, WritingRequest
from interview.writers.bank import pick
from interview.writers.repeats import is_repeat
from kit.database import Database
from sqlalchemy import select

from services.interview.tests.candidate import Candidate, eventually
from services.interview.tests.fixtures import Preparing

START = datetime(2026, 1, 1, tzinfo=UTC)
ROLES = catalogue().roles
LEVELS = catalogue().levels


def request(
    role: Role,
    level: Level,
    count: int,
    *,
    kinds: Sequence[QuestionKind] = (),
    earlier: Sequence[EarlierQuestion] = (),
    seed: str = "seed",
) -> WritingRequest:
    slots = plan(role, level, count, kinds)
    return WritingRequest(role=role, level=level, slots=slots, kinds=tuple(kinds), earlier=tuple(earlier), seed=seed)


def picked_for(wanted: WritingRequest, bank: Sequence[BankQuestion]) -> list[BankQuestion]:
    return [question for _, question in pick(wanted, bank)]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_bank_fills_every_plan_with_fitting_questions(role: Role) -> None:
    for level, count in itertools.product(LEVELS, (3, 5, 10)):
        picked = picked_for(request(role, level, count), questions())
        assert len({question.id for question in picked}) == count
        assert all(question.fits(role) for question in picked)
        difficulties = [question.difficulty for question in picked]
        assert difficulties[:-1] == sorted(difficulties[:-1])
        assert difficulties[-1] <= difficulties[-2]  # an easier one to close
        # The bank has enough for a first interview at every level.
        assert all(level.difficulty_min <= difficulty <= level.difficulty_max for difficulty in difficulties)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_nothing_comes_back_before_all_has_been_asked_and_then_the_oldest_first(role: Role) -> None:
    level = LEVELS[2]
    fitting = {question.id for question in questions() if question.fits(role)}
    earlier: list[EarlierQuestion] = []
    seen: list[str] = []
    for number in range(len(fitting) // 5 + 1):
        picked = picked_for(request(role, level, 5, earlier=earlier, seed=str(number)), questions())
        new = [question.id for question in picked if question.id not in seen]
        assert len(new) == min(5, len(fitting) - len(set(seen)))
        oldest = list(dict.fromkeys(seen))[:5]
        assert all(question.id in oldest for question in picked if question.id not in new)
        at = START + timedelta(days=number)
        earlier += [EarlierQuestion(question.text, question.id, at) for question in picked]
        seen += [question.id for question in picked]
    assert set(seen) == fitting


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_chosen_kinds_are_kept_while_the_bank_has_them(role: Role) -> None:
    for kind in kinds_for(role):
        there_are = sum(question.fits(role) and question.kind == kind for question in questions())
        picked = picked_for(request(role, LEVELS[2], 5, kinds=[kind]), questions())
        assert sum(question.kind == kind for question in picked) == min(5, there_are)


def test_two_candidates_with_the_same_choice_do_not_get_the_same_questions() -> None:
    sets = {
        tuple(q.id for q in picked_for(request(ROLES[0], LEVELS[2], 5, seed=str(n)), questions())) for n in range(20)
    }
    assert len(sets) > 5
    first, again = (picked_for(request(ROLES[0], LEVELS[2], 5), questions()) for _ in range(2))
    assert first == again


def test_competencies_of_the_picked_questions_are_spread() -> None:
    for role, level in itertools.product(ROLES, LEVELS):
        times = Counter(question.competency for question in picked_for(request(role, level, 5), questions()))
        assert max(times.values()) <= 2


def test_bank_that_is_too_small_says_so() -> None:
    with pytest.raises(WritingFailed, match="only 2 questions"):
        picked_for(request(ROLES[0], LEVELS[2], 3), [q for q in questions() if q.fits(ROLES[0])][:2])


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("How do you test a service?", "How do you test a service?", True),
        ("How do you test a service?", "how would you TEST services", True),
        ("Tell me about a conflict in your team.", "Describe the conflict your team had!", True),
        ("How do you test a service?", "How do you monitor a queue?", False),
        ("Tell me about a failure.", "Tell me about a success.", False),
        ("", "How do you test a service?", False),
    ],
)
def test_same_words_are_the_same_question(text: Any, other: str, same: bool) -> None:
    assert is_repeat(text, [other]) is same


def test_questions_of_the_bank_are_no_repeats_of_each_other() -> None:
    texts = [question.text for question in questions()]
    assert [text for number, text in enumerate(texts) if is_repeat(text, texts[:number])] == []


async def test_candidate_never_gets_a_question_twice(
    candidate: Candidate, stranger: Candidate, database: Database
) -> None:
    for choice in ({}, {"role_id": "frontend-engineer"}, {"level_id": "senior"}, {"question_count": 10}):
        await candidate.ready(**choice)
    async with database.transaction() as session:
        mine = list(await session.scalars(select(Question.bank_id)))
    assert len(mine) == len(set(mine)) == 19
    assert None not in mine
    await stranger.ready(question_count=10)


async def test_interviews_prepared_at_once_share_no_question(
    candidate: Candidate, prepare: Preparing, database: Database
) -> None:
    interviews = [await candidate.create(question_count=5) for _ in range(3)]
    await asyncio.gather(*(prepare(interview["id"]) for interview in interviews))

    async def are_ready() -> bool:
        found = [await candidate.read(interview["id"]) for interview in interviews]
        return all(interview["status"] == "ready" for interview in found)

    await eventually(are_ready)
    async with database.transaction() as session:
        ids = list(await session.scalars(select(Question.bank_id)))
    assert len(ids) == len(set(ids)) == 15


async def test_question_that_was_never_shown_may_come_again(candidate: Candidate, database: Database) -> None:
    interview = await candidate.ready()
    await candidate.post(interview, "abandon")
    async with database.transaction() as session:
        unseen = set(await session.scalars(select(Question.bank_id)))
    for _ in range(4):  # as many as there are behavioural questions
        await candidate.ready(question_count=10, kinds=["behavioural"])
    async with database.transaction() as session:
        times = Counter(await session.scalars(select(Question.bank_id)))
    assert sorted(times[question] for question in unseen) == [1, 1, 2]


async def test_used_up_bank_says_that_questions_come_back(candidate: Candidate) -> None:
    for _ in range(2):
        interview = await candidate.ready(question_count=3, kinds=["system_design"], role_id="database-administrator")
    assert interview["status"] == "ready"
    assert "come back" in interview["preparation"]["message"]


async def test_too_few_of_a_kind_are_filled_up_and_said_so(candidate: Candidate) -> None:
    interview = await candidate.ready(question_count=10, kinds=["system_design"])
    assert len(interview["questions"]) == 10
    assert "of another kind" in interview["preparation"]["message"]

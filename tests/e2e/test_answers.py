"""The answers of these tests are judged whatever is asked: which questions an interview draws is luck."""

import pytest
from analysis.engines.offline.engine import judge
from analysis.engines.port import AnswerTask
from contracts.interview import LevelRef, RoleRef
from interview import bank
from interview.follow_ups.choosing import Asked, next_follow_up
from interview.follow_ups.task import Said, Task

from benchmarks.golden import question_of
from tests.e2e.answers import ANSWERS
from tests.e2e.test_follow_ups import MORE, SHORT

ROLE = RoleRef(id="backend-engineer", title="Backend engineer", family="software-engineering")
LEVEL = LevelRef(id="mid", label="Mid")


def follow_ups_to(question: bank.BankQuestion, *answers: str) -> int:
    """Return how many follow-ups are asked when these are the answers to a question and what follows it."""
    said: list[Said] = []
    asked: list[Asked] = []
    text = question.text
    for answer in answers:
        said.append(Said(text, answer))
        found = next_follow_up(Task(question.kind, question.key_points, tuple(said)), asked, (), len(answers))
        if found is None:
            break
        asked.append(Asked(found.kind, found.target))
        text = found.text
    return len(asked)


def test_answers_to_follow_up_are_followed_up_for_every_question_of_the_job() -> None:
    role = bank.find_role(ROLE.id)
    assert role is not None
    asked = [question for question in bank.questions() if question.fits(role)]
    assert asked
    assert [one.id for one in asked if follow_ups_to(one, SHORT, MORE) < 2] == []


@pytest.mark.parametrize("place", range(len(ANSWERS)))
def test_answer_is_judged_for_every_question_of_the_bank(place: int) -> None:
    unjudged = {
        question.id: judgement.insufficient
        for question in bank.questions()
        if (judgement := judge(AnswerTask(question_of(question.id), ROLE, LEVEL, ANSWERS[place], ()))).insufficient
    }
    assert unjudged == {}

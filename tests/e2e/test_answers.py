"""The answers of these tests are judged whatever is asked: which questions an interview draws is luck."""

import pytest
from analysis.engines.offline.engine import judge
from analysis.engines.port import AnswerTask
from contracts.interview import LevelRef, RoleRef
from interview import bank

from benchmarks.golden import question_of
from tests.e2e.answers import ANSWERS

ROLE = RoleRef(id="backend-engineer", title="Backend engineer", family="software-engineering")
LEVEL = LevelRef(id="mid", label="Mid")


@pytest.mark.parametrize("place", range(len(ANSWERS)))
def test_answer_is_judged_for_every_question_of_the_bank(place: int) -> None:
    unjudged = {
        question.id: judgement.insufficient
        for question in bank.questions()
        if (judgement := judge(AnswerTask(question_of(question.id), ROLE, LEVEL, ANSWERS[place], ()))).insufficient
    }
    assert unjudged == {}

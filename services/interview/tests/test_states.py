import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from interview.errors import IllegalTransition
from interview.models import Answer
from interview.models.moves import require
from interview.states import INTERVIEW_MOVES, QUESTION_MOVES

START = datetime(2026, 1, 1, tzinfo=UTC)

LEGAL = {
    ("draft", "preparing"),
    ("draft", "abandoned"),
    ("preparing", "ready"),
    ("preparing", "draft"),
    ("preparing", "abandoned"),
    ("ready", "in_progress"),
    ("ready", "abandoned"),
    ("in_progress", "completed"),
    ("in_progress", "abandoned"),
}
LEGAL_FOR_QUESTIONS = {
    ("upcoming", "asked"),
    ("upcoming", "not_reached"),
    ("asked", "answering"),
    ("asked", "submitted"),
    ("asked", "skipped"),
    ("asked", "not_reached"),
    ("answering", "submitted"),
    ("answering", "skipped"),
    ("answering", "not_reached"),
}


@pytest.mark.parametrize(("moves", "legal"), [(INTERVIEW_MOVES, LEGAL), (QUESTION_MOVES, LEGAL_FOR_QUESTIONS)])
def test_only_the_legal_moves_pass(moves: Any, legal: set[tuple[str, str]]) -> None:
    for current, wanted in itertools.product(moves, moves):
        if (current, wanted) in legal:
            require(moves, current, wanted)
        else:
            with pytest.raises(IllegalTransition):
                require(moves, current, wanted)


# What a whole run of events comes to, whatever their order: the first number is when it happened.
STARTED, FAILED, RESTARTED, DONE = (1, "running"), (2, "failed"), (3, "running"), (4, "done")


@pytest.mark.parametrize("order", list(itertools.permutations([STARTED, FAILED, RESTARTED, DONE])), ids=str)
def test_events_in_any_order_end_in_the_result(order: Any) -> None:
    assert _after(order).analysis == "done"


@pytest.mark.parametrize("order", list(itertools.permutations([STARTED, FAILED, RESTARTED])), ids=str)
def test_later_of_start_and_failure_counts(order: Any) -> None:
    assert _after(order).analysis == "running"


@pytest.mark.parametrize("order", list(itertools.permutations([STARTED, FAILED])), ids=str)
def test_failure_is_shown_with_its_reason(order: Any) -> None:
    answer = _after(order)
    assert (answer.analysis, answer.analysis_reason) == ("failed", "because of failed")


def test_second_result_replaces_the_first_only_when_it_is_newer() -> None:
    assert _after([(2, "partial"), (1, "done")]).analysis == "partial"
    assert _after([(1, "partial"), (2, "done")]).analysis == "done"


def test_event_told_twice_changes_nothing_the_second_time() -> None:
    answer = Answer(analysis="queued")
    for status in ("running", "failed"):
        assert answer.learn(status, None, START)
        assert not answer.learn(status, None, START)


def _after(events: Any) -> Answer:
    answer = Answer(analysis="queued")
    for second, status in events:
        answer.learn(status, f"because of {status}", START + timedelta(seconds=second))
    return answer

"""The rules by themselves: what is open in an answer, and which follow-up comes of it."""

from dataclasses import replace
from typing import get_args

import pytest
from contracts.interview import FollowUpKind, KeyPoint, QuestionKind
from interview import bank
from interview.follow_ups import Asked, Prepared, Said, Task, count_words, gaps_in, next_follow_up
from interview.follow_ups.checks import MOST_WORDS, faults_of, gives_away
from interview.follow_ups.wording import word

QUESTION = "Tell me about a time when an import went wrong. What did you do?"
POINTS = (
    KeyPoint(id="cause", text="Explains how the cause was isolated.", terms=("narrowed down", "bisect")),
    KeyPoint(id="decision", text="Names the own decision and the reason for it.", terms=("i decided", "because")),
    KeyPoint(id="outcome", text="Gives the outcome with a figure.", terms=("percent", "as a result")),
    KeyPoint(id="lesson", text="Shows what was changed for the future.", terms=("since then", "checklist")),
)
THIN = "I looked at the nightly import and restarted the failing job on the second server."
NO_RESULT = (
    "Our nightly import stopped without a message. I narrowed down the cause by running the first half of the file and "
    "then the second half, until only one row was left. I decided to quarantine bad rows, because a stopped night "
    "costs the whole office a morning. I wrote the quarantine, tested it with last month's files and talked it through "
    "with two colleagues before the release, and I kept a checklist of the cases that I had found on the way so that "
    "nobody has to search again for what I had already seen in those files."
)
CLAIM = f"{NO_RESULT} As a result the failed nights fell from nine to one."
COMPLETE = f"{CLAIM} The downside was that somebody has to read the quarantine every day."
TEAM = (
    "We looked at the import and we found a broken row. We narrowed down the rest of the file and our team repaired "
    "the job in the night. In the end we had 2 failures instead of 9, because we wrote a checklist."
)


def task(answer: str, *more: tuple[str, str], kind: QuestionKind = "behavioural") -> Task:
    return Task(kind=kind, key_points=POINTS, said=(Said(QUESTION, answer), *(Said(*part) for part in more)))


@pytest.mark.parametrize(
    ("answer", "kind", "target"),
    [
        pytest.param(THIN, "expand", "point:", id="thin"),
        pytest.param(NO_RESULT, "specify", "result", id="no result"),
        pytest.param(TEAM.replace("2 failures", "fewer failures"), "expand", "point:", id="short team story"),
        pytest.param(CLAIM, "challenge", "trade_off", id="a choice nobody weighed"),
    ],
)
def test_first_gap_in_the_order_is_asked_about(answer: str, kind: str, target: str) -> None:
    chosen = next_follow_up(task(answer), (), (), 2)
    assert chosen is not None
    assert (chosen.kind, chosen.by) == (kind, "rules")
    assert chosen.target.startswith(target)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(COMPLETE, id="complete"),
        pytest.param("I don't know.", id="not known"),
        pytest.param("I have no idea, I have never used an import like that, sorry about it.", id="no idea"),
        pytest.param("Yes, sure.", id="no content"),
        pytest.param("Tell me about a time when an import went wrong. What did you do?", id="the question said back"),
        pytest.param(
            "Ich habe den nächtlichen Import untersucht und den fehlerhaften Auftrag neu gestartet.", id="not English"
        ),
    ],
)
def test_nothing_is_asked(answer: str) -> None:
    assert next_follow_up(task(answer), (), (), 4) is None


def test_own_part_number_example_and_measure_are_asked_for() -> None:
    def targets(answer: str, kind: QuestionKind = "behavioural") -> set[str]:
        return {gap.target for gap in gaps_in(task(answer, kind=kind))}

    assert "own_part" in targets(TEAM)
    assert "own_part" not in targets(NO_RESULT)
    assert "number" in targets("I repaired the import and in the end the failures stopped. I learned to check rows.")
    assert "number" not in targets(CLAIM)
    assert "example" in targets("An index speeds up reads and slows down writes.", "technical")
    assert "example" not in targets("An index, for example on a date, speeds up reads.", "technical")
    assert "measure" in targets("I would talk with the team and agree on a date.", "situational")
    assert "measure" not in targets("I would talk with the team and measure the delay.", "situational")


def test_kinds_go_forward_and_no_target_comes_twice() -> None:
    thread = task(THIN)
    asked: list[Asked] = []
    for number in range(4):
        chosen = next_follow_up(thread, asked, (), 4)
        if chosen is None:
            break
        asked.append(Asked(chosen.kind, chosen.target))
        more = f"I then chose the second server instead of the first, and attempt {number} went well with rows."
        thread = replace(thread, said=(*thread.said, Said(chosen.text, more)))
    kinds: list[FollowUpKind] = [one.kind for one in asked]
    assert kinds == sorted(kinds, key=get_args(FollowUpKind).index)
    assert len(asked) >= 2
    assert len({one.target for one in asked}) == len(asked)


@pytest.mark.parametrize("most", range(5))
def test_setting_is_kept(most: int) -> None:
    asked = [Asked("expand", f"point:{number}") for number in range(most)]
    assert next_follow_up(task(THIN), asked, (), most) is None


def test_thread_ends_when_the_last_answer_adds_nothing() -> None:
    thread = task(THIN, ("How did that go?", "I don't know."))
    assert next_follow_up(thread, (Asked("expand", "point:cause"),), (), 4) is None


def test_words_of_the_candidate_are_quoted_verbatim() -> None:
    chosen = next_follow_up(task(THIN), (), (), 2)
    assert chosen is not None
    quoted = chosen.text.split("\u201c")[1].split("\u201d")[0]
    assert quoted.removesuffix(" \u2026") in THIN


def test_no_rule_gives_away_a_key_point_of_the_whole_bank() -> None:
    """The rules' own words, without the candidate's: read after an answer that covers nothing."""
    answer = "It went quite well overall, with several colleagues and a long evening of careful attempts."
    for question in bank.questions():
        points = tuple(KeyPoint.model_validate(point.model_dump()) for point in question.key_points)
        one = Task(kind=question.kind, key_points=points, said=(Said(question.text, answer),))
        for gap in gaps_in(one):
            text = word(replace(gap, quote=None), one)
            # The other kinds ask for a number or a result by name; only this one leads to a key point.
            assert gap.kind != "expand" or not gives_away(text, one), (question.id, gap.target, text)
            assert text.count("?") == 1
            assert count_words(word(gap, one)) <= MOST_WORDS


GOOD = "How did you find out why the job on the second server failed?"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Why?", "length"),
        (" ".join(["why"] * 31) + "?", "length"),
        ("Tell me more about the failing job.", "not one question"),
        ("Why did the job fail? And what came of it?", "not one question"),
        ("Why did the job fail, see https://example.org?", "characters"),
        ("Why are you so nervous about the failing job?", "about the person"),
        ("Which level does the rubric give to the failing job?", "about the judging"),
        ("You said \u201cI fired the whole team\u201d: why was that?", "a quote that is not in the answer"),
        ("Did you bisect the import to find it?", "gives a key point away"),
        ("How was the cause isolated in the import?", "gives a key point away"),
    ],
)
def test_wording_of_a_model_is_refused(text: str, fault: str) -> None:
    assert fault in faults_of(text, task(THIN))


def test_good_wording_passes() -> None:
    assert faults_of(GOOD, task(THIN)) == []
    assert faults_of("You said \u201crestarted the failing job\u201d: what led to that?", task(THIN)) == []


def prepared(answer: str, **changes: object) -> Prepared:
    gap = gaps_in(task(answer))[0]
    return replace(Prepared(gap.kind, gap.target, gap.quote, GOOD, count_words(answer), "follow-up-1"), **changes)


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("restarted the failing job", "\u201crestarted the failing job \u2026\u201d"),
        ("the second server", "\u201cthe second server\u201d"),
        ("words of an earlier draft", "\u201cwords of an earlier draft\u201d"),
    ],
)
def test_quote_that_ends_within_a_sentence_says_so(quote: str, shown: str) -> None:
    [gap, *_] = gaps_in(task(THIN))
    assert shown in word(replace(gap, quote=quote), task(THIN))


def test_prepared_wording_is_used_while_its_gap_is_open() -> None:
    chosen = next_follow_up(task(THIN), (), (prepared(THIN),), 2)
    assert chosen is not None
    assert (chosen.text, chosen.by, chosen.prompt_version) == (GOOD, "model", "follow-up-1")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"target": "point:lesson-2"}, id="another gap"),
        pytest.param({"words": 2}, id="made from another answer"),
        pytest.param({"quote": "words that were deleted"}, id="about deleted words"),
        pytest.param({"text": "Did you bisect the import to find it?"}, id="gives a key point away"),
    ],
)
def test_prepared_wording_that_does_not_fit_is_left(changes: dict[str, object]) -> None:
    chosen = next_follow_up(task(THIN), (), (prepared(THIN, **changes),), 2)
    assert chosen is not None
    assert chosen.by == "rules"

"""How the questions are written: clear, distinct, kind, and not answered by reading them aloud."""

import re
from itertools import combinations

import pytest
from interview.bank import BankQuestion, catalogue, questions

PREFIXES = {
    None: ("beh-", "sit-"),
    "software-engineering": ("swe-",),
    "data-ai": ("data-",),
    "infrastructure-security": ("infra-",),
    "product-design": ("prod-",),
    "business-growth": ("biz-",),
    "people-operations": ("ppl-",),
}
NEAR_DUPLICATE = 0.45  # share of common words; the closest pair the authors found distinct stands at 0.37
PERSONAL = {
    "married", "pregnant", "children", "religion", "church", "nationality",
    "birthday", "disability", "boyfriend", "girlfriend", "husband", "wife",
}  # fmt: skip

every_question = pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _contains(words: list[str], phrase: list[str]) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(words)} "


@every_question
def test_question_refers_only_to_what_exists(question: BankQuestion) -> None:
    families = {role.id: role.family for role in catalogue().roles}
    assert question.id.startswith(PREFIXES[question.family])
    assert question.competency in {competency.id for competency in catalogue().competencies}
    assert all(families[role] == question.family for role in question.roles)
    assert len(set(question.roles)) == len(question.roles)


@every_question
def test_question_is_short_and_ends_as_a_sentence(question: BankQuestion) -> None:
    assert 8 <= len(_words(question.text)) <= 60
    assert question.text[-1] in ".?"


@every_question
def test_key_points_are_distinct_sentences(question: BankQuestion) -> None:
    points = question.key_points
    assert 4 <= len(points) <= 7
    assert len({point.id for point in points}) == len(points)
    assert len({point.text for point in points}) == len(points)
    for point in points:
        assert point.text[-1] in ".?"
        assert 20 <= len(point.text) <= 200


@every_question
def test_key_point_terms_each_stand_for_one_point(question: BankQuestion) -> None:
    terms = [term for point in question.key_points for term in point.terms]
    assert len(terms) == len(set(terms))
    for point in question.key_points:
        assert 2 <= len(point.terms) <= 16
        assert all(term == term.lower().strip() and _words(term) for term in point.terms)


@every_question
def test_repeating_the_question_covers_no_key_point(question: BankQuestion) -> None:
    asked = _words(question.text)
    echoed = [term for point in question.key_points for term in point.terms if _contains(asked, _words(term))]
    assert echoed == []


@every_question
def test_anchors_describe_three_different_answers(question: BankQuestion) -> None:
    anchors = (question.anchors.weak, question.anchors.solid, question.anchors.strong)
    assert len(set(anchors)) == 3
    assert all(anchor.endswith(".") and 15 <= len(anchor) <= 250 for anchor in anchors)


@every_question
def test_suggested_time_grows_with_the_task(question: BankQuestion) -> None:
    assert 60 <= question.suggested_seconds <= 300
    assert question.suggested_seconds >= {1: 60, 2: 75, 3: 90, 4: 120, 5: 150}[question.difficulty]
    if question.kind == "system_design":
        assert question.suggested_seconds >= 180


@every_question
def test_question_asks_nothing_personal(question: BankQuestion) -> None:
    assert PERSONAL.isdisjoint(_words(question.text))


def test_no_two_questions_are_nearly_the_same() -> None:
    words = {question.id: set(_words(question.text)) for question in questions()}
    near = [
        (first, second)
        for first, second in combinations(words, 2)
        if len(words[first] & words[second]) / len(words[first] | words[second]) > NEAR_DUPLICATE
    ]
    assert near == []


def test_no_two_questions_share_a_key_point_or_a_strong_anchor() -> None:
    texts = [point.text for question in questions() for point in question.key_points]
    strong = [question.anchors.strong for question in questions()]
    assert len(strong) == len(set(strong))
    assert {text for text in texts if texts.count(text) > 1} == set()

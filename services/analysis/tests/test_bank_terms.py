"""The terms of the question bank, read as the engine without a key reads them: by stems."""

from collections import Counter

import pytest
from analysis.engines.offline.document import Document
from analysis.engines.offline.words import stems_of
from interview.bank import BankQuestion, questions

every_question = pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)


def _terms(question: BankQuestion) -> list[str]:
    return [term for point in question.key_points for term in point.terms]


@every_question
def test_no_term_is_made_of_the_questions_own_words(question: BankQuestion) -> None:
    asked = set(stems_of(question.text))
    assert [term for term in _terms(question) if asked.issuperset(stems_of(term))] == []


@every_question
def test_no_two_terms_are_forms_of_the_same_words(question: BankQuestion) -> None:
    forms = Counter(" ".join(stems_of(term)) for term in _terms(question))
    assert {form: times for form, times in forms.items() if times > 1} == {}


@every_question
def test_what_describes_a_weak_answer_covers_no_key_point(question: BankQuestion) -> None:
    weak = Document(question.anchors.weak, question.text)
    assert [term for term in _terms(question) if weak.find(stems_of(term))] == []

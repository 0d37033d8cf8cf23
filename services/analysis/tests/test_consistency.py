"""A wrong note costs more trust than a missed one: the second table is the longer one on purpose."""

import pytest
from analysis.models import Analysis
from analysis.use_cases.consistency import differing_figures
from kit.ids import new_id


def answers(*texts: str) -> list[Analysis]:
    return [Analysis(answer_id=new_id(), text=text) for text in texts]


@pytest.mark.parametrize(
    ("first", "second", "quotes"),
    [
        ("I led a team of 8 and we shipped it.", "Our team of 4 had no tester.", ("a team of 8", "Our team of 4")),
        ("I led a team of eight.", "It was a 4-person team.", ("a team of eight", "4-person team")),
        (
            "I bring 6 years of experience with Python to it.",
            "With 3 years of experience with Python I chose it.",
            ("6 years of experience with Python", "3 years of experience with Python"),
        ),
        (
            "We reduced the checkout drop-off by 12% in spring.",
            "I cut the checkout drop-off by 30 percent.",
            ("reduced the checkout drop-off by 12%", "cut the checkout drop-off by 30 percent"),
        ),
        (
            "In the end the share of failed imports was small: the failed imports fell to 2%.",
            "After a month the failed imports fell to 7%.",
            ("the failed imports fell to 2%", "the failed imports fell to 7%"),
        ),
    ],
)
def test_figures_that_differ_for_the_same_thing_are_quoted_side_by_side(
    first: str, second: str, quotes: tuple[str, str]
) -> None:
    rows = answers(first, second)
    [note] = differing_figures(rows)
    assert (note.first.answer_id, note.second.answer_id) == (rows[0].answer_id, rows[1].answer_id)
    assert (note.first.quote, note.second.quote) == quotes
    assert note.first.quote in first
    assert note.second.quote in second
    assert note.note == "Numbers differ."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("I led a team of 8.", "Our team of eight had no tester.", id="the same, in words"),
        pytest.param("I led a team of about 8.", "Our team of 9 had no tester.", id="about"),
        pytest.param(
            "I bring over 6 years of experience with Go.", "With 8 years of experience with Go I chose it.", id="over"
        ),
        pytest.param("In my last job I led a team of 8.", "In my first job we were a team of 4.", id="two jobs"),
        pytest.param("At university we were a team of 3.", "I led a team of 8.", id="one tells of another time"),
        pytest.param("We at Northwind had a team of 8.", "We at Contoso had a team of 4.", id="two companies"),
        pytest.param("A team of 4 grew to a team of 8.", "I led a team of 8.", id="told how it changed"),
        pytest.param("In 2019 I led a team of 4.", "In 2023 I led a team of 8.", id="two years"),
        pytest.param("I led a team of twenty five.", "Our team of 25 had no tester.", id="two words for a number"),
        pytest.param("We hired 3 engineers.", "We were 8 engineers.", id="other words"),
        pytest.param("I cut costs by 12%.", "I cut costs by 30%.", id="a word that may be anything"),
        pytest.param(
            "I have 6 years of experience with Python.", "I have 3 years of experience with Go.", id="other object"
        ),
        pytest.param("The failed imports fell by 5%.", "The failed imports fell to 7%.", id="by and to"),
        pytest.param("We reduced the page load by 12%.", "We reduced the build time by 30%.", id="other things"),
        pytest.param("I led a team of 8 and then a team of 4.", "That is all.", id="one answer"),
        pytest.param("", "", id="empty"),
    ],
)
def test_figures_that_may_be_about_different_things_get_no_note(first: str, second: str) -> None:
    assert differing_figures(answers(first, second)) == ()

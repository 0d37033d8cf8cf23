"""Where a sentence of an answer ends, so that a follow-up quotes all of it."""

import pytest
from interview.follow_ups.reading import sentences_of


@pytest.mark.parametrize(
    "said",
    [
        "I asked Mrs. Osei for the key.",
        "Then Dr. Lee called us back.",
        "We rang some of them, e.g. the bakery.",
        "It took approx. 3 weeks.",
        "I took bus No. 4 to the depot.",
        "She worked at St. Mary until June.",
    ],
)
def test_shortened_word_ends_no_sentence(said: str) -> None:
    assert sentences_of(f"It was late. {said} It worked.") == ["It was late.", said, "It worked."]


@pytest.mark.parametrize("said", ["Did it help? No. 4 of them left.", "It took 200 ms. Customers noticed."])
def test_what_looks_like_one_may_end_it(said: str) -> None:
    assert len(sentences_of(said)) > 1

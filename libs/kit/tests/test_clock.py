from datetime import timedelta

from kit.clock import later_than, now


def test_new_word_is_later_than_the_old_one_even_when_the_clock_was_set_back() -> None:
    ahead = now() + timedelta(hours=1)
    assert later_than(ahead) == ahead + timedelta(microseconds=1)


def test_new_word_has_the_time_of_the_clock_otherwise() -> None:
    before = now()
    for known in (None, before - timedelta(hours=1)):
        assert before <= later_than(known) <= now()

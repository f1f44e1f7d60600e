"""Two who write one text: each line that one of them alone wrote is as they left it, and none is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text.three_way import Clash, join

TEXTS = st.lists(st.sampled_from(["", "un", "deux", "trois", "quatre"]), max_size=6).map("\n".join)


@pytest.mark.parametrize(
    ("base", "stored", "typed", "text"),
    [
        ("a\nb\nc", "a1\nb\nc", "a\nb\nc2", "a1\nb\nc2"),
        ("a\nb\nc", "a\nc", "a\nb\nc2", "a\nc2"),
        ("a\nb", "a\nx\nb", "a\ny\nb", "a\nx\ny\nb"),
        ("a", "a\nx", "a et la suite", "a et la suite\nx"),
        ("", "x", "y", "x\ny"),
        ("a\nb", "b", "a2\nb", "a2\nb"),
        ("a\nb", "a2\nb", "b", "a2\nb"),
        ("a", "a2", "a2", "a2"),
    ],
)
def test_what_two_wrote_apart_is_joined(base, stored, typed, text):
    joined = join(base, stored, typed)

    assert joined.text == text
    assert not joined.clashes


def test_the_same_line_written_twice_is_kept_twice_the_stored_one_above():
    joined = join("a\nb\nc", "a\nb1\nc", "a\nb2\nc")

    assert joined.text == "a\nb1\nb2\nc"
    assert joined.clashes == [Clash("b1", "b2")]


def test_who_goes_on_typing_while_both_are_kept_does_not_have_their_line_a_third_time():
    """What they sent last is what they go on from, whatever the text has become meanwhile."""
    first = join("b", "b1", "b2")

    joined = join("b2", first.text, "b2 et la suite")

    assert joined.text == "b1\nb2 et la suite"
    assert not joined.clashes


@given(TEXTS, TEXTS)
def test_what_only_one_changed_is_as_they_left_it(base, text):
    assert join(base, base, text).text == join(base, text, base).text == text
    assert join(base, text, text).text == text


@given(TEXTS, TEXTS, TEXTS)
def test_every_line_that_somebody_wrote_stands_in_what_is_joined(base, stored, typed):
    lines = set(join(base, stored, typed).text.split("\n"))

    for text in (stored, typed):
        assert set(text.split("\n")) - set(base.split("\n")) <= lines


@given(TEXTS, TEXTS, TEXTS)
def test_a_clash_tells_lines_that_stand_one_under_the_other(base, stored, typed):
    joined = join(base, stored, typed)

    for clash in joined.clashes:
        assert f"{clash.stored}\n{clash.typed}" in joined.text

"""Who has a place: proved over any list, and over any sequence of what people do."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.events import places
from app.events.places import Party, choose_next, choose_told

pytestmark = pytest.mark.one_engine
SIZES = st.lists(st.integers(1, 4), max_size=12)
FREE = st.one_of(st.none(), st.integers(-5, 20))


def parties(sizes: Iterable[int]) -> list[Party]:
    """Return one registration for each size, in the order of their ranks."""
    return [Party(100 + n, size) for n, size in enumerate(sizes)]


@given(SIZES, FREE)
def test_never_one_too_many_is_let_in(sizes, free):
    waiting = parties(sizes)
    admitted = choose_next(waiting, free).admitted
    assert free is None or sum(one.size for one in waiting if one.registration_id in admitted) <= max(free, 0)


@given(SIZES, FREE)
def test_whoever_stays_out_did_not_fit_when_their_turn_came(sizes, free):
    waiting = parties(sizes)
    admitted = choose_next(waiting, free).admitted
    left = free
    for one in waiting:
        fits = left is None or one.size <= left
        assert (one.registration_id in admitted) is fits
        left = left - one.size if fits and left is not None else left


@given(SIZES, FREE)
def test_no_place_vanishes_that_somebody_could_use(sizes, free):
    waiting = parties(sizes)
    admitted = choose_next(waiting, free).admitted
    used = sum(one.size for one in waiting if one.registration_id in admitted)
    out = [one for one in waiting if one.registration_id not in admitted]
    assert not [one for one in out if free is None or one.size <= free - used]


@given(SIZES, FREE)
def test_whoever_is_passed_over_stands_before_somebody_who_is_in(sizes, free):
    waiting = parties(sizes)
    choice = choose_next(waiting, free)
    last = max(choice.admitted, default=0)
    out = [one.registration_id for one in waiting if one.registration_id not in choice.admitted]
    assert choice.admitted == sorted(choice.admitted)
    assert choice.passed_over == [number for number in out if number < last]


@given(SIZES, FREE)
def test_nobody_more_is_let_in_when_it_is_asked_again(sizes, free):
    waiting = parties(sizes)
    admitted = choose_next(waiting, free).admitted
    out = [one for one in waiting if one.registration_id not in admitted]
    left = None if free is None else free - sum(one.size for one in waiting if one.registration_id in admitted)
    assert choose_next(out, left) == ([], [])


def test_a_couple_waits_while_one_place_goes_to_whoever_is_alone_behind_them():
    assert choose_next(parties([2, 3, 1, 1]), 1) == ([102], [100, 101])


@given(SIZES, FREE, st.integers(0, 6))
@example([3, 1], 0, 1)
def test_in_the_last_hours_all_who_wait_are_told_when_the_first_place_comes_free(sizes, before, more):
    waiting = parties(sizes)
    after = None if before is None else before + more
    told = choose_told(waiting, before, after)
    if before is None or after == before:
        assert told == []
    elif before <= 0 < after:
        assert told == [one.registration_id for one in waiting]
    else:
        assert told == [one.registration_id for one in waiting if before < one.size <= after]


@given(SIZES, st.integers(-5, 20))
def test_a_limit_that_is_lifted_is_told_to_whoever_did_not_fit(sizes, before):
    waiting = parties(sizes)
    told = choose_told(waiting, before, None)
    assert told == [one.registration_id for one in waiting if before <= 0 or one.size > before]


def test_the_list_moves_by_itself_until_24_hours_before():
    start = datetime(2027, 3, 14, 14, tzinfo=UTC)
    moment = start - timedelta(hours=24)
    assert places.moves_by_itself(start, moment - timedelta(seconds=1))
    assert not places.moves_by_itself(start, moment)


class Meeting(RuleBasedStateMachine):
    """A meeting whose people come, leave, change their party, and whose team changes the number of places."""

    def __init__(self):
        super().__init__()
        self.capacity, self.last = 3, 0
        self.inside: dict[int, int] = {}
        self.waiting: dict[int, int] = {}

    def settle(self):
        before = dict(self.inside)
        choice = choose_next([Party(*one) for one in sorted(self.waiting.items())], self.free)
        for number in choice.admitted:
            self.inside[number] = self.waiting.pop(number)
        assert before.items() <= self.inside.items()

    @property
    def free(self):
        return places.count_free(self.capacity, sum(self.inside.values()))

    @rule(size=st.integers(1, 4))
    def come(self, size):
        self.last += 1
        self.waiting[self.last] = size
        self.settle()

    @precondition(lambda self: self.inside or self.waiting)
    @rule(data=st.data())
    def leave(self, data):
        number = data.draw(st.sampled_from(sorted(self.inside | self.waiting)))
        self.inside.pop(number, None)
        self.waiting.pop(number, None)
        self.settle()

    @precondition(lambda self: self.inside)
    @rule(data=st.data(), size=st.integers(1, 4))
    def come_with_fewer(self, data, size):
        number = data.draw(st.sampled_from(sorted(self.inside)))
        self.inside[number] = min(size, self.inside[number])
        self.settle()

    @rule(capacity=st.one_of(st.none(), st.integers(1, 12)))
    def change_places(self, capacity):
        self.capacity = capacity
        self.settle()

    @invariant()
    def nobody_waits_for_a_place_that_is_free(self):
        assert not [size for size in self.waiting.values() if self.free is None or size <= self.free]


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)

"""A forum that is closed, or does not take place, says so on the page of the present hour, and nothing is said to happen there."""

import pytest

from tests.events.stored import at, event_in
from tests.forum.stored import forum_in
from tests.support.clock import LONG_AGO
from tests.support.world import HERE


@pytest.fixture
def event(clock, make):
    clock.at("2027-02-18T15:10:00Z")
    return event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7)


@pytest.fixture
def forum(event, make):
    """A forum whose first session runs for ten minutes."""
    return forum_in(make, event=event, phase="sessions")


def test_nothing_happens_now_in_a_forum_that_is_closed(forum, make, visitor):
    assert visitor.get(f"/forums/{forum.id}/now").soup.select_one("#now")
    make.at(forum, phase="closed")
    page = visitor.get(f"/forums/{forum.id}/now")
    assert not page.soup.select_one("#now") and "Le forum est clos" in page.words
    assert page.soup.select_one(f"main p a[href='/forums/{forum.id}']")


def test_nothing_happens_now_in_a_forum_that_does_not_take_place(event, forum, make, visitor):
    make.at(event, status="cancelled", cancelled_at=LONG_AGO, cancelled_reason="Une tempête")
    page = visitor.get(f"/forums/{forum.id}/now")
    assert not page.soup.select_one("#now") and "Une tempête" in page.words

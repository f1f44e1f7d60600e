"""Convergence is rehearsed as the rest of a forum is, and nothing of it is left afterwards."""

import pytest

from app.choices.models import Choice, ChoiceBallot, ChoiceCandidate, ChoiceDot, ChoiceFold
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumTopic
from app.operations import recount
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in
from tests.support.rows import again, count, last
from tests.support.world import HERE
from tests.web.choices.presses import BALLOT, add_line, purse, stop, tally, url

REHEARSE, AGAIN, END = (f"form[action$='/rehearsal{end}']" for end in ("", "/again", "/deletion"))


@pytest.fixture
def forum(team, make, fae):
    event = event_in(make, room=make.room(HERE), author_id=fae.id, starts_at=at("2027-03-18 09:00"), hours=7)
    return forum_in(make, event=event, rooms=3)


@pytest.fixture
def rehearsal(team, forum, make):
    """A rehearsal that has come to its convergence; somebody wrote a line in a session."""
    team.submit(f"/forums/{forum.id}", REHEARSE, follow=True)
    found = make.at(last(Forum), phase="convergence")
    add_line(make, last(ForumTopic), "Un fourgon partagé")
    return found


def count_rows():
    return [count(model) for model in (Choice, ChoiceCandidate, ChoiceDot, ChoiceFold, ChoiceBallot)]


@pytest.mark.parametrize("until", ["open", "stopped", "counted"])
@pytest.mark.parametrize("act", [AGAIN, END])
def test_a_choice_is_tried_and_goes_with_the_rehearsal(team, forum, rehearsal, until, act):
    page = team.submit(url(rehearsal, "/opening"), "form.form", typed="Un bail\nUn four", follow=True)
    assert "Le choix est ouvert" in page.words and "C’est une répétition" in page.words
    page = team.submit(page, BALLOT, follow=True, **{"dots-0": "2"})
    assert purse(page) == "Il vous reste 3 pastilles" and recount.list_differences() == []
    if until != "open":
        stop(team, rehearsal)
    if until == "counted":
        assert "Ce que le cercle a choisi" in tally(team, rehearsal).words
    where = f"/forums/{rehearsal.id}"
    page = team.submit(where, act, follow=True)
    assert page.status_code == 200 and count_rows() == [0] * 5
    if act == AGAIN:
        assert again(rehearsal).phase == "before"
    else:
        assert again(last(Event)).is_deleted


def test_nobody_else_finds_it(visitor, make, sign_in, rehearsal):
    assert visitor.get(url(rehearsal)).status_code == sign_in(make.user()).get(url(rehearsal)).status_code == 404

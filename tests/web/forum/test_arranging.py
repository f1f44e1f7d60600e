"""What the team is told when it arranges a forum, and where it goes from there."""

from datetime import timedelta

import pytest

from app.forum.models import ForumRoom
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in
from tests.support.rows import every
from tests.support.world import HERE


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def event(team, make):
    return event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7)


@pytest.fixture
def forum(event, make):
    return forum_in(make, event=event)


def test_a_draft_kept_unchanged_is_said_to_be_kept(team, forum, event, make):
    """Its rooms have the names that they were given: whoever is content with them presses, and goes on."""
    make.at(event, status="draft")
    page = team.submit(team.get(f"/forums/{forum.id}/edit"), "form.form", button="save", follow=True)
    said = page.soup.select_one("#flashes").get_text(" ", strip=True).replace("\u00a0", " ")
    assert said.endswith("Le brouillon est gardé tel qu’il était : vous n’y avez rien changé.")
    assert page.soup.select(f"main a[href='/events/{event.id}/publication']")


def test_what_a_colleague_changed_is_told_to_whoever_changes_nothing(team, forum, make):
    page = team.get(f"/forums/{forum.id}/edit")
    make.at(every(ForumRoom)[0], name="Érable")
    page = team.submit(page, "form.form", follow=True)
    assert "« Salles » ont changé" in page.words.replace("\u00a0", " ") or "ce changement est gardé" in page.words
    assert "Rien n’a changé" not in page.words and every(ForumRoom)[0].name == "Érable"


@pytest.mark.parametrize(
    ("state", "now", "ends"),
    [
        ({"status": "draft"}, "2027-02-01", ["/events/{}/edit"]),
        ({}, "2027-02-01", ["/events/{}/move"]),
        ({}, "2027-02-18T15:30", []),
    ],
)
def test_hours_that_end_after_the_meeting_lead_to_where_each_is_changed(
    forum, event, make, clock, fae, sign_in, state, now, ends
):
    clock.at(now)
    team = sign_in(fae)
    make.at(event, ends_at=event.starts_at + timedelta(hours=2), **state)
    page = team.get(f"/forums/{forum.id}")
    line = next(one for one in page.soup.select("aside p") if "après la fin annoncée" in one.get_text())
    links = [one["href"] for one in line.find_next_sibling("p").select("a")]
    assert links == [f"/forums/{forum.id}/edit", *(end.format(event.id) for end in ends)]
    assert all(team.get(link).status_code == 200 for link in links)

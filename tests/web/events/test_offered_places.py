"""What the page of a meeting says of coming, to whoever has no place there: what is left, from when, or why nobody comes."""

import pytest

from tests.events.coming import new_event
from tests.support.clock import LONG_AGO
from tests.support.world import HERE


def page_of(event):
    return f"/events/{event.id}"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"status": "cancelled", "cancelled_reason": "La neige."}, "Cette rencontre est annulée."),
        ({"status": "closed"}, "Elle a eu lieu, et son compte rendu est publié."),
    ],
)
def test_a_meeting_that_takes_nobody_says_why_and_once(make, visitor, columns, words):
    event = new_event(make, **columns)
    page = visitor.get(page_of(event))
    assert page.words.count(words) == 1 and not page.soup.select("#coming")
    assert visitor.get(f"/events/{event.id}/registration").status_code == 404


def test_what_came_of_a_meeting_is_one_press_away(make, visitor):
    page = visitor.get(page_of(new_event(make, status="closed")))
    assert page.soup.select_one("article > .notice a[href='#minutes']")


def test_a_hidden_meeting_offers_its_team_no_place(make, sign_in):
    event = new_event(make, community_id=make.room(HERE).id, hidden_at=LONG_AGO, hidden_reason="Une erreur")
    user = make.user(facilitates=[HERE])
    page = sign_in(user).get(page_of(event))
    assert page.status_code == 200 and not page.soup.select("#coming, .support-bar")


@pytest.mark.parametrize(
    ("places", "words", "button"),
    [
        ({"capacity_in_person": 2, "taken_in_person": 2}, "En ligne : des places pour tout le monde", "S’inscrire"),
        (
            {"capacity_in_person": 2, "taken_in_person": 2, "mode": "in_person"},
            "La salle est complète.",
            "Liste d’attente",
        ),
    ],
)
def test_the_bar_of_a_phone_says_what_one_may_still_have_and_the_day(make, visitor, clock, places, words, button):
    clock.at("2027-02-08T12:00:00-05:00")
    bar = visitor.get(page_of(new_event(make, **places))).soup.select_one(".support-bar")
    assert bar.get_text(" ", strip=True).replace("\xa0", " ") == f"{words} jeudi 18 février 2027 {button}"


def test_a_page_says_when_registering_opens(make, visitor, clock):
    clock.at("2027-02-01")
    event = new_event(make)
    make.at(event, opens_at=event.starts_at.replace(day=event.starts_at.day - 1))
    page = visitor.get(page_of(event))
    assert "Les inscriptions ouvrent le mardi 9 février 2027 à" in page.words and not page.soup.select(
        "#coming .button"
    )

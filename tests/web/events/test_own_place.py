"""What each person is told of their own place is so for them: on its page, in its letter, as long as it is."""

from datetime import timedelta

import pytest

from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.web.events import place_links, place_mails
from tests.events.coming import IN_PERSON, confirm, guest, new_event
from tests.support.rows import again


def url_of(registration):
    found = again(registration)
    return f"/events/{found.event_id}/me/{place_links.sign(found)}"


@pytest.fixture
def event(make):
    return new_event(make, capacity_in_person=3)


@pytest.mark.parametrize(
    ("wishes", "is_in", "has_code", "has_room", "gives_back"),
    [
        (IN_PERSON, True, True, False, "Rendre ma place"),
        (Wishes("online"), True, False, True, "Rendre ma place"),
        (IN_PERSON, False, False, False, "Ne plus attendre"),
    ],
)
def test_a_page_and_its_letter_say_what_is_so_for_their_person(
    make, visitor, outbox, wishes, is_in, has_code, has_room, gives_back
):
    event = new_event(make, capacity_in_person=1, room_url="https://salle.example.org/secrete")
    if not is_in:
        confirm(event, guest(9))
    mine = confirm(event, guest(1), wishes)
    page = visitor.get(url_of(mine))
    place_mails.write_mails()
    letter = outbox.to("invite-1@example.org")[-1]
    for words in (page.words, letter.text):
        assert (again(mine).code in words) == has_code
        assert ("salle.example.org" in words) == has_room
        assert (event.place in words) == (wishes.mode == "in_person")
    assert page.soup.select_one("#cancel button").text.strip() == gives_back
    assert ("va à la personne suivante" in page.words) == is_in
    assert gives_back.lower() in letter.text.lower() and f"{url_of(mine)}#cancel" in letter.text
    answer = visitor.submit(page, "#cancel form", follow=True)
    told = "Votre place est rendue" if is_in else "Vous n’attendez plus de place"
    assert told in answer.words and "viennent quoi que" not in answer.words
    place_mails.write_mails()
    assert ("Votre place est rendue" in outbox.to("invite-1@example.org")[-1].subject) == is_in


def test_what_nobody_confirmed_promises_to_be_erased_in_two_days_and_is_not_kept_longer(event, visitor, clock):
    asked = service.expect(event, guest(1), IN_PERSON)
    page = visitor.get(url_of(asked))
    assert "tout s’efface après 48 heures" in page.words and "s’effacent le" not in page.words
    assert not page.soup.select("#cancel")
    visitor.forge(f"{url_of(asked)}/cancellation", {})
    assert again(asked).state == "unconfirmed"


@pytest.mark.parametrize(
    ("columns", "title"),
    [
        ({"status": "cancelled", "cancelled_reason": "La neige."}, "Rencontre annulée"),
        ({"status": "closed"}, "Vous aviez une place"),
    ],
)
def test_the_page_of_a_place_and_the_meeting_promise_nothing_of_what_is_off(event, make, visitor, columns, title):
    mine = confirm(event, guest(1))
    make.at(event, **columns)
    if columns["status"] == "closed":
        make.at(event, starts_at=event.starts_at - timedelta(days=30), ends_at=event.ends_at - timedelta(days=30))
    page = visitor.get(url_of(mine))
    assert page.soup.h1.text == title and again(mine).code not in page.words
    assert "viennent quoi que" not in page.words and not page.soup.select("#cancel, a[href$='.ics']")
    assert "Le lien est envoyé" not in visitor.get(f"/events/{event.id}").words


def test_who_has_arrived_is_not_asked_whether_they_come_and_gives_no_place_back(event, visitor, boss):
    mine = confirm(event, guest(1))
    page = visitor.get(url_of(mine))
    boss.submit(f"/events/{event.id}/door", f"#guest-{mine.id} form")
    answer = visitor.submit(page, "#cancel form", follow=True)
    assert "Votre arrivée est notée" in answer.words and not answer.soup.select("#cancel")
    assert again(mine).state == "in" and again(mine).arrived_at
    boss.submit(f"/events/{event.id}/door", f"#guest-{mine.id} form")
    assert visitor.get(url_of(mine)).soup.select("#cancel"), "it was somebody else"


def test_a_meeting_that_has_begun_says_so(make, visitor, clock):
    clock.at("2027-02-18T19:00:00-05:00")
    event = new_event(make)
    assert "Elle a lieu en ce moment" not in visitor.get(f"/events/{event.id}").words
    clock.forward(days=10, minutes=5)
    assert "Elle a lieu en ce moment" in visitor.get(f"/events/{event.id}").words

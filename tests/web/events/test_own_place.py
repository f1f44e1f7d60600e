"""What each person is told of their own place is so for them: on its page, in its letter, as long as it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.web.events import place_mails
from tests.events.coming import IN_PERSON, cancel, come, confirm, guest, new_event
from tests.support.door import keep_door
from tests.support.rows import again
from tests.web.events.place_pages import url_of


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


@pytest.mark.parametrize("asks", [service.expect, confirm])
def test_where_no_place_is_left_the_page_offers_the_waiting_list(make, visitor, asks):
    event = new_event(make, mode="in_person", capacity_in_person=1)
    mine = asks(event, guest(1), IN_PERSON)
    if asks is confirm:
        cancel(mine)
    confirm(event, guest(2))
    page = visitor.get(url_of(mine))
    assert page.soup.select_one("main form.form button").text.strip() == "M’inscrire sur la liste d’attente"
    visitor.submit(page, "main form.form")
    assert again(mine).state == "waiting"


def test_the_way_in_is_in_the_letter_of_who_comes_there(make, outbox):
    event = new_event(make, directions="Par la porte rouge.", capacity_in_person=1)
    for n, wishes in ((1, IN_PERSON), (2, IN_PERSON), (3, Wishes("online"))):
        confirm(event, guest(n), wishes)
    place_mails.write_mails()
    letters = [outbox.to(guest(n).email)[-1] for n in (1, 2, 3)]
    assert ["porte rouge" in letter.text and "porte rouge" in letter.html for letter in letters] == [True, False, False]


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


def test_a_meeting_that_has_begun_says_so_and_leads_to_its_door_whoever_keeps_it(make, visitor, sign_in, clock):
    clock.at("2027-02-18T19:00:00-05:00")
    event = new_event(make)
    assert "Elle a lieu en ce moment" not in visitor.get(f"/events/{event.id}").words
    clock.forward(days=10, minutes=5)
    page = visitor.get(f"/events/{event.id}")
    assert "Elle a lieu en ce moment" in page.words and not page.soup.select("article > .notice a")
    door = sign_in(keep_door(make, event, make.user())).get(f"/events/{event.id}")
    assert door.soup.select_one("article > .notice a")["href"] == f"/events/{event.id}/door"


def test_who_waits_before_one_is_counted_as_the_panel_counts_who_waits(event, make, visitor, sign_in, outbox):
    come(make, event, replace(IN_PERSON, party=3)), come(make, event, replace(IN_PERSON, party=4))
    user, path = make.user(), f"/events/{event.id}"
    mine = service.come(make.actor(user), event, replace(IN_PERSON, party=2))
    assert "La salle est complète. 6 personnes attendent." in visitor.get(path).words
    said = "4 personnes attendent avant vous."
    browser = sign_in(user)
    assert said in browser.get(path).words and said in browser.get(url_of(mine)).words
    place_mails.write_mails()
    assert said in " ".join(outbox.to(user.email)[-1].text.split())

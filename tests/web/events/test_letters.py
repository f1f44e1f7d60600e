"""What a guest asks for at an address is told there, whatever was asked before: no page says of a letter what is not so."""

from datetime import timedelta

import pytest

from app.core import clock as now
from app.core import dead_addresses
from app.core.unit import unit
from app.events.models.registrations import EventRegistration
from app.events.service import life
from app.web.events import place_mails
from tests.events.coming import new_event, states
from tests.support.accounts import enforce_limits
from tests.support.rows import again, count

ADDRESS = "maude@example.org"
TYPED = {"name": "Maude Roy", "mode": "in_person", "party": "2", "consent": "y"}


@pytest.fixture(autouse=True)
def counting(app):
    with enforce_limits(app):
        yield


@pytest.fixture
def events(make):
    days = [now.now() + timedelta(days=n) for n in range(3, 9)]
    return [new_event(make, title=f"Rencontre numéro {n}", starts_at=day) for n, day in enumerate(days, 1)]


def register(browser, event, email=ADDRESS):
    return browser.submit(f"/events/{event.id}/registration", "main form.form", follow=True, **TYPED | {"email": email})


def titles(mail):
    return [f"Rencontre numéro {n}" for n in range(1, 7) if f"Rencontre numéro {n}" in mail.text]


def buttons(outbox, mail):
    return {link.split("#")[0] for link in outbox.links(mail) if "/me/" in link}


def test_who_registers_at_four_meetings_within_the_hour_has_a_press_for_each(events, new_browser, outbox, clock):
    said = [register(new_browser(), event).words for event in events[:4]]
    assert ["un courriel part à" in words for words in said] == [True, True, False, False]
    assert all(ADDRESS in words and "Il reste à confirmer" in words for words in said)
    assert ["d’ici une heure" in words for words in said] == [False, False, True, True]
    place_mails.write_mails()
    first, second = outbox.to(ADDRESS)
    assert titles(first) == ["Rencontre numéro 1"] and titles(second) == ["Rencontre numéro 1", "Rencontre numéro 2"]
    clock.forward(hours=1, seconds=1)
    place_mails.write_mails()
    place_mails.write_mails()
    assert len(outbox.to(ADDRESS)) == 3, "what came later waits for no letter of its own"
    last = outbox.to(ADDRESS)[-1]
    assert "4 rencontres" in last.subject and len(titles(last)) == len(buttons(outbox, last)) == 4
    for link in buttons(outbox, last):
        assert "Vous avez une place" in new_browser().submit(link, "main form.form", follow=True).words
    assert [states(event) for event in events[:4]] == [["in"]] * 4


def test_what_is_confirmed_or_hidden_is_no_more_in_a_letter(events, make, new_browser, outbox, clock):
    confirmed, hidden, asked = events[:3]
    register(new_browser(), confirmed)
    new_browser().submit(buttons(outbox, outbox.to(ADDRESS)[0]).pop(), "main form.form")
    register(new_browser(), hidden)
    assert titles(outbox.to(ADDRESS)[-1]) == ["Rencontre numéro 2"]
    make.at(hidden, hidden_at=now.now(), hidden_reason="Faux.")
    clock.forward(hours=1, seconds=1)
    register(new_browser(), asked)
    mail = outbox.to(ADDRESS)[-1]
    assert titles(mail) == ["Rencontre numéro 3"] and mail.subject.startswith("Confirmez votre place")


@pytest.mark.parametrize("erased", [1, 2])
def test_a_letter_of_two_places_goes_with_either_and_the_other_is_told_anew(events, new_browser, outbox, erased):
    for event in events[:2]:
        register(new_browser(), event)
    place_mails.write_mails()
    first, both = outbox.to(ADDRESS)
    assert titles(first) == ["Rencontre numéro 1"] and len(titles(both)) == 2
    link = next(link for link in buttons(outbox, both) if f"/events/{events[erased - 1].id}/" in link)
    new_browser().submit(f"{link}/erasure", "main form")
    place_mails.write_mails()
    left = outbox.to(ADDRESS)
    assert {title for letter in left for title in titles(letter)} == {f"Rencontre numéro {3 - erased}"}
    assert f"/events/{events[2 - erased].id}/" in buttons(outbox, left[-1]).pop()


def test_a_letter_of_two_places_stays_when_one_of_the_meetings_moves(events, make, new_browser, outbox, clock):
    asked, moved = events[:2]
    register(new_browser(), moved)
    new_browser().submit(buttons(outbox, outbox.to(ADDRESS)[0]).pop(), "main form.form")
    register(new_browser(), asked)
    clock.forward(hours=1, seconds=1)
    register(new_browser(), moved)
    assert [letter.subject for letter in outbox.to(ADDRESS) if len(titles(letter)) == 2]
    start = now.now() + timedelta(days=30)
    boss = make.actor(role="coordinator")
    life.move(boss, again(moved), starts_at=start, ends_at=start + timedelta(hours=2), reason="La salle est inondée.")
    place_mails.write_mails()
    assert any("Rencontre numéro 1" in titles(letter) for letter in outbox.to(ADDRESS))


def test_nobody_fills_a_mailbox_by_the_form_nor_keeps_a_letter_back(events, new_browser, outbox, clock):
    for n in range(12 * 5):
        clock.forward(minutes=5)
        register(new_browser(), events[n % 6])
        place_mails.write_mails()
    letters = outbox.to(ADDRESS)
    assert len(letters) <= 3 * 5 and len(titles(letters[-1])) == 6


def test_an_account_and_nobody_are_told_alike_whatever_was_asked_there(events, make, new_browser):
    answers = []
    for email in (make.user().email, "personne@nulle-part.org"):
        pages = [register(new_browser(), event, email) for event in events[:4]]
        answers.append([(page.status_code, page.words.replace(email, "@")) for page in pages])
    assert answers[0] == answers[1]


def test_who_has_a_place_already_is_told_with_what_waits(events, make, new_browser, outbox, clock):
    for event in events[:3]:
        register(new_browser(), event)
    link = next(one for one in buttons(outbox, outbox.to(ADDRESS)[0]))
    new_browser().submit(link, "main form.form")
    register(new_browser(), events[0])
    before = len(outbox.to(ADDRESS))
    clock.forward(hours=1, seconds=1)
    place_mails.write_mails()
    place_mails.write_mails()
    [letter] = [mail for mail in outbox.to(ADDRESS)[before:] if "rencontres" in mail.subject]
    assert "Vous avez déjà une place." in letter.text and len(buttons(outbox, letter)) == 3


def test_an_address_that_once_took_no_mail_is_tried_when_it_is_typed(events, new_browser, outbox):
    with unit():
        for _n in range(2):
            dead_addresses.record_refusal(ADDRESS)
    assert "un courriel part à" in register(new_browser(), events[0]).words
    assert len(outbox.to(ADDRESS)) == 1


def test_the_page_after_the_form_knows_nobody(events, make, visitor, new_browser, sign_in):
    register(visitor, events[0])
    path = f"/events/{events[0].id}/registration/next"
    page = visitor.get(path)
    assert ADDRESS not in page.words and page.words == new_browser().get(path).words
    assert sign_in(make.user()).get(path).status_code == 303
    assert not page.soup.select("main form") and count(EventRegistration) == 0


def test_a_letter_that_is_owed_is_not_put_off_by_who_asks_again(events, new_browser, outbox, clock):
    for event in events[:3]:
        register(new_browser(), event)
    assert len(outbox.to(ADDRESS)) == 2
    clock.forward(minutes=50)
    assert "d’ici une heure" in register(new_browser(), events[2]).words
    assert len(outbox.to(ADDRESS)) == 2
    clock.forward(minutes=11)
    place_mails.write_mails()
    assert titles(outbox.to(ADDRESS)[-1]) == [f"Rencontre numéro {n}" for n in (1, 2, 3)]

"""Whoever has a place hears that a meeting is hidden, shown again or theirs no more: by mail, once, and no more than they knew."""

from datetime import timedelta

import pytest

from app.core.mail import Outgoing
from app.core.unit import unit
from app.events import mails
from app.events.minutes_words import MinutesWords
from app.events.service import life, minutes
from app.events.service import registrations as service
from app.web.events import place_mails
from tests.events.coming import (
    IN_PERSON,
    ONLINE,
    cancel,
    confirm,
    guest,
    new_event,
    write_all,
)
from tests.support.rows import again, every

WHY = "Un motif assez long."
WHERE = ("Bibliothèque", "salle-secrete")


@pytest.fixture
def event(make, clock):
    clock.at("2027-02-08T12:00:00-05:00")
    return new_event(make, capacity_in_person=1)


@pytest.fixture
def team(event, make, sign_in):
    return sign_in(make.user(role="coordinator"))


@pytest.fixture
def boss(make):
    return make.actor(role="coordinator")


def address(n):
    return guest(n).email


def subjects(outbox, n):
    return [row.subject.split(" – ")[0] for row in outbox.to(address(n))]


def send_all(make):
    """Write what waits, and have it leave."""
    place_mails.write_mails()
    for row in every(Outgoing):
        make.at(row, sent_at=row.sent_at or row.created_at)


def hide(browser, event, act="hiding"):
    page = browser.get(f"/events/{event.id}/{act}")
    browser.submit(page, "main form", reason=WHY)
    return page.words


def test_who_has_a_place_or_waits_hears_once_that_it_is_hidden_and_once_that_it_is_shown(event, make, team, outbox):
    confirm(event, guest(1))
    confirm(event, guest(2))
    send_all(make)
    assert "2 personnes inscrites seront prévenues" in hide(team, event)
    for _run in range(2):
        send_all(make)
    for n in (1, 2):
        letter = outbox.to(address(n))[-1]
        assert subjects(outbox, n)[1:] == ["Rencontre masquée"] and "18 février 2027" in letter.text
        written = letter.text + letter.html + letter.calendar
        assert not [word for word in (*WHERE, "/me/", WHY, again(event).excerpt or "?") if word in written]
        assert "METHOD:CANCEL" in letter.calendar
    assert "2 personnes inscrites seront prévenues" in hide(team, event, "restoration")
    for _run in range(2):
        send_all(make)
    assert subjects(outbox, 1)[2:] == subjects(outbox, 2)[2:] == ["Rencontre affichée de nouveau"]
    placed, waiting = outbox.to(address(1))[-1], outbox.to(address(2))[-1]
    assert "Vous gardez votre place" in placed.text and "METHOD:PUBLISH" in placed.calendar
    assert "Vous gardez votre rang" in waiting.text and not waiting.calendar


def test_hidden_and_shown_before_the_worker_came_is_one_letter(event, make, team, outbox):
    confirm(event, guest(1))
    hide(team, event)
    hide(team, event, "restoration")
    place_mails.write_mails()
    assert subjects(outbox, 1)[-1] == "Rencontre affichée de nouveau" and "Rencontre masquée" not in subjects(outbox, 1)


def test_a_hidden_letter_that_has_not_left_is_taken_back_when_it_is_shown(event, team, outbox):
    confirm(event, guest(1))
    hide(team, event)
    place_mails.write_mails()
    assert subjects(outbox, 1) == ["Rencontre masquée"]
    hide(team, event, "restoration")
    place_mails.write_mails()
    assert subjects(outbox, 1) == ["Rencontre affichée de nouveau"]


def test_nobody_hears_of_what_is_over(event, make, team, clock, outbox):
    confirm(event, guest(1))
    send_all(make)
    clock.at("2027-02-20T12:00:00-05:00")
    assert "Personne n’est à prévenir" in hide(team, event)
    hide(team, event, "restoration")
    place_mails.write_mails()
    assert len(outbox.to(address(1))) == 1


def test_a_cancelling_is_told_though_it_is_hidden_at_once_without_its_reason(event, boss, make, team, outbox):
    """Whoever never heard of it would come."""
    confirm(event, guest(1))
    confirm(event, guest(2))
    send_all(make)
    life.cancel(boss, again(event), reason="Des insultes.")
    assert "Personne n’est à prévenir" in hide(team, event)
    place_mails.write_mails()
    for n in (1, 2):
        letter = outbox.to(address(n))[-1]
        assert subjects(outbox, n)[1:] == ["Rencontre annulée"] and "Des insultes." not in letter.text + letter.calendar


@pytest.mark.parametrize("has_left", [True, False])
def test_a_letter_of_a_cancelling_that_has_not_left_is_written_anew(event, boss, make, team, outbox, has_left):
    confirm(event, guest(1))
    send_all(make)
    life.cancel(boss, again(event), reason="Des insultes.")
    if has_left:
        send_all(make)
    else:
        place_mails.write_mails()
    hide(team, event)
    place_mails.write_mails()
    assert subjects(outbox, 1)[1:] == ["Rencontre annulée"]
    assert ("Des insultes." in outbox.to(address(1))[-1].text) is has_left


def test_a_hidden_meeting_to_come_is_not_deleted_before_its_end(event, make, team, clock):
    confirm(event, guest(1))
    hide(team, event)
    url = f"/events/{event.id}/deletion"
    page = team.get(url)
    assert "Elle est masquée" in page.words and not page.soup.select("main form")
    refused = team.forge(url, {})
    assert refused.status_code == 422 and not again(event).is_deleted
    assert page.soup.select_one(f'main a[href="/events/{event.id}/restoration"]')
    clock.at("2027-02-20T12:00:00-05:00")
    team.submit(url, "form.form")
    assert again(event).is_deleted


@pytest.mark.parametrize("is_written", [True, False])
def test_minutes_that_had_not_left_when_it_was_hidden_are_sent_once_it_is_shown(
    event, boss, make, team, clock, outbox, is_written
):
    confirm(event, guest(1))
    confirm(event, guest(2), ONLINE)
    send_all(make)
    clock.at("2027-02-20T12:00:00-05:00")
    minutes.publish(boss, again(event), MinutesWords(body="Voici ce qui s'est dit.", came_in_person=1))
    if is_written:
        place_mails.write_mails()
        # One of the two has left.
        assert "compte rendu" in outbox.to(address(2))[-1].subject
        make.at(outbox.to(address(2))[-1], sent_at=event.ends_at)
    hide(team, event)
    for _hour in range(3):
        place_mails.write_mails()
        clock.forward(hours=2)
    assert "compte rendu" not in " ".join(subjects(outbox, 1)), "nothing is said of what is out of sight"
    hide(team, event, "restoration")
    for _hour in range(3):
        send_all(make)
        clock.forward(hours=2)
    for n in (1, 2):
        assert sum("compte rendu" in subject.lower() for subject in subjects(outbox, n)) == 1


def test_who_waits_to_be_asked_to_confirm_is_asked_once_it_is_shown(event, team, clock, outbox):
    waits = service.expect(event, guest(1), IN_PERSON)
    with unit():
        mails.ask_later(event, waits.id)
    hide(team, event)
    clock.forward(hours=1, seconds=1)
    place_mails.write_mails()
    assert not outbox.to(address(1))
    hide(team, event, "restoration")
    for _hour in range(3):
        clock.forward(hours=1, seconds=1)
        place_mails.write_mails()
    assert subjects(outbox, 1) == ["Confirmez votre place"]


@pytest.mark.parametrize("then", ["moved", "cancelled", "hidden"])
def test_who_gave_a_place_back_is_told_whatever_becomes_of_the_meeting(event, boss, make, team, outbox, then):
    gone, released = confirm(event, guest(1)), confirm(event, guest(2), ONLINE)
    send_all(make)
    cancel(gone)
    service.release(boss, again(event), released.id)
    _become(then, again(event), boss, team)
    for _run in range(2):
        place_mails.write_mails()
    assert subjects(outbox, 1)[1:] == ["Votre place est rendue"]
    assert subjects(outbox, 2)[1:] == ["Vous n’êtes plus sur la liste"]
    for n in (1, 2):
        letter = outbox.to(address(n))[-1]
        assert ("reprenez-en une" in letter.text) is (then == "moved")
        assert then != "hidden" or "Bibliothèque" not in letter.text + letter.calendar


def _become(what, event, boss, team):
    start = event.starts_at + timedelta(days=7)
    if what == "moved":
        life.move(boss, event, starts_at=start, ends_at=start + timedelta(hours=2), reason=WHY)
    elif what == "cancelled":
        life.cancel(boss, event, reason=WHY)
    else:
        hide(team, event)


def test_a_place_given_back_twice_around_a_move_is_told_once(event, boss, outbox):
    mine = confirm(event, guest(1))
    cancel(mine)
    _become("moved", again(event), boss, None)
    confirm(again(event), guest(1))
    cancel(mine)
    for _run in range(2):
        place_mails.write_mails()
    assert subjects(outbox, 1) == ["Votre place est rendue"]


def test_an_address_is_asked_to_confirm_though_the_meeting_moves_meanwhile(event, boss, clock, outbox):
    waits = service.expect(event, guest(1), IN_PERSON)
    with unit():
        mails.ask_later(event, waits.id)
    _become("moved", again(event), boss, None)
    clock.forward(hours=1, seconds=1)
    for _run in range(2):
        place_mails.write_mails()
    assert subjects(outbox, 1) == ["Confirmez votre place"] and "25 février 2027" in outbox.to(address(1))[0].text


def test_a_free_place_is_told_with_the_new_date(event, boss, clock, outbox):
    """In the last day the first press has it: whoever waits must know that there is one."""
    clock.at("2027-02-18T06:00:00-05:00")
    first, _second = confirm(event, guest(1)), confirm(event, guest(2))
    write_all()
    cancel(first)
    start = event.starts_at + timedelta(hours=3)
    life.move(boss, again(event), starts_at=start, ends_at=start + timedelta(hours=2), reason=WHY)
    place_mails.write_mails()
    text = " ".join(row.text for row in outbox.to(address(2)))
    assert "Nouvelle date" in subjects(outbox, 2) and "la première personne qui la prend l’a" in text.lower()

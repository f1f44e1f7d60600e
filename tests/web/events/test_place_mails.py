"""The service mails of meetings: who gets which, once, with the meeting for their calendar; as things stand."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import icalendar
import pytest
from sqlalchemy import delete

from app.accounts.models.people import User
from app.communities.models import Membership
from app.core import clock as now
from app.core import dead_addresses, mail
from app.core.db import db
from app.core.mail import Outgoing
from app.core.unit import unit
from app.events import mails
from app.events.models.registrations import EventMail, EventRegistration, Registrant
from app.events.queries import registrations
from app.events.service import life
from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.events.stored_words import get_words
from app.notifications.service import settings
from app.notifications.topics import USUAL
from app.web.events import place_mails, place_words
from tests.events.coming import IN_PERSON, ONLINE, cancel, come, confirm, guest, new_event, write_all
from tests.support.rows import again, count, every, last


@pytest.fixture
def boss_of(make):
    return make.actor(role="coordinator")


@pytest.fixture
def event(make, clock):
    clock.at("2027-02-08T12:00:00-05:00")
    return new_event(make, capacity_in_person=1)


def address(n):
    return guest(n).email


def calendar_of(row):
    """Read the parts of a mail as a mail program does: the calendar beside the text, and the file."""
    message = message_from_bytes(bytes(mail.build_message(row, sender="site@example.org")), policy=default)
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return message, parts


def test_a_mail_carries_the_meeting_beside_its_text_and_as_a_file_and_is_the_same_each_time(event, outbox):
    confirm(event, guest(1))
    place_mails.write_mails()
    [row] = outbox.to(address(1))
    message, [inline, file] = calendar_of(row)
    assert inline.get_param("method") == "PUBLISH" and file.get_filename() == "rencontre.ics"
    assert inline.get_content_charset() == file.get_content_charset() == "utf-8"
    read = icalendar.Calendar.from_ical(inline.get_content())
    assert read["METHOD"] == "PUBLISH" and len(read.events) == 1
    assert read.events[0]["DTSTART"].dt == event.starts_at
    assert icalendar.Calendar.from_ical(file.get_content()).events[0]["UID"] == read.events[0]["UID"]
    assert message.get_body(("plain",)).get_content().strip() == row.text.strip()
    assert message.get_body(("html",)).get_content().strip() == row.html.strip()
    again_ = mail.build_message(row, sender="site@example.org")
    assert bytes(again_) == bytes(mail.build_message(row, sender="site@example.org"))


def test_who_waits_gets_no_calendar_and_who_gives_their_place_back_one_that_takes_it_off(event, outbox):
    mine = confirm(event, guest(1))
    confirm(event, guest(2))
    place_mails.write_mails()
    cancel(mine)
    place_mails.write_mails()
    placed, waited = outbox.to(address(1)), outbox.to(address(2))
    assert [row.subject.split(" – ")[0] for row in placed] == ["Votre place est prise", "Votre place est rendue"]
    assert "METHOD:CANCEL" in placed[1].calendar and "STATUS:CANCELLED" in placed[1].calendar
    assert [row.subject.split(" – ")[0] for row in waited] == [
        "Vous êtes sur la liste d’attente",
        "Vous avez une place",
    ]
    assert not waited[0].calendar and "METHOD:PUBLISH" in waited[1].calendar


def test_a_move_is_told_once_to_who_comes_and_who_waits_with_the_former_date_and_the_reason(event, boss_of, outbox):
    confirm(event, guest(1))
    confirm(event, guest(2))
    write_all()
    start = event.starts_at + timedelta(days=7)
    life.move(boss_of, event, starts_at=start, ends_at=start + timedelta(hours=2), reason="La salle est inondée.")
    place_mails.write_mails()
    place_mails.write_mails()
    for n in (1, 2):
        [row] = outbox.to(address(n))
        assert row.subject.startswith("Nouvelle date") and "La salle est inondée." in row.text
        assert "18 février 2027" in row.text and "25 février 2027" in row.text
    [first], [second] = outbox.to(address(1)), outbox.to(address(2))
    assert "Vous gardez votre place" in first.text and "Vous gardez votre rang" in second.text
    assert "Voir ma place" in first.text and "Voir mon rang" in second.text
    read = icalendar.Calendar.from_ical(first.calendar).events[0]
    assert read["DTSTART"].dt == start and read["SEQUENCE"] == again(event).sequence


@pytest.mark.parametrize("has_left", [True, False])
def test_another_place_is_told_each_time_and_another_title_never(event, make, boss_of, outbox, has_left):
    confirm(event, guest(1))
    write_all()
    for words in ({"place": "Salle du haut"}, {"title": "Un autre titre assez long"}, {"place": "Au parc"}):
        life.edit(boss_of, again(event), replace(get_words(boss_of, again(event)), **words))
        place_mails.write_mails()
        for row in outbox:
            make.at(row, **({"sent_at": row.sent_at or now.now()} if has_left else {}))
    found = outbox.to(address(1))
    assert [row.subject.split(" – ")[0] for row in found] == ["Ce qui change"] * (2 if has_left else 1)
    assert "Au parc" in found[-1].text


def test_a_cancelling_takes_back_what_has_not_left_and_takes_the_meeting_off_calendars(event, boss_of, outbox):
    confirm(event, guest(1))
    place_mails.write_mails()
    confirm(event, guest(2))
    life.cancel(boss_of, event, reason="La neige.")
    place_mails.write_mails()
    for n in (1, 2):
        [row] = outbox.to(address(n))
        assert row.subject.startswith("Rencontre annulée") and "La neige." in row.text
    assert "METHOD:CANCEL" in outbox.to(address(1))[0].calendar
    assert "salle-secrete" not in outbox.to(address(1))[0].text


def test_another_place_of_what_is_cancelled_takes_no_letter_back(event, boss_of, outbox):
    confirm(event, guest(1))
    life.cancel(boss_of, event, reason="La neige.")
    place_mails.write_mails()
    life.edit(boss_of, again(event), replace(get_words(boss_of, again(event)), place="Salle du haut"))
    place_mails.write_mails()
    [row] = outbox.to(address(1))
    assert row.subject.startswith("Rencontre annulée")


def test_one_reminder_the_day_before_at_9_to_who_has_a_place(event, clock, outbox):
    confirm(event, guest(1))
    confirm(event, guest(2))
    write_all()
    clock.at("2027-02-17T08:59:00-05:00")
    assert mails.ask_reminders() == 0
    clock.at("2027-02-17T09:00:00-05:00")
    assert mails.ask_reminders() == 1
    assert mails.ask_reminders() == 0
    for _n in range(2):
        place_mails.write_mails()
    [row] = outbox.to(address(1))
    assert row.subject.startswith("Rappel") and "jeudi 18 février 2027" in row.text
    assert not outbox.to(address(2))
    confirm(event, guest(3), ONLINE)
    write_all()
    assert mails.ask_reminders() == 0, "who has just confirmed knows"


@pytest.mark.parametrize(
    ("reminder", "at", "is_due"),
    [
        (None, "2027-02-17T12:00:00-05:00", False),
        (0, "2027-02-18T09:00:00-05:00", True),
        (7, "2027-02-11T09:00:00-05:00", True),
        (7, "2027-02-11T08:00:00-05:00", False),
        (1, "2027-02-18T12:00:01-05:00", False),
    ],
)
def test_a_reminder_comes_as_the_team_chose_and_never_once_it_has_begun(event, make, clock, reminder, at, is_due):
    confirm(event, guest(1))
    write_all()
    make.at(event, reminder=reminder)
    clock.at(at)
    assert bool(mails.ask_reminders()) is is_due


@pytest.mark.parametrize(("day", "utc"), [("2027-03-15", 13), ("2027-11-08", 14), ("2027-07-15", 13)])
def test_9_o_clock_is_that_of_the_region_whatever_its_clocks_did_in_the_night(make, clock, day, utc):
    clock.at(f"{day[:8]}01T12:00:00-05:00")
    start = now.now().replace(day=int(day[8:]), hour=22)
    found = mails.get_reminder_time(new_event(make, starts_at=start, ends_at=start + timedelta(hours=1)))
    assert found.astimezone(now.now().tzinfo).hour == utc


@pytest.mark.parametrize("what", ["cancelled", "hidden", "deleted", "moved", "draft"])
def test_a_reminder_that_was_asked_for_is_not_written_of_what_is_no_more(event, make, clock, outbox, what):
    confirm(event, guest(1))
    write_all()
    clock.at("2027-02-17T09:00:00-05:00")
    assert mails.ask_reminders() == 1
    columns = {
        "cancelled": {"status": "cancelled"},
        "hidden": {"hidden_at": now.now(), "hidden_reason": "Faux."},
        "deleted": {"deleted_at": now.now()},
        "moved": {"starts_at": event.starts_at + timedelta(days=5), "ends_at": event.ends_at + timedelta(days=5)},
        "draft": {"status": "draft"},
    }[what]
    make.at(event, **columns)
    assert place_mails.write_mails() == 0 and not outbox.to(address(1))
    assert mails.ask_reminders() == 0
    if what == "moved":
        clock.at("2027-02-22T09:00:00-05:00")
        assert mails.ask_reminders() == 1


def test_a_place_that_came_and_went_before_the_mail_is_not_told(event, outbox):
    first, second = confirm(event, guest(1)), confirm(event, guest(2))
    write_all()
    cancel(first)
    cancel(second)
    place_mails.write_mails()
    assert [row.subject.split(" – ")[0] for row in outbox.to(address(2))] == ["Votre place est rendue"]


def test_who_gave_their_place_back_is_written_to_no_more(event, boss_of, clock, outbox):
    mine, _other = confirm(event, guest(1)), confirm(event, guest(2), ONLINE)
    place_mails.write_mails()
    cancel(mine)
    place_mails.write_mails()
    start = event.starts_at + timedelta(days=1)
    life.move(boss_of, again(event), starts_at=start, ends_at=start + timedelta(hours=2), reason="La salle est prise.")
    place_mails.write_mails()
    clock.at(start - timedelta(hours=20))
    assert mails.ask_reminders() == 1
    place_mails.write_mails()
    mine_now, theirs = ([row.subject.split(" – ")[0] for row in outbox.to(address(n))] for n in (1, 2))
    assert mine_now == ["Votre place est prise", "Votre place est rendue"] and theirs == ["Nouvelle date", "Rappel"]
    life.cancel(boss_of, again(event), reason="La neige.")
    place_mails.write_mails()
    assert len(outbox.to(address(1))) == 2
    assert [row.subject.split(" – ")[0] for row in outbox.to(address(2))] == ["Rencontre annulée"]


def test_pauses_and_never_do_not_stop_them(event, make, sign_in, outbox):
    user = make.user()
    browser = sign_in(user)
    settings.set_paces(user.id, dict.fromkeys(USUAL, "never"))
    browser.submit(f"/events/{event.id}", "#coming form")
    place_mails.write_mails()
    [row] = outbox.to(user.email)
    assert "quoi que vous ayez choisi pour vos avis" in row.text and row.user_id == user.id


def test_an_address_that_does_not_exist_is_written_to_no_more(event, outbox):
    confirm(event, guest(1))
    with unit():
        for _n in range(2):
            dead_addresses.record_refusal(address(1))
    place_mails.write_mails()
    assert not outbox.to(address(1)) and not mails.list_unwritten()


def test_each_sentence_is_said_in_french_and_in_english(event, make, outbox, app):
    inside, waiting = confirm(event, guest(1)), confirm(event, guest(2))
    for lang in ("fr", "en"):
        for row in every(Registrant):
            make.at(row, lang=lang)
        for kind, states in place_mails.TELLS_OF.items():
            registration = waiting if "waiting" in states and "in" not in states else inside
            with app.test_request_context(base_url=app.config["SITE_URL"]), unit():
                place_mails._send(_whole(registration), kind)
    rows = every(Outgoing)
    assert len(rows) == 2 * len(place_words.SAYINGS) and len({row.subject for row in rows}) == len(rows)
    for row in rows:
        print(row.subject, row.text, sep="\n", end="\n----\n")
        assert "%(" not in row.text + row.subject and "None" not in row.text
        assert "/events/" in row.text or "/forums/" in row.text


def _whole(registration):
    return registrations.find_registration(registration.id)


def test_a_mail_that_cannot_be_written_keeps_none_of_the_others_back(event, outbox, monkeypatch):
    confirm(event, guest(1))
    confirm(event, guest(2), Wishes("online"))
    usual = place_mails._send

    def fail(registration, kind, of):
        if registration.registrant.email == address(1):
            raise ZeroDivisionError
        return usual(registration, kind, of)

    monkeypatch.setattr(place_mails, "_send", fail)
    assert place_mails.write_mails() == 1
    monkeypatch.undo()
    assert place_mails.write_mails() == 1 and len(outbox.to(address(1))) == 1


def test_the_letters_of_a_registration_are_known_by_it(event, make):
    mine = come(make, event, IN_PERSON)
    place_mails.write_mails()
    assert last(Outgoing).about == mails.name_registration(mine.id)
    assert last(Outgoing).user_id == mine.user_id and count(EventMail) == count(EventRegistration) == 1
    assert count(User, User.id == mine.user_id) == 1


@pytest.mark.parametrize("kind", ["moved", "cancelled", "reminder", "place", "minutes"])
def test_who_left_a_private_community_is_told_nothing_more_of_its_meetings(make, clock, boss_of, outbox, kind):
    room = make.community(is_private=True)
    event = new_event(make, is_private=True, community_id=room.id)
    stays, left = (make.actor(member_of=[room.slug]) for _n in range(2))
    for person in (stays, left):
        service.come(person, event, ONLINE)
    write_all()
    with unit():
        db.session.execute(delete(Membership).where(Membership.user_id == left.id))
    make.at(event, **{"cancelled": {"status": "cancelled"}, "minutes": {"status": "closed"}}.get(kind, {}))
    with unit():
        mails.ask(again(event), kind)
    place_mails.write_mails()
    assert [row.user_id for row in outbox] == [stays.id] and not mails.list_unwritten()

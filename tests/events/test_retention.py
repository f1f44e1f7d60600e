"""What people said to come is forgotten in time; how many they were stays."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event as Moment

import pytest
from flask import Flask

from app.core import clock as now
from app.core import mail
from app.core.actor import ANYONE
from app.core.db import db
from app.core.errors import NotFound
from app.core.mail import Outgoing
from app.events import mails, retention
from app.events.models.registrations import EventMail, EventRegistration, Registrant
from app.events.queries.attendance import get_attendance
from app.events.service import registrations as service
from app.operations import recount
from app.reference.queries import get_catalogue
from tests.events.coming import IN_PERSON, cancel, come, confirm, guest, new_event, states
from tests.support.clock import Clock
from tests.support.make import Make
from tests.support.races import PATIENCE, wait_until_somebody_waits
from tests.support.rows import again, count, every

NEEDY = replace(IN_PERSON, needs="Une rampe", meal="Sans arachides", answers={"1": "Midi"})


def letter(registration: EventRegistration, recipient: str) -> None:
    mail.queue(
        f"event:{registration.id}",
        message_id=f"<{registration.id}@example.org>",
        recipient=recipient,
        subject="Une rencontre",
        text="Le texte.",
        html="",
        about=mails.name_registration(registration.id),
    )
    db.session.commit()


def test_what_nobody_confirmed_is_erased_after_48_hours_with_its_letter(make: Make, clock: Clock) -> None:
    event = new_event(make)
    confirmed = confirm(event, guest(1))
    waiting, member = service.expect(event, guest(2), NEEDY), service.expect(event, make.user(), NEEDY)
    for registration in (confirmed, waiting, member):
        letter(registration, "quelqu-un@example.org")
    clock.forward(hours=47)
    retention.purge()
    assert count(EventRegistration) == 3
    clock.forward(hours=2)
    retention.purge()
    assert [row.id for row in every(EventRegistration)] == [confirmed.id]
    assert [row.email for row in every(Registrant)] == ["invite-1@example.org"]
    assert [row.about for row in every(Outgoing)] == [mails.name_registration(confirmed.id)]


def test_a_form_sent_again_begins_the_48_hours_anew(make: Make, clock: Clock) -> None:
    event = new_event(make)
    service.expect(event, guest(1), IN_PERSON)
    clock.forward(hours=40)
    service.expect(again(event), guest(1), IN_PERSON)
    clock.forward(hours=40)
    retention.purge()
    assert states(event) == ["unconfirmed"]


def test_who_confirms_while_it_is_forgotten_finds_that_it_is_too_late(
    app: Flask, make: Make, clock: Clock, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, forget_letters, has_begun = new_event(make), retention._forget_letters, Moment()
    mine, late = service.expect(event, guest(1), IN_PERSON), list[Future[None]]()
    clock.forward(hours=49)

    def confirm_there() -> None:
        with app.app_context():
            found = db.session.get_one(EventRegistration, mine_id)
            has_begun.set()
            service.keep(ANYONE, found, IN_PERSON)

    def forget(ids: Sequence[int]) -> None:
        late.append(pool.submit(confirm_there))
        assert has_begun.wait(PATIENCE)
        wait_until_somebody_waits(engine)
        forget_letters(ids)

    mine_id = mine.id
    monkeypatch.setattr(retention, "_forget_letters", forget)
    with ThreadPoolExecutor(1) as pool:
        retention._forget_unconfirmed()
    with pytest.raises(NotFound):
        late[0].result()
    assert count(EventRegistration) == 0 and again(event).taken_in_person == 0


def test_needs_and_answers_are_erased_7_days_after(make: Make, clock: Clock) -> None:
    event = new_event(make)
    as_guest, as_member = confirm(event, guest(1), NEEDY), come(make, event, NEEDY)
    clock.forward(days=10 + 6)
    retention.purge()
    assert again(as_guest).needs == again(as_member).needs == "Une rampe"
    clock.forward(days=2)
    retention.purge()
    for registration in map(again, (as_guest, as_member)):
        assert (registration.needs, registration.meal, registration.answers) == ("", "", {})
    assert again(as_guest).state == "in" and every(Registrant)[0].name == "Invité 1"


def test_guests_are_erased_90_days_after_and_how_many_came_stays(make: Make, clock: Clock) -> None:
    event = new_event(make)
    mine, member = confirm(event, guest(1), replace(NEEDY, party=3)), come(make, event)
    make.add(Registrant(event_id=event.id, name="Quelqu'un sans adresse"))
    code = mine.code
    letter(mine, "invite-1@example.org")
    clock.forward(days=10 + 89)
    retention.purge()
    assert every(Registrant)[0].name == "Invité 1"
    clock.forward(days=2)
    retention.purge()
    assert {(row.name, row.email) for row in every(Registrant)} == {("", None)}
    assert again(mine).code != code, "the key of the page opens nothing"
    assert count(Outgoing) == 0 and count(EventMail, EventMail.registration_id == mine.id) == 0
    assert again(event).taken_in_person == 4 and again(member).user_id and count(EventMail) == 0
    assert not recount.list_differences() and not retention.count_overdue()


def _place(code: str) -> int:
    found = get_catalogue().place_at(code)
    assert found is not None
    return found.id


def test_from_where_people_came_stays_as_numbers_and_of_no_registration(make: Make, clock: Clock) -> None:
    event, place = new_event(make), _place("68055")
    members = [come(make, event, replace(IN_PERSON, territory_id=place)) for _n in range(6)]
    alone = come(make, event, replace(IN_PERSON, territory_id=_place("70052")))
    for registration in (*members, alone):
        make.at(registration, arrived_at=event.starts_at)
    before = get_attendance(again(event))
    clock.forward(days=10 + 89)
    retention.purge()
    assert again(alone).territory_id
    clock.forward(days=3)
    assert retention.count_overdue() > 0
    retention.purge()
    assert {row.territory_id for row in every(EventRegistration)} == {None} and not retention.count_overdue()
    assert get_attendance(again(event)) == before and before.places.others == 7
    assert str(place) not in str(again(event).origins), "few people are not kept by their place either"
    assert all(again(one).user_id and again(one).arrived_at for one in members), "what a member did is theirs"


def test_a_meeting_that_was_deleted_is_over_for_those_who_were_to_come(make: Make, clock: Clock) -> None:
    event = new_event(make, starts_at=now.now() + timedelta(days=300), ends_at=now.now() + timedelta(days=301))
    confirm(event, guest(1), NEEDY)
    make.at(event, deleted_at=now.now())
    clock.forward(days=91)
    retention.purge()
    assert [row.name for row in every(Registrant)] == [""] and not [
        row for row in every(EventRegistration) if row.needs
    ]


@pytest.mark.parametrize(("days", "overdue"), [(10 + 7, 0), (10 + 9, 1), (10 + 92, 3)])
def test_what_should_be_gone_a_day_ago_is_counted_for_check(make: Make, clock: Clock, days: int, overdue: int) -> None:
    confirm(new_event(make), guest(1), NEEDY)
    clock.forward(days=days)
    assert retention.count_overdue() == overdue
    retention.purge()
    assert retention.count_overdue() == 0


def test_who_refuses_to_confirm_is_forgotten_as_who_never_did(make: Make, clock: Clock) -> None:
    event = new_event(make)
    refused, given_back = service.expect(event, guest(1), NEEDY), confirm(event, guest(2))
    for registration in (refused, given_back):
        cancel(registration)
    clock.forward(hours=49)
    assert retention.count_overdue() == 0
    retention.purge()
    assert [row.id for row in every(EventRegistration)] == [given_back.id]
    assert [row.email for row in every(Registrant)] == ["invite-2@example.org"]

"""A whole meeting, through its forms, on a shifted clock: what names a guest is gone in time, and the figures stay."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from app import scheduled
from app.core import mail, smtp
from app.events import mails
from app.events.minutes_words import MinutesWords
from app.events.models.contents import EventQuestion
from app.events.models.registrations import EventRegistration, Registrant
from app.events.queries.attendance import get_attendance
from app.events.service import life, minutes
from app.operations import check, recount
from app.web.events import place_mails
from tests.events.coming import columns_of, count_again, new_event
from tests.support.accounts import work
from tests.support.door import keep_door
from tests.support.make import PASSWORD
from tests.support.rows import again, every, last, list_traces
from tests.support.world import HERE
from tests.web.events.place_pages import url_of

# The tables of each engine are read whole.
pytestmark = pytest.mark.both_engines
TRACES = re.compile("canari", re.IGNORECASE)
BEGIN, HOUR = "2027-02-08T12:00:00-05:00", timedelta(hours=1)
WORDS = ("registrants.name", "registrants.email")
NEEDS = ("event_registrations.needs", "event_registrations.meal", "event_registrations.answers")


@pytest.fixture
def event(make, clock):
    clock.at(BEGIN)
    room = make.room(HERE)
    event = new_event(make, community_id=room.id, capacity_in_person=4, asks_meal=True, asks_territory=True)
    make.add(EventQuestion(event_id=event.id, position=0, kind="line", label="Par quel autobus?", why="Le trajet."))
    return event


@pytest.fixture
def come(event, new_browser, outbox):
    """Register a guest by the form, whose words all have their own name; confirm by the mail, unless told not to."""

    def act(name, *, confirms=True, email="", **typed):
        email = email or f"{name}@example.org"
        mine = {"name": f"{name} Roy", "email": email, "mode": "in_person", "consent": "y", "needs": f"rampe {name}"}
        new_browser().submit(f"/events/{event.id}/registration", "main form.form", **mine | typed)
        work()
        if confirms:
            answers = {f"question_{last(EventQuestion).id}": f"autobus {name}"}
            browser, link = new_browser(), outbox.links(outbox.to(email)[-1])[0]
            more = {"meal": f"repas {name}", "territory": "68055"}
            answer = browser.submit(link, "main form.form", **more | answers)
            assert answer.status_code == 303, answer.words
        return last(EventRegistration)

    return act


@pytest.fixture
def lived(event, come, make, clock, sign_in, new_browser, visitor):
    """Live the meeting until an hour after its end: all that writes a guest somewhere was done."""
    come("canari-venu", party="2"), come("canari-jamais", confirms=False)
    come("canari-compte", confirms=False, email=make.user(email="membre@example.org").email)
    leaves, waits, lost = come("canari-parti"), come("canari-attente", party="4"), come("canari-perdu")
    sign_in(make.user()).submit(f"/events/{event.id}", "#coming form:has([value='in_person'])")
    send(refused=[lost])
    submit_own(visitor, leaves, "#cancel form")
    boss, start = make.actor(role="coordinator"), event.starts_at + HOUR
    life.move(boss, again(event), starts_at=start, ends_at=start + 2 * HOUR, reason="La salle est prise.")
    send(refused=[lost])
    yield_day(clock, again(event), waits)
    open_door(event, make, sign_in)
    clock.at(again(event).ends_at + HOUR)
    forget()
    return again(event)


def yield_day(clock, event, waits):
    """Remind people, on the eve; then be at the door."""
    clock.at(event.starts_at - timedelta(hours=20))
    assert again(waits).state == "waiting" and mails.ask_reminders() == 1
    send()
    clock.at(event.starts_at)


def open_door(event, make, sign_in):
    luc = sign_in(keep_door(make, event, make.user(name="Luc")))
    came = last(EventRegistration, EventRegistration.registrant_id.is_not(None), EventRegistration.party == 2)
    luc.submit(f"/events/{event.id}/door", f"#guest-{came.id} form")
    luc.submit(f"/events/{event.id}/door", "#welcome form", name="Passant Canari")


def submit_own(browser, registration, form):
    return browser.submit(url_of(registration), form)


def send(refused=()):
    """Write the letters that wait, and have them leave; the server knows nothing of some addresses."""
    place_mails.write_mails()
    about = {mails.name_registration(one.id) for one in refused}

    def take(letter):
        if letter.about in about:
            raise smtp.NoSuchAddress("no such address")

    mail.deliver(take)


def forget():
    """Do what the worker does each hour."""
    for job in scheduled.JOBS.values():
        if job.erases:
            job.run()


def left():
    """Return where something of a guest is left: tables with their columns."""
    return {trace.partition(":")[0] for trace in list_traces(TRACES)}


def figures(event):
    """Return what is counted of who comes, which stays."""
    people = Counter((one.state, one.mode, one.party, one.arrived_at) for one in every(EventRegistration))
    attendance = get_attendance(again(event))
    assert columns_of(event) == count_again(event) and not recount.list_differences()
    return people, attendance, columns_of(event)


def grade(app):
    [found] = [one for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "registrations"]
    return found.grade


def test_what_nobody_confirms_is_gone_after_48_hours_from_every_table(event, come, make, clock, visitor):
    come("canari-jamais", confirms=False)
    come("canari-compte", confirms=False, email=make.user(email="membre@example.org").email)
    place_mails.write_mails()
    assert {*WORDS, NEEDS[0], "outbox.recipient"} <= left()
    clock.forward(hours=47)
    forget()
    assert set(WORDS) <= left()
    clock.forward(hours=2)
    forget()
    assert not left()


def test_after_each_time_what_named_a_guest_is_gone_and_the_figures_stay(lived, app, make, clock):
    event, counted = lived, figures(lived)
    assert {*WORDS, *NEEDS, "outbox.recipient", "dead_addresses.address"} <= left()
    for days, gone in ((0, ()), (7, NEEDS), (30, ("outbox.recipient",))):
        clock.at(event.ends_at + timedelta(days=days) + HOUR)
        forget()
        assert not {*gone} & left() and set(WORDS) <= left(), days
        assert figures(event) == counted and grade(app) == "ok"
    clock.at(event.ends_at + timedelta(days=89))
    minutes.publish(make.actor(role="coordinator"), again(event), MinutesWords("On a parlé."))
    place_mails.write_mails()
    forget()
    assert {"outbox.recipient", *WORDS} <= left()
    clock.at(event.ends_at + timedelta(days=90) + HOUR)
    forget()
    assert not list_traces(TRACES)
    assert figures(event) == counted and grade(app) == "ok"
    assert {(one.name, one.email) for one in every(Registrant)} == {("", None)}


@pytest.mark.parametrize("days", [7, 90])
def test_check_says_that_the_worker_forgot_nothing(lived, app, clock, days):
    clock.at(lived.ends_at + timedelta(days=days - 1))
    forget()
    clock.forward(days=1, hours=1)
    assert grade(app) == "ok", "the worker may be late"
    clock.forward(days=1)
    assert grade(app) == "wrong"
    forget()
    assert grade(app) == "ok"


def test_check_says_that_what_nobody_confirmed_is_still_there(event, come, app, clock):
    come("canari-jamais", confirms=False)
    clock.forward(hours=71)
    assert grade(app) == "ok"
    clock.forward(hours=2)
    assert grade(app) == "wrong"
    forget()
    assert grade(app) == "ok"


def test_a_member_finds_where_they_were_as_long_as_their_account_is_open(event, make, clock, sign_in):
    user = make.user()
    sign_in(user).submit(f"/events/{event.id}", "#coming form:has([value='in_person'])")
    keeper = sign_in(keep_door(make, event, make.user()))
    clock.at(event.starts_at)
    keeper.submit(f"/events/{event.id}/door", f"#guest-{last(EventRegistration).id} form")
    clock.forward(days=400)
    forget()
    assert "Vous y étiez" in sign_in(user).get("/account/events").words


def test_whoever_closes_their_account_gives_their_places_back_and_is_named_at_no_past_one(
    event, come, make, clock, sign_in, team, outbox
):
    user = make.user(name="Membre Canari")
    press = "#coming form:has([value='in_person'])"
    sign_in(user).submit(f"/events/{event.id}", press)
    submit_own(sign_in(user), last(EventRegistration), "main form.form")
    keeper = sign_in(keep_door(make, event, make.user()))
    clock.at(event.starts_at)
    keeper.submit(f"/events/{event.id}/door", f"#guest-{last(EventRegistration).id} form")
    clock.at(event.ends_at + HOUR)
    past, event = figures(event)[2], again(event)
    later = new_event(make, community_id=event.community_id, capacity_in_person=1)
    browser = sign_in(user)
    browser.submit(f"/events/{later.id}", press)
    other = make.user()
    sign_in(other).submit(f"/events/{later.id}", press)
    place_mails.write_mails()
    assert "Membre Canari" in team.get(f"/events/{event.id}/door").words
    browser.submit("/account/closing", "main form", password=PASSWORD)
    place_mails.write_mails()
    assert not left() and figures(event)[2] == past and past["taken_in_person"] == 1
    assert [row.state for row in every(EventRegistration)] == ["in", "cancelled", "in"]
    assert outbox.to(other.email)[-1].subject.startswith("Vous avez une place")
    for one in (event, later):
        for end in ("door", "door/list", "door/needs", "door/tags", "people.csv", "attendance"):
            assert "Canari" not in team.get(f"/events/{one.id}/{end}").text, end

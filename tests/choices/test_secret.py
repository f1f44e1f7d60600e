"""Before the count nothing holds a total, and a ballot goes with whose it is; after it, nothing names anybody."""

import logging
import re

import pytest
from sqlalchemy import delete

from app.accounts.signals import AccountClosed
from app.choices import retention
from app.choices.models import Choice, ChoiceBallot, ChoiceCandidate, ChoiceDot
from app.choices.queries import choices as queries
from app.choices.service import ballots, choices
from app.core.actor import Actor
from app.core.db import db, run
from app.core.signals import tell
from app.core.unit import unit
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration, Registrant
from app.events.retention import delete_registrations, empty_guests
from app.events.service import registrations
from app.operations import check, recount
from tests.choices.stored import choice_in, converging, places, who_in
from tests.events.coming import IN_PERSON
from tests.events.stored import at
from tests.forum.stored import place_in
from tests.support.door import comes
from tests.support.rows import again, count

# So many people place so many dots each: a sum that nothing else is.
VOTERS, DOTS = 99, 7
TOTAL = str(VOTERS * DOTS)
# Where it stands by itself, in no token and in no longer number.
SUM = re.compile(rf"(?<!\w){TOTAL}(?!\w)")
PAGES = (
    *("", "/now", "/projector", "/board", "/papers/ballots", "/report", "/report.csv", "/report.json", "/report.md"),
    *(f"/convergence{end}" for end in ("", "/paper", "/paper/confirmation", "/counting", "/stopping", "/ballots.csv")),
)
ASKED = {"HX-Request": "true"}


@pytest.fixture
def forum(clock, make):
    clock.at(at("2027-02-18 14:00"))
    return converging(make)


@pytest.fixture
def choice(make, forum):
    return choice_in(make, forum, dots=9, most_on_one=9)


def list_cells():
    """Return what stands in each column of each table of choices, but the rows of ballots."""
    db.session.rollback()
    tables = [table for table in db.metadata.sorted_tables if table.name.startswith("choice")]
    return [
        str(cell)
        for table in tables
        if table.name != "choice_dots"
        for row in db.session.execute(table.select())
        for cell in row
    ]


def list_wrong():
    """Return what `recount` finds of choices."""
    return [one for one in recount.list_differences() if one.counter.startswith("choice")]


def test_before_the_count_no_page_file_log_or_column_holds_a_total(app, forum, choice, make, sign_in, visitor, caplog):
    caplog.set_level(logging.DEBUG)
    for _n in range(VOTERS):
        places(make, choice, place_in(make, forum), DOTS)
    with unit():
        ballots.fold(choice.id)
    mia = make.user("Mia Membre")
    place_in(make, forum, mia)
    team = make.user(role="coordinator")
    coordinator, member = sign_in(team), sign_in(mia)
    url = f"/forums/{forum.id}/convergence"
    for act in (None, "stopping"):
        if act:
            coordinator.submit(f"{url}/{act}", "form.form")
        for browser in (coordinator, member, visitor):
            paths = [f"/forums/{forum.id}{page}" for page in PAGES]
            assert not [
                path for path in paths for asked in ({}, ASKED) if SUM.search(browser.get(path, headers=asked).text)
            ]
        found = check.examine(app.config, app.extensions["huey"])
        assert not [one for one in found if SUM.search(one.text)] and not SUM.search(caplog.text)
        assert TOTAL not in list_cells() and list_wrong() == []
    assert again(choice).voters_count == VOTERS
    coordinator.submit(f"{url}/counting", "form.form")
    assert SUM.search(visitor.get(url).text) and TOTAL in list_cells() and list_wrong() == []


def test_a_ballot_goes_with_its_place_until_it_is_counted(forum, choice, make):
    mia = make.user("Mia Membre")
    own, guest, unconfirmed = place_in(make, forum, mia), comes(make, forum, "Ana Sans Compte"), place_in(make, forum)
    stays = place_in(make, forum)
    for place in (own, guest, unconfirmed, stays):
        places(make, choice, place, 2, 1)
    with unit():
        ballots.fold(choice.id)
        assert db.session.get_one(Choice, choice.id).voters_count == 4
        tell(AccountClosed(mia.id))
    assert owners() == {guest.id, unconfirmed.id, stays.id}
    with unit():
        empty_guests([again(guest).registrant_id])
    assert owners() == {unconfirmed.id, stays.id}
    with unit():
        delete_registrations([db.session.get_one(EventRegistration, unconfirmed.id)])
    assert owners() == {stays.id} and again(choice).voters_count == 1
    team = make.actor(role="coordinator")
    choices.stop(team, who_in(team, forum.id))
    choices.count(team, who_in(team, forum.id))
    assert owners() == set() and [one.placed for one in queries.list_candidates(forum.id)] == [2, 1, 0]


def test_a_place_that_is_given_back_takes_its_ballot_with_it_and_begins_anew_when_it_is_taken_again(
    forum, choice, make
):
    mia = make.user("Mia Membre")
    place, stays = place_in(make, forum, mia), place_in(make, forum)
    for one in (place, stays):
        places(make, choice, one, 2, 1)
    make.at(db.session.get_one(Event, forum.id), taken_in_person=2)
    registrations.cancel(Actor(mia.id), again(place))
    assert owners() == {stays.id} and again(choice).voters_count == 1
    make.at(place, state="in")
    assert queries.get_ballot(choice.id, again(place)) == {}


def test_a_place_that_an_account_takes_over_keeps_its_one_ballot(forum, choice, make):
    mia = make.user("Mia Membre")
    event = make.at(db.session.get_one(Event, forum.id), taken_in_person=1)
    place_in(make, forum, mia, state="cancelled")
    guest = comes(make, event, "Ana Sans Compte")
    make.at(db.session.get_one(Registrant, guest.registrant_id), email=mia.email)
    places(make, choice, guest, 2, 1)
    registrations.come(Actor(mia.id, is_confirmed=True), event, IN_PERSON)
    who = who_in(Actor(mia.id), forum.id)
    assert who.registration.id == guest.id and sorted(queries.get_ballot(choice.id, who.registration).values()) == [
        1,
        2,
    ]
    ballots.cast(Actor(mia.id), who, [0, 0, 3])
    assert owners() == {guest.id} and queries.count_voters(choice.id) == 1


def owners():
    db.session.rollback()
    return {place_id for (place_id,) in db.session.query(ChoiceDot.registration_id)}


def test_what_nobody_counted_is_erased_when_the_meeting_forgets_its_guests(forum, choice, make, clock):
    places(make, choice, place_in(make, forum), 2)
    with unit():
        ballots.fold(choice.id)
    retention.purge()
    clock.forward(days=89)
    retention.purge()
    assert count(ChoiceDot) == 1 and retention.count_overdue() == 0
    clock.forward(days=4)
    assert retention.count_overdue() == 1
    retention.purge()
    assert count(ChoiceDot) == retention.count_overdue() == 0
    # Who placed dots that are gone is counted no more.
    assert again(choice).voters_count == 0 and list_wrong() == []


def test_what_is_counted_is_counted_again_alike_and_a_wrong_sum_is_found(forum, choice, make):
    for _n in range(5):
        places(make, choice, place_in(make, forum), 2, 1)
    team = make.actor(role="coordinator")
    with unit():
        ballots.fold(choice.id)
    assert list_wrong() == []
    choices.stop(team, who_in(team, forum.id))
    choices.count(team, who_in(team, forum.id))
    assert list_wrong() == []
    first = queries.list_candidates(forum.id)[0]
    make.at(first, placed=3)
    assert [(one.counter, one.kept, one.counted) for one in list_wrong()] == [("choice_candidates.placed", 3, 10)]
    recount.repair()
    assert again(first).placed == 10
    with unit():
        run(
            delete(ChoiceBallot).where(
                ChoiceBallot.candidate_id.in_([one.id for one in queries.list_candidates(forum.id)])
            )
        )
    assert list_wrong() == []


# What a lot gives that puts ballots in the order of their words.
LOT = [1, 2, 3, 4, 5, 6]


def test_the_order_of_the_ballots_is_drawn_by_lot(forum, choice, make, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "app.choices.service.choices.SystemRandom",
        lambda: type("Lot", (), {"shuffle": lambda _self, rows: drawn.append(len(rows)) or rows.sort(key=str)})(),
    )
    for number in LOT[::-1]:
        places(make, choice, place_in(make, forum), number)
    team = make.actor(role="coordinator")
    choices.stop(team, who_in(team, forum.id))
    choices.count(team, who_in(team, forum.id))
    first = db.session.query(ChoiceCandidate.id).order_by(ChoiceCandidate.position).first()[0]
    assert drawn == [6] and [one[first] for one in queries.list_ballots(forum.id)] == LOT

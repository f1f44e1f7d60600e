"""Before the count nothing holds a total, and a ballot goes with whose it is; after it, nothing names anybody."""

import logging

import pytest
from sqlalchemy import delete

from app.accounts.signals import AccountClosed
from app.choices import retention
from app.choices.models import Choice, ChoiceBallot, ChoiceCandidate, ChoiceDot
from app.choices.queries import choices as queries
from app.choices.service import ballots, choices
from app.core.db import db, run
from app.core.signals import tell
from app.core.unit import unit
from app.events.models.registrations import EventRegistration
from app.events.retention import delete_registrations, empty_guests
from app.operations import recount
from tests.choices.stored import choice_in, converging, places, who_in
from tests.events.stored import at
from tests.forum.stored import place_in
from tests.support.door import comes
from tests.support.rows import again, count

# So many people place so many dots each: a sum that nothing else is.
VOTERS, DOTS = 99, 7
TOTAL = str(VOTERS * DOTS)


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


def test_before_the_count_no_page_file_log_or_column_holds_a_total(forum, choice, make, sign_in, visitor, caplog):
    caplog.set_level(logging.DEBUG)
    for _n in range(VOTERS):
        places(make, choice, place_in(make, forum), DOTS)
    mia = make.user("Mia Membre")
    place_in(make, forum, mia)
    team = make.user(role="coordinator")
    coordinator, member = sign_in(team), sign_in(mia)
    url = f"/forums/{forum.id}/convergence"
    for act in (None, "stopping"):
        if act:
            coordinator.submit(f"{url}/{act}", "form.form")
        for browser in (coordinator, member, visitor):
            pages = [url, f"/forums/{forum.id}", f"{url}/paper", f"{url}/counting", f"{url}/ballots.csv"]
            assert not [page for page in pages if TOTAL in browser.get(page).text]
        assert TOTAL not in list_cells() and TOTAL not in caplog.text and recount.list_differences() == []
    assert again(choice).voters_count == VOTERS
    coordinator.submit(f"{url}/counting", "form.form")
    assert TOTAL in visitor.get(url).text and TOTAL in list_cells() and recount.list_differences() == []


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


def owners():
    db.session.rollback()
    return {place_id for (place_id,) in db.session.query(ChoiceDot.registration_id)}


def test_what_nobody_counted_is_erased_when_the_meeting_forgets_its_guests(forum, choice, make, clock):
    places(make, choice, place_in(make, forum), 2)
    retention.purge()
    clock.forward(days=89)
    retention.purge()
    assert count(ChoiceDot) == 1 and retention.count_overdue() == 0
    clock.forward(days=4)
    assert retention.count_overdue() == 1
    retention.purge()
    assert count(ChoiceDot) == retention.count_overdue() == 0


def test_what_is_counted_is_counted_again_alike_and_a_wrong_sum_is_found(forum, choice, make):
    for _n in range(5):
        places(make, choice, place_in(make, forum), 2, 1)
    team = make.actor(role="coordinator")
    with unit():
        ballots.fold(choice.id)
    assert recount.list_differences() == []
    choices.stop(team, who_in(team, forum.id))
    choices.count(team, who_in(team, forum.id))
    assert recount.list_differences() == []
    first = queries.list_candidates(forum.id)[0]
    make.at(first, placed=3)
    assert [(one.counter, one.kept, one.counted) for one in recount.list_differences()] == [
        ("choice_candidates.placed", 3, 10)
    ]
    recount.repair()
    assert again(first).placed == 10
    with unit():
        run(
            delete(ChoiceBallot).where(
                ChoiceBallot.candidate_id.in_([one.id for one in queries.list_candidates(forum.id)])
            )
        )
    assert recount.list_differences() == []


def test_the_order_of_the_ballots_is_drawn_by_lot(forum, choice, make, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "app.choices.service.choices.SystemRandom",
        lambda: type("Lot", (), {"shuffle": lambda _self, rows: drawn.append(len(rows)) or rows.reverse()})(),
    )
    for number in range(1, 7):
        places(make, choice, place_in(make, forum), number)
    team = make.actor(role="coordinator")
    choices.stop(team, who_in(team, forum.id))
    choices.count(team, who_in(team, forum.id))
    first = db.session.query(ChoiceCandidate.id).order_by(ChoiceCandidate.position).first()[0]
    assert drawn == [6] and [one[first] for one in queries.list_ballots(forum.id)] == [6, 5, 4, 3, 2, 1]

"""Real connections at once: the count is the number of rows, whatever happens."""

import random

import pytest
from sqlalchemy import event, func, select

from app.core.db import db
from app.ideas.models import Idea
from app.votes import service
from app.votes.models import Vote
from tests.support.races import at_once

THREADS, ROUNDS = 16, 20


def counts(idea_id):
    db.session.rollback()
    rows = db.session.scalar(select(func.count()).where(Vote.idea_id == idea_id))
    return db.session.get_one(Idea, idea_id).votes_count, rows


def cast(actor, idea_id):
    return lambda: service.cast(actor, db.session.get_one(Idea, idea_id))


def withdraw(actor, idea_id):
    return lambda: service.withdraw(actor, db.session.get_one(Idea, idea_id))


def test_the_same_support_sent_many_times_at_once_counts_once(app, make):
    idea_id = make.idea().id
    for n in range(1, ROUNDS + 1):
        at_once(app, [cast(make.actor(), idea_id)] * THREADS)
        assert counts(idea_id) == (n, n)


def test_the_same_withdrawal_sent_many_times_at_once_counts_once(app, make):
    idea_id, actor = make.idea().id, make.actor()
    at_once(app, [cast(make.actor(), idea_id), cast(actor, idea_id)])
    at_once(app, [withdraw(actor, idea_id)] * THREADS)
    assert counts(idea_id) == (1, 1)


def test_supports_and_withdrawals_mixed_at_once_leave_a_true_count(app, make):
    idea_id, people, chance = make.idea().id, [make.actor() for _n in range(4)], random.Random(20)
    for _round in range(ROUNDS):
        acts = [chance.choice((cast, withdraw))(chance.choice(people), idea_id) for _n in range(THREADS)]
        at_once(app, acts)
        column_count, row_count = counts(idea_id)
        assert column_count == row_count


def test_the_race_is_run_on_connections_of_its_own(app, make):
    idea_id, actor, connection_ids = make.idea().id, make.actor(), set()

    def note(connection, *_rest):
        connection_ids.add(id(connection.connection.driver_connection))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        at_once(app, [cast(actor, idea_id)] * THREADS)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(connection_ids) > THREADS // 4 and counts(idea_id) == (1, 1)


@pytest.mark.soak
def test_a_thousand_rounds_of_fifty_supports_and_withdrawals_at_once(app, make):
    idea_id, people, chance = make.idea().id, [make.actor() for _n in range(10)], random.Random(21)
    for _round in range(1000):
        at_once(app, [chance.choice((cast, cast, withdraw))(chance.choice(people), idea_id) for _n in range(50)])
        column_count, row_count = counts(idea_id)
        assert column_count == row_count

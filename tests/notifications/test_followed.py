"""A member's first page says of what they follow what its audiences say that they are told, for every person."""

from collections import Counter, defaultdict
from typing import Any

import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy import delete, select, update

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core.db import db, run
from app.core.unit import unit
from app.notifications.models import Fact, Notice
from app.notifications.queries import audiences, followed
from app.notifications.service import facts
from app.notifications.topics import KINDS
from app.operations.demo import story

ALL = 1_000


@pytest.fixture
def demonstration(app: Flask) -> None:
    story.seed(hash_password)


def list_told(fact: Fact) -> dict[int, str]:
    """Return whom a fact is told to, each with the kind of what they are told."""
    audience = audiences.find_audience(fact)
    people = audiences.list_next_ids(fact, audience, ALL) if audience else ()
    if not (audience and people):
        return {}
    if not audience.kinds:
        return dict.fromkeys(people, fact.kind)
    best = audiences.select_best_paths(fact, audience, people[-1])
    return {user_id: kind for user_id, _thread_id, kind in db.session.execute(best)}


def untell() -> None:
    """Forget what was told, as if the worker had never come."""
    with unit():
        run(delete(Notice))
        run(update(Fact).values(told_at=None, told_to=0))


def test_each_person_reads_what_the_audiences_say_and_nothing_else(demonstration: None) -> None:
    untell()
    told: dict[int, Counter[Any]] = defaultdict(Counter)
    for fact in db.session.scalars(select(Fact).order_by(Fact.id)):
        for user_id, kind in list_told(fact).items():
            if kind in followed.KINDS and KINDS[kind].topic == "follow":
                told[user_id][kind, fact.update_id, fact.bulletin_id, fact.event_id] += 1
    while facts.tell_next():
        pass
    people = list(db.session.scalars(select(User.id).where(User.confirmed_at.is_not(None))))
    shown = {user_id: Counter(list_shown(user_id)) for user_id in people}
    kinds = {key[0] for found in shown.values() for key in found}
    assert kinds >= {
        "follow.idea",
        "follow.update",
        "follow.step",
        "follow.event",
        "chain.supporter",
        "linked.supporter",
    }
    wrong = {user_id: (told[user_id] - shown[user_id], shown[user_id] - told[user_id]) for user_id in people}
    assert {user_id: both for user_id, both in wrong.items() if any(both)} == {}


def list_shown(user_id: int) -> list[Any]:
    """Return what a person reads of what they follow, named as a fact names it."""
    found = followed.list_followed(actor_for(db.session.get_one(User, user_id)), ALL)
    assert not found or found[0].total == len(found)
    notices = {one.id: one for one in db.session.scalars(select(Notice).where(Notice.user_id == user_id))}
    return [
        (one.kind, notices[one.id].update_id, notices[one.id].bulletin_id, notices[one.id].event_id) for one in found
    ]

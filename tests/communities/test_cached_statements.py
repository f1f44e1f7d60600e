"""Statements that are built once: people with the same rights share them, and each is answered for themselves."""

import re
from dataclasses import fields, replace

from sqlalchemy import Select, select

from app import HOUSE
from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_key, reader_parameters
from app.core.actor import ANYONE, Actor
from app.core.db import db
from tests.support.make import Make


@cached_statement
def _select_own(actor: Actor, *columns: str) -> Select[tuple[int]]:
    query = select(User.id, *(getattr(User, name) for name in columns))
    return query.where(User.id == actor.id) if actor.is_someone else query.where(User.id < 0)


def test_people_who_read_the_same_share_a_statement_and_read_their_own(make: Make) -> None:
    room = make.community(is_private=True)
    first, second, insider = (
        make.actor(),
        make.actor(member_of=["transport-collectif"]),
        make.actor(member_of=[room.slug]),
    )
    assert _select_own(first) is _select_own(second) is not _select_own(insider)
    for actor in (first, second, insider):
        assert db.session.scalars(_select_own(actor), reader_parameters(actor)).all() == [actor.id]
    assert db.session.scalars(_select_own(ANYONE), reader_parameters(ANYONE)).all() == []


def test_each_shape_of_a_statement_is_its_own(make: Make) -> None:
    actor = make.actor()
    assert _select_own(actor, "name") is not _select_own(actor)
    [(number, name)] = db.session.execute(_select_own(actor, "name"), reader_parameters(actor)).all()
    assert (number, name.startswith("Personne")) == (actor.id, True)


def test_no_statement_reads_what_its_kind_of_actor_does_not_hold(make: Make) -> None:
    everything = replace(
        make.actor(facilitates=["transport-collectif"]),
        is_confirmed=False,
        is_suspended=True,
        is_new=True,
        owes_charter=True,
        holds=frozenset({1}),
        barred_ids=frozenset({1}),
    )
    kind = reader_key(everything)
    lost = [
        field.name
        for field in fields(Actor)
        if getattr(kind, field.name) != getattr(everything, field.name) and field.name != "id"
    ]
    reads = re.compile(rf"\bactor\.({'|'.join(lost)})\b")
    readers = [
        file
        for file in (HOUSE / "app").rglob("*.py")
        if {"queries", "queries.py", "twins.py", "sight.py"} & set(file.parts)
    ]
    assert len(lost) == 6 and len(readers) > 50
    assert [file.name for file in readers if reads.search(file.read_text())] == []

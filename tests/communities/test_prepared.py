"""Statements that are built once: people with the same rights share them, and each is answered for themselves."""
from sqlalchemy import Select, select

from app.accounts.models.people import User
from app.communities.prepared import prepared, values
from app.core.actor import ANYONE, Actor
from app.core.db import db
from tests.support.make import Make


@prepared
def _select_own(actor: Actor, *columns: str) -> Select[tuple[int]]:
    query = select(User.id, *(getattr(User, name) for name in columns))
    return query.where(User.id == actor.id) if actor.is_someone else query.where(User.id < 0)


def test_people_with_the_same_rights_share_a_statement_and_read_their_own(make: Make) -> None:
    first, second, outsider = make.actor(), make.actor(), make.actor(member_of=["transport-collectif"])
    assert _select_own(first) is _select_own(second) is not _select_own(outsider)
    for actor in (first, second, outsider):
        assert db.session.scalars(_select_own(actor), values(actor)).all() == [actor.id]
    assert db.session.scalars(_select_own(ANYONE), values(ANYONE)).all() == []


def test_each_shape_of_a_statement_is_its_own(make: Make) -> None:
    actor = make.actor()
    assert _select_own(actor, "name") is not _select_own(actor)
    [(number, name)] = db.session.execute(_select_own(actor, "name"), values(actor)).all()
    assert (number, name.startswith("Personne")) == (actor.id, True)

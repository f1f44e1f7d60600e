"""Who administers what, and who reads which line of the journal: the law, for everybody and in each state."""

from typing import Any

import pytest

from app.accounts import policy
from app.accounts.models.people import User
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.permits import can
from app.core.unit import unit
from app.journal import service as journal
from app.journal.models import Entry
from app.journal.queries import open_to
from tests.support.law import compare

HERE = "securite-alimentaire"
EVERYONE = "anyone unconfirmed member facilitator neighbour coordinator admin suspended"
LAW = {
    "nothing": {
        "access:read": "coordinator admin",
        "setting:edit": "admin",
        "charter:read": EVERYONE,
        "charter:edit": "coordinator",
    },
    "account of the member": {"account:change": "admin", "account:protect": "admin"},
    "account of the facilitator": {"account:change": "admin", "account:protect": "admin"},
    "account of the admin": {"account:change": "admin", "account:protect": ""},
    "account of the unconfirmed": {"account:change": "", "account:protect": ""},
    "account closed": {"account:change": "", "account:protect": ""},
    "account closed and never confirmed": {"account:change": "", "account:protect": ""},
    "line": {"journal:read": EVERYONE},
    "line of the site": {"journal:read": EVERYONE},
    "line of a private community": {"journal:read": "member coordinator"},
}


@pytest.fixture
def everybody(make: Any, people: dict[str, Actor]) -> dict[str, Actor]:
    room = make.community(slug="cercle", is_private=True)
    return people | {"member": make.actor(member_of=[room.slug])}


def subject(make: Any, name: str, everybody: dict[str, Actor]) -> Any:
    if name.startswith("account of"):
        return db.session.get_one(User, everybody[name.rpartition(" ")[2]].id)
    if name.startswith("account"):
        return make.user(closed_at=clock.now(), active=False, is_confirmed="never" not in name)
    rooms: dict[str, Any] = {
        "line": (HERE, False),
        "line of the site": (None, False),
        "line of a private community": ("cercle", True),
    }
    slug, is_private = rooms.get(name, (None, False))
    return Entry(id=1, community_id=make.room(slug).id if slug else None, is_private=is_private)


def test_each_right_is_had_by_exactly_those_named(make: Any, everybody: dict[str, Actor]) -> None:
    for name, rights in LAW.items():
        thing = None if name == "nothing" else subject(make, name, everybody)
        compare(rights, everybody, thing, name)


def test_nobody_has_an_account_nor_a_role_of_one() -> None:
    assert not policy.MANAGE.permits(ANYONE, User(id=None))
    assert not policy.ADMINISTER.permits(Actor(None, role="admin"), User(id=7, confirmed_at=clock.now()))


def test_the_lines_that_a_list_opens_are_those_of_the_law(make: Any, everybody: dict[str, Actor]) -> None:
    with unit():
        for slug, is_private in ((HERE, False), ("cercle", True), (None, False), (None, True)):
            journal.record("hide", community_id=make.room(slug).id if slug else None, is_private=is_private)
    for who, actor in everybody.items():
        ids = {line.id for line in db.session.query(Entry).where(open_to(actor))}
        assert ids == {line.id for line in db.session.query(Entry) if can(actor, "journal:read", line)}, who

"""The people of the synthetic contents, by mixed names of the demonstration; the first ones lead the communities."""

from typing import Any

from sqlalchemy import func, select

from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities.models import Facilitator, Membership
from app.core.bulk import load
from app.core.db import db
from app.core.text.plain import sort_key
from app.exchange.lines import batches
from app.operations.bench.plan import FIRST
from app.operations.demo import book

BATCH = 5000


def first_id(model: Any) -> int:
    """Return the id after the last one of a table."""
    return (db.session.scalar(select(func.max(model.id))) or 0) + 1


def add(number: int) -> range:
    """Add so many people, each in a community; return their ids."""
    ids = range(first_id(User), first_id(User) + number)
    names = [fact["name"].partition(" ")[::2] for fact in book.load("people")["people"]]
    for batch in batches(enumerate(ids), BATCH):
        load(User, [_person(n, user_id, names) for n, user_id in batch])
    rooms = [room.id for room in communities.get_rooms().all]
    member, charge = first_id(Membership), first_id(Facilitator)
    for batch in batches(enumerate(ids), BATCH):
        load(
            Membership,
            [
                {"id": member + n, "user_id": user_id, "community_id": rooms[n % len(rooms)], "joined_at": FIRST}
                for n, user_id in batch
            ],
        )
    load(
        Facilitator,
        [
            {"id": charge + n, "user_id": ids[n], "community_id": rooms[n % len(rooms)], "granted_at": FIRST}
            for n in range(2 * len(rooms))
        ],
    )
    return ids


def _person(n: int, user_id: int, names: list[tuple[str, str]]) -> dict[str, Any]:
    name = f"{names[n % len(names)][0]} {names[n // len(names) % len(names)][1]}"
    return {
        "id": user_id,
        "email": f"bench-{n + 1}@exemple.test",
        "name": name,
        "sort_key": sort_key(name),
        "is_demo": True,
        "fs_uniquifier": f"bench-{n + 1}",
        "confirmed_at": FIRST,
        "created_at": FIRST,
        "trusted_at": FIRST,
        "shows_activity": True,
    }

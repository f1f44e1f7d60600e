"""A square that this process built a moment ago: its rows are put back instead of building it again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect

from app.core import clock
from app.core.db import Model, db
from tests.support.house import House
from tests.support.make import Make
from tests.support.world import World

# Some things of a square are new, and may be corrected for a while: a copy that is older is built again.
LIFETIME = timedelta(minutes=5)


# When each was built, the last number that `make` had given then, and what it holds.
_copies: dict[tuple[str, str], tuple[datetime, int, World]] = {}


def build_once(house: House, make: Make, name: str, build: Callable[[], World]) -> World:
    """Return what `build` stores, from a copy where there is one under this name.

    Call it on a database in its reference state, which the copy replaces.
    """
    assert not make.last_number, "name the square before what writes"
    built_at, last_number, world = _copies.get((house.engine, name), (clock.now() - LIFETIME, 0, None))
    if world and abs(clock.now() - built_at) < LIFETIME:
        db.session.rollback()
        house.state.restore(name)
        house.forget()
        make.last_number = last_number
        return World(**_read_again(vars(world)))
    now, world = clock.now(), build()
    db.session.rollback()
    house.state.keep(name)
    _copies[house.engine, name] = now, make.last_number, world
    return World(**_read_again(vars(world)))


def _read_again(value: Any) -> Any:
    """Read each row in the session of this test: it belongs to that of the test that made it."""
    if isinstance(value, dict):
        return {name: _read_again(one) for name, one in value.items()}
    return db.session.get_one(type(value), inspect(value).identity) if isinstance(value, Model) else value

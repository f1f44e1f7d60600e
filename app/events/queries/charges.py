"""Who has a charge of a meeting, at its door or of its minutes."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.actor_rows import RowName, select_actor_row
from app.core import clock
from app.core.db import Moment, constant, db
from app.events.models.meetings import CANCELLED, Event
from app.events.models.running import CHARGE_HOURS, EventCharge

ENDED = bindparam("charges_ended", type_=Moment, callable_=partial(clock.ago, hours=CHARGE_HOURS))


def in_force() -> ColumnElement[bool]:
    """Match, where the meeting is joined, the charges that have not ended."""
    return Event.ends_at > ENDED


def select_actor_rows(account: Any) -> list[Select[Any]]:
    """Select the meetings whose door an account keeps, and those whose minutes it writes, as facts of its actor."""
    kinds: tuple[RowName, ...] = ("door", "secretary")
    return [
        select_actor_row(kind, EventCharge.event_id)
        .join(Event, Event.id == EventCharge.event_id)
        .where(
            EventCharge.user_id == account,
            EventCharge.kind == constant(kind),
            Event.status != constant(CANCELLED),
            in_force(),
        )
        for kind in kinds
    ]


def list_charges(event_id: int, kind: str) -> Sequence[EventCharge]:
    """Return who has this charge of a meeting, the first to be named first; whether it has ended is the meeting's."""
    query = select(EventCharge).where(EventCharge.event_id == event_id, EventCharge.kind == kind)
    query = query.options(joinedload(EventCharge.user).load_only(User.name, User.closed_at))
    return db.session.scalars(query.order_by(EventCharge.given_at, EventCharge.user_id)).all()

"""Measures that somebody may ask to have looked at again, and the appeals that wait."""
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import aliased

from app.communities.models import Restriction
from app.communities.queries import in_force
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import SIZE, Order, Page, place, read_place
from app.core.permits import Permission
from app.moderation.models.cases import Appeal
from app.moderation.models.dossiers import Content, Contested
from app.moderation.models.measures import Measure
from app.moderation.policy.cases import MAY_BE_APPEALED, MEASURE_APPEAL, OUT_OF_SIGHT, TIME_TO_APPEAL
from app.moderation.queries import contents

ORDERS = {
    "open": Order(Appeal.at, Appeal.id, descending=False, id_descending=False),
    "granted": Order(Appeal.decided_at, Appeal.id), "refused": Order(Appeal.decided_at, Appeal.id)}
SIGHT = ("hide", "restore", "publish", "refuse")


def of_measure(actor: Actor, measure_id: int, permission: Permission) -> Contested:
    """The only way from a number in an address to a measure; the absent and the forbidden answer alike."""
    return _permitted(actor, find(actor, Measure.id == measure_id), permission)


def one(actor: Actor, appeal_id: int, permission: Permission) -> Contested:
    """The only way from a number in an address to an appeal; the absent and the forbidden answer alike."""
    return _permitted(actor, find(actor, Appeal.id == appeal_id), permission)


def contested_by(appeal: Appeal) -> Measure:
    """Return the measure that an appeal is against."""
    return db.session.get_one(Measure, appeal.measure_id)


def _permitted(actor: Actor, contested: Contested | None, permission: Permission) -> Contested:
    if contested is None or not permission.permits(actor, contested):
        raise NotFound()
    return contested


def find(actor: Actor, which: ColumnElement[bool]) -> Contested | None:
    """Read a measure and its appeal anew, whoever asks; for a command, which asks the permission itself."""
    query = contested(actor).where(which).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    return read(row) if row else None


def several(actor: Actor, which: ColumnElement[bool]) -> list[Contested]:
    """Read some measures with their appeals; whoever asks has made sure that they are this person's to read."""
    return [read(row) for row in db.session.execute(contested(actor).where(which)).all()]


def contested(actor: Actor) -> Select[Any]:
    """Select measures, each with its content, its appeal and whether it holds no more; `read` makes one of a row."""
    is_party = or_(contents.led_to_by(actor), contents.joined_to_own(actor))
    query = select(Measure, Appeal, is_over().label("is_over"), is_party.label("is_party"))
    return contents.joined(query.outerjoin(Appeal, Appeal.measure_id == Measure.id), Measure)


def read(row: Any) -> Contested:
    return Contested(row.Measure, contents.of(row), row.Appeal, bool(row.is_over), bool(row.is_party))


def is_over() -> ColumnElement[bool]:
    """Match the measures that hold no more: undone, followed by another on the same content, or at their end.

    `dossiers.is_as_left` says the rest, from what the content is now.
    """
    other = aliased(Measure)
    same = or_(*(getattr(other, column) == getattr(Measure, column) for column in contents.COLUMNS.values()))
    undone = exists().where(other.undoes_id == Measure.id)
    followed = exists().where(other.id > Measure.id, other.kind.in_(SIGHT), same)
    unlocked = exists().where(other.id > Measure.id, other.kind == "unlock", same)
    holds = exists().where(Restriction.id == Measure.data["restriction"].as_integer(), in_force())
    return or_(
        undone, and_(Measure.kind.in_(SIGHT), followed), and_(Measure.kind == "lock", unlocked),
        and_(Measure.kind.in_(("suspend", "block")), not_(holds)))


def for_team(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, the measures of a person's own communities that do not concern them.

    It is the SQL twin of `decides_on_it` and `is_not_concerned`: where the content stands now, or where it was
    taken on a person.
    """
    on_person = and_(Measure.user_id.is_not(None), Measure.community_id.in_(actor.facilitates))
    not_on_me = or_(Measure.user_id.is_(None), Measure.user_id != actor.id)
    return and_(or_(contents.in_charge(actor), on_person, for_want_of_another(actor)),
                contents.not_written_by(actor), not_on_me)


def for_want_of_another(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, what took out of sight a content that this person decides on (`stands_in`)."""
    return and_(Measure.kind.in_(OUT_OF_SIGHT), contents.stands_in(actor))


def listing(actor: Actor, state: str, *, after: str = "", size: int = SIZE) -> Page[Contested]:
    """Give the appeals of one's own communities in one state: the open ones from the oldest, the others the last."""
    order = ORDERS[state]
    query = contested(actor).where(Appeal.state == state, for_team(actor))
    query = query.where(order.after(*read_place(after, datetime))) if after else query
    rows = db.session.execute(order.apply(query).limit(size + 1)).all()
    last = rows[size - 1].Appeal if len(rows) > size else None
    following = place(getattr(last, order.column.key), last.id) if last else None
    return Page([read(row) for row in rows[:size]], following, is_first=not after)


def against(content: Content) -> int:
    """Find the measure that took a content out of sight."""
    query = select(Measure.id).where(contents.about(Measure, content), Measure.kind.in_(OUT_OF_SIGHT))
    measure_id = db.session.scalar(query.order_by(Measure.id.desc()).limit(1))
    if measure_id is None:
        raise NotFound()
    return measure_id


def offered(actor: Actor, ids: Collection[int]) -> set[int]:
    """Tell against which of these measures this person may still appeal."""
    if not ids:
        return set()
    recent = Measure.at > clock.now() - TIME_TO_APPEAL
    query = contested(actor).where(Measure.id.in_(ids), Measure.kind.in_(MAY_BE_APPEALED), recent)
    rows = db.session.execute(query).all()
    return {row.Measure.id for row in rows if MEASURE_APPEAL.permits(actor, read(row))}


def is_granted(measure_id: int) -> bool:
    """Tell whether a measure was undone because somebody appealed."""
    query = select(Appeal.id).where(Appeal.measure_id == measure_id, Appeal.state == "granted")
    return db.session.scalar(query) is not None


def own(actor: Actor, *, limit: int = 50) -> Sequence[Appeal]:
    """Give the last appeals of a person."""
    query = select(Appeal).where(Appeal.user_id == actor.id).order_by(Appeal.id.desc())
    return db.session.scalars(query.limit(limit)).all()

"""An idea that waits for a first word, for a member who has two minutes: near them, and not the same as for others."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, literal, or_, select

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.communities.cached_statements import ME, cached_statement, is_by_another, reader_parameters
from app.core import clock, dialect, versions
from app.core.actor import Actor
from app.core.db import Moment, constants, db, numbers_parameter
from app.ideas.indexes import IS_QUIET
from app.ideas.models import OPEN, Idea, IdeaCommunity, IdeaTerritory
from app.ideas.queries.lists import SORTS
from app.reference.queries import get_catalogue

LOOK = 1_000
"""Among how many of the last ideas that nobody answered one is looked for."""
MOST = 200
HERE, AROUND, ROOMS = numbers_parameter("here"), numbers_parameter("around"), numbers_parameter("rooms")
BEFORE = bindparam("before", type_=Moment)
NEAR = ("here", "around", "rooms")
"""Why it is shown: it names the place of the member, or the rest of their MRC, or is of one of their communities."""


class Quiet(NamedTuple):
    """An idea that nobody commented on; `near` is an index of `NEAR`."""

    id: int
    slug: str
    title: str
    lang: str
    kind: str
    excerpt: str
    community_id: int | None
    author_name: str | None
    author_closed_at: datetime | None
    near: int


@dataclass(frozen=True)
class TwoMinutes:
    """The idea, and whether another one is left for today."""

    idea: Quiet
    has_other: bool


def find_two_minutes(member: Actor, territory_id: int | None, day: date, skip: int = 0) -> TwoMinutes | None:
    """Return a public idea without any comment, older than 24 hours when the day began, that the member did not write.

    Those of their municipality come first, then of their MRC, then of their communities; needs before others. `skip`
    passes over so many: none comes twice in a day, and each person has an order of their own.
    """
    found = sorted(_list_quiet(member, territory_id, day), key=lambda idea: _rank(idea, member.own_id, day))
    return TwoMinutes(found[skip], skip + 1 < len(found)) if skip < len(found) else None


def _rank(idea: Quiet, person: int, day: date) -> tuple[int, bool, bytes]:
    place = blake2b(f"{day:%Y%m%d} {person} {idea.id}".encode(), digest_size=8).digest()
    return idea.near, idea.kind != "need", place


def _list_quiet(member: Actor, territory_id: int | None, day: date) -> list[Quiet]:
    here, around = _list_places(territory_id)
    rooms = sorted(member.memberships | member.facilitates)
    if not (here or around or rooms):
        return []
    before = datetime.combine(day, time(), clock.ZONE) - timedelta(days=1)
    values = {"here": here, "around": around, "rooms": rooms, "before": before}
    found = versions.get_or_load(
        ("quiet", member.id, territory_id, *rooms, before), lambda: _load_quiet(member, values)
    )
    return [idea for idea in found if idea.community_id not in member.barred_ids]


def _load_quiet(member: Actor, values: dict[str, Any]) -> list[Quiet]:
    rows = db.session.connection().execute(_select_quiet(member), reader_parameters(member, **values))
    return [Quiet._make(row) for row in rows]


def _list_places(territory_id: int | None) -> tuple[list[int], list[int]]:
    """Return the ids of the place itself, and of all that is in its MRC."""
    catalogue = get_catalogue()
    place = catalogue.place.get(territory_id or 0)
    if place is None:
        return [], []
    return [place.id], [one.id for one in catalogue.within(catalogue.parent(place) or place)]


@cached_statement
def _select_quiet(_member: Actor) -> Select[Any]:
    order = SORTS["recent"][0]
    seen = order.apply(select(Idea.id, _near().label("near")).where(IS_QUIET, Idea.published_at < BEFORE))
    looked_at = seen.limit(LOOK).subquery()
    passing = select(looked_at).where(looked_at.c.near < len(NEAR)).subquery()
    idea = Idea.id, Idea.slug, Idea.title, Idea.lang, Idea.kind, Idea.excerpt, Idea.community_id
    query = select(*idea, User.name.label("author_name"), User.closed_at.label("author_closed_at"), passing.c.near)
    query = query.join(passing, passing.c.id == Idea.id).join(Thread, Thread.id == Idea.thread_id)
    query = query.outerjoin(User, User.id == Idea.author_id)
    is_open = dialect.unindexed(Idea.status).in_(constants(OPEN))
    said = select(Comment.id).where(Comment.thread_id == Idea.thread_id, dialect.unindexed(Comment.author_id) == ME)
    query = query.where(
        is_by_another(Idea.author_id), is_open, Thread.locked_at.is_(None), ~said.correlate(Idea).exists()
    )
    return query.order_by(passing.c.near, Idea.id.desc()).limit(MOST)


def _near() -> Any:
    in_room = or_(
        dialect.unindexed(Idea.community_id).in_(ROOMS),
        dialect.has_row(
            select(IdeaCommunity.idea_id).where(IdeaCommunity.idea_id == Idea.id, IdeaCommunity.community_id.in_(ROOMS))
        ),
    )
    return case((_names(HERE), literal(0)), (_names(AROUND), literal(1)), (in_room, literal(2)), else_=literal(9))


def _names(places: Any) -> Any:
    table = IdeaTerritory
    return dialect.has_row(select(table.idea_id).where(table.idea_id == Idea.id, table.territory_id.in_(places)))

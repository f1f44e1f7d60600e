"""What moved lately in what a person follows, as they were told of it: for their own first page.

Whoever follows what is decided in one place, by the audiences of `audiences.py`: the worker wrote a notice for each
person, with what led to them. Nothing here asks again who follows; what is said in threads stays on their pages.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from app.communities.cached_statements import ME, cached_statement, reader_parameters
from app.core import dialect
from app.core.actor import Actor
from app.core.db import constant, constants, db, number_parameter
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.notifications.models import Notice
from app.notifications.queries import follows
from app.notifications.queries.notices import LAST, is_still_told
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.reference.models import Tag
from app.updates.models import Update
from app.votes.models import Vote

TIED = ("linked.supporter", "linked.follower", "unlinked.supporter", "unlinked.follower")
OF_IDEAS = ("follow.idea", "follow.step", *TIED)
OF_ACTIONS = ("chain.supporter", "chain.follower", "chain.action", "plan.changed")
OF_EVENTS = ("follow.event", *(f"{what}.follower" for what in ("moved", "changed", "cancelled", "minutes")))
KINDS = (*OF_IDEAS, "follow.update", *OF_ACTIONS, *OF_EVENTS)
"""What is shown: all that followers are told, but talk, topics of forums and ideas that are joined or parted."""


class Thing(NamedTuple):
    """An idea, an update, an action or a meeting, with the first words of what it says."""

    id: int
    title: str
    lang: str
    community_id: int | None
    text: str
    slug: str
    kind: str


class Said(NamedTuple):
    """A bulletin of an action."""

    at: datetime
    lang: str
    body_html: str
    state: str
    state_before: str

    @property
    def has_moved(self) -> bool:
        return self.state != self.state_before


class FollowedNews(NamedTuple):
    """What happened (`kind`, a key of `topics.KINDS`, with its `facts`), to what, and by what its reader follows it.

    `idea` is the one by which they hear of an action, where `action` is told of; `tag` is what the tag that led to them
    is called now. `id` is that of the notice; `total` is how many there are among the last things that they were told.
    """

    id: int
    kind: str
    facts: dict[str, Any]
    at: datetime
    is_supported: bool
    tag: str | None
    total: int
    idea: Thing | None
    update: Thing | None
    action: Thing | None
    event: Thing | None
    bulletin: Said | None


def list_followed(actor: Actor, size: int) -> list[FollowedNews]:
    """Return the last things that a person was told of what they follow, the newest first."""
    rows = db.session.connection().execute(_select(actor), reader_parameters(actor, limit=size))
    return [_make(tuple(row)) for row in rows]


def _make(row: tuple[Any, ...]) -> FollowedNews:
    first = len(FollowedNews._fields) - 5
    things = [row[first + n * len(Thing._fields) :][: len(Thing._fields)] for n in range(4)]
    said = row[first + 4 * len(Thing._fields) :]
    found = [Thing._make(thing) if thing[0] else None for thing in things]
    return FollowedNews._make((*row[:first], *found, Said._make(said) if said[0] else None))


@cached_statement
def _select(actor: Actor) -> Select[Any]:
    last = select(Notice.id).where(Notice.user_id == ME).order_by(Notice.id.desc()).limit(LAST).subquery()
    query: Any = select(Notice.id, func.count().over().label("total")).join(last, last.c.id == Notice.id)
    query = query.where(Notice.topic == constant("follow"), Notice.kind.in_(constants(KINDS)), is_still_told(actor))
    told = query.order_by(Notice.id.desc()).limit(number_parameter("limit")).subquery()
    supported = dialect.has_row(select(Vote.id).where(Vote.idea_id == Notice.idea_id, Vote.user_id == ME))
    named = aliased(Tag)
    query = select(Notice.id, Notice.kind, Notice.facts, Notice.at, supported, Tag.name, told.c.total, *_columns())
    query = query.join(told, told.c.id == Notice.id)
    for table, column in ((Idea, Notice.idea_id), (Update, Notice.update_id), (Action, Notice.action_id)):
        query = query.outerjoin(table, table.id == column)
    query = query.outerjoin(Event, Event.id == Notice.event_id).outerjoin(Bulletin, Bulletin.id == Notice.bulletin_id)
    led_by_tag = and_(named.id == Notice.facts["of"].as_integer(), Notice.facts["by"].as_string() == constant("tag"))
    query = query.outerjoin(named, led_by_tag)
    query = query.outerjoin(Tag, and_(Tag.id == func.coalesce(named.merged_into, named.id), follows.is_borne(actor)))
    return query.order_by(Notice.id.desc())


def _columns() -> list[Any]:
    nothing, french = constant(""), constant("fr")
    return [
        *(Idea.id, Idea.title, Idea.lang, Idea.community_id, Idea.excerpt, Idea.slug, Idea.kind),
        *(Update.id, Update.title, Update.lang, Update.community_id, Update.excerpt, nothing, constant("update")),
        *(Action.id, Action.title, french, Action.community_id, nothing, nothing, constant("action")),
        *(Event.id, Event.title, Event.lang, Event.community_id, Event.excerpt, nothing, constant("event")),
        *(Bulletin.at, Bulletin.lang, Bulletin.body_html, Bulletin.state, Bulletin.state_before),
    ]

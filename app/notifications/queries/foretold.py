"""How many people a link of the plan would be told to, counted before it is made as the worker then tells it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.ideas.models import Idea
from app.notifications import topics
from app.notifications.models import Fact, NoticePace
from app.notifications.queries import audiences, plan_recipients
from app.plan.models.structure import Action
from app.plan.queries import voices

EVERYBODY = 2**31 - 1
"""The largest number of an account."""


def count_told_of_links(
    actor: Actor, idea_ids: Collection[int], action: Action | None = None, *, proposed_by: int | None = None
) -> dict[int, int]:
    """Return, by the id of an idea, how many people hear that this person links it: `proposed_by` among them.

    Without an action it is how many at the most: those who want to hear nothing of it are not known yet.
    """
    if not idea_ids:
        return {}
    told = dict(db.session.execute(_count_by_voice(actor, idea_ids, action, proposed_by)).tuples().all())
    direct = int(proposed_by not in (None, actor.id) and _hears_directly(proposed_by))
    return {idea_id: told.get(idea_id, 0) + direct for idea_id in idea_ids}


def _count_by_voice(
    actor: Actor, idea_ids: Collection[int], action: Action | None, proposed_by: int | None
) -> Select[tuple[int, int]]:
    """Count the people of each idea by the best path that leads to them: what they chose of its topic decides."""
    fact = Fact(kind="linked", by_id=actor.id, at=clock.now(), told_to=0)
    ids = voices.select_ids_of(ANYONE, idea_ids)
    audience = plan_recipients.address_link(fact, ids, action, proposed_by)
    who, thread_id, kind, rank = audiences.unite_paths(fact, audience, EVERYBODY).c
    place = func.row_number().over(partition_by=(voices.LEAD, who), order_by=rank)
    found = select(voices.LEAD.label("lead"), who.label("user_id"), kind.label("kind"), place.label("place"))
    best = found.join(Idea, Idea.thread_id == thread_id).subquery()
    topic = case({one: topics.get_topic(one) for one in audience.kinds}, value=best.c.kind)
    query = select(best.c.lead, func.count()).join(User, User.id == best.c.user_id)
    query = query.outerjoin(NoticePace, and_(NoticePace.user_id == User.id, NoticePace.topic == topic))
    return query.where(best.c.place == 1, _hears()).group_by(best.c.lead)


def _hears_directly(user_id: Any) -> bool:
    """Tell whether somebody hears that the link they proposed was accepted."""
    topic = NoticePace.topic == topics.get_topic("link.accepted")
    query = select(User.id).outerjoin(NoticePace, and_(NoticePace.user_id == User.id, topic))
    return db.session.scalar(query.where(User.id == user_id, _hears())) is not None


def _hears() -> ColumnElement[bool]:
    """Match, where what they chose of a topic is joined, the accounts that hear of it (`service/notices.py`)."""
    return and_(User.closed_at.is_(None), or_(NoticePace.pace.is_(None), NoticePace.pace != "never"))

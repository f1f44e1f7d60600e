"""The law of who decides on what, in SQL: what a list offers is what an act would take."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from app.communities import policy
from app.communities.queries import get_rooms
from app.core.actor import Actor
from app.core.permits import noun


def of_another(actor: Actor, model: Any) -> ColumnElement[bool]:
    """SQL twin of `permits.is_of_another`; it also matches the rows that are not there, where contents are joined."""
    wrote = or_(model.author_id.is_(None), model.author_id != actor.id)
    return or_(model.id.is_(None), and_(wrote, model.id.not_in(actor.reported_ids(noun(model)))))


def stands_in(actor: Actor, place: Any, author_id: Any) -> ColumnElement[bool]:
    """SQL twin of `policy.stands_in`, for a table that knows its community and a column that names the author."""
    if not actor.facilitates:
        return false()
    lone = [(room, policy.alone_in_charge(actor, room)) for room in (None, *get_rooms().by_id)]
    authors = [who for _room, who in lone if who]
    return and_(
        author_id.in_(authors),
        or_(
            false(),
            *(
                and_(place.community_id.is_not_distinct_from(room), place.is_private.is_(False), author_id == who)
                for room, who in lone
                if who
            ),
        ),
    )

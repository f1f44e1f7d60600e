"""Under which communities an idea may be placed: what is said among members stays among them."""

from collections.abc import Collection

from sqlalchemy import delete, update

from app.comments import threads
from app.communities import policy as communities
from app.communities.queries import get_rooms, is_private
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import delete_once, insert_once
from app.core.errors import N_, Invalid
from app.ideas.models import Idea, IdeaCommunity, StatusChange

NOT_OFFERED = N_("Choisissez une communauté de la liste.")
ALONE = N_("Une contribution d'une communauté privée n'en concerne pas d'autre.")
ARCHIVED = N_("Cette communauté est archivée : elle ne porte plus de nouvelles idées.")
BARRED = N_("Vous ne pouvez pas participer en ce moment à l'une de ces communautés.")
NOT_BESIDE = N_("Une communauté privée ne peut pas figurer parmi les autres communautés concernées.")


def set_communities(actor: Actor, idea: Idea, community_id: int | None, others: Collection[int] = ()) -> None:
    """Put an idea under a community that its author sees, beside others, or say why not.

    Once it was submitted its lead stays: only a move or a hand-over changes it.
    """
    if idea.is_draft:
        _offer(actor, idea, community_id)
        set_lead(idea, community_id)
    _check(actor, idea, {other for other in others if other != idea.community_id})


def _offer(actor: Actor, idea: Idea, community_id: int | None) -> None:
    """Refuse a community that this person is not offered."""
    room = get_rooms().by_id.get(community_id or 0)
    is_offered = room is None or (communities.READ.permits(actor, room) and not room.is_archived)
    if community_id != idea.community_id and not is_offered:
        raise Invalid(NOT_OFFERED, "community")


def _check(actor: Actor, idea: Idea, beside: set[int]) -> None:
    """Refuse what would bring a private community and another one together, and a place where one is barred."""
    if not idea.is_draft and not actor.barred_ids.isdisjoint({idea.community_id, *beside}):
        raise Invalid(BARRED, "communities")
    if beside and is_private(idea.community_id):
        raise Invalid(ALONE, "communities")
    if any(map(is_private, beside)):
        raise Invalid(NOT_BESIDE, "communities")


def is_closed(community_id: int | None) -> bool:
    """Tell whether a community was archived: what it leads stays, and nothing new enters it."""
    room = get_rooms().by_id.get(community_id or 0)
    return room is not None and room.is_archived


def check_current(community_id: int | None) -> None:
    """Refuse a community that was archived, perhaps since it was chosen."""
    if is_closed(community_id):
        raise Invalid(ARCHIVED, "community")


def set_lead(idea: Idea, community_id: int | None) -> None:
    """Write down which community leads an idea; its privacy follows."""
    idea.community_id, idea.is_private = community_id, is_private(community_id)


def change_lead(idea: Idea, community_id: int | None, *, beside: int | None = None) -> bool:
    """Let another community lead an idea; tell whether it was among those that it also concerned.

    The steps keep the community that led then. `beside` names one that the idea concerns again, to undo a move. It is
    for a command that asked whether the idea may move.
    """
    run(
        update(StatusChange)
        .where(StatusChange.idea_id == idea.id, StatusChange.community_id.is_(None))
        .values(community_id=idea.community_id)
        .execution_options(synchronize_session=False)
    )
    set_lead(idea, community_id)
    was_beside = delete_once(
        delete(IdeaCommunity).where(IdeaCommunity.idea_id == idea.id, IdeaCommunity.community_id == community_id)
    )
    if beside is not None:
        insert_once(IdeaCommunity, idea_id=idea.id, community_id=beside)
    threads.sync(idea.thread_id, community_id=idea.community_id, is_private=idea.is_private)
    return was_beside

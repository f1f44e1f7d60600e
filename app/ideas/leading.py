"""Under which communities an idea may be placed: what is said among members stays among them."""
from collections.abc import Collection

from sqlalchemy import delete, update

from app.comments import service as comments
from app.communities import policy as communities
from app.communities.queries import catalogue, is_private
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import delete_once, insert_once
from app.core.errors import N_, Invalid
from app.ideas.models import Idea, IdeaCommunity, StatusChange

NOT_OFFERED = N_("Choisissez une communauté de la liste.")
STAYS = N_("Cette contribution a été publiée dans une communauté privée : elle y reste.")
STAYS_TO_BE_READ = N_("Cette contribution attend d'être lue dans une communauté privée : elle y reste.")
STAYS_PUBLIC = N_("Cette contribution est publique : elle ne peut pas entrer dans une communauté privée.")
ALONE = N_("Une contribution d'une communauté privée n'en concerne pas d'autre.")
BARRED = N_("Vous ne pouvez pas participer en ce moment à l'une de ces communautés.")
NOT_BESIDE = N_("Une communauté privée ne peut pas figurer parmi les autres communautés concernées.")


def lead(actor: Actor, idea: Idea, community_id: int | None, others: Collection[int] = ()) -> None:
    """Put an idea under a community that its author sees, beside others, or say why not."""
    room = catalogue().by_id.get(community_id or 0)
    is_offered = room is None or (communities.READ.permits(actor, room) and not room.is_archived)
    if community_id != idea.community_id and not is_offered:
        raise Invalid(NOT_OFFERED, "community")
    keep_apart(idea, community_id)
    beside = [other for other in others if other != community_id]
    if not idea.is_draft and not actor.barred.isdisjoint((community_id, *beside)):
        raise Invalid(BARRED, "community")
    if beside and is_private(community_id):
        raise Invalid(ALONE, "communities")
    if any(map(is_private, beside)):
        raise Invalid(NOT_BESIDE, "communities")
    settle(idea, community_id)


def keep_apart(idea: Idea, community_id: int | None) -> None:
    """Refuse to bring out what was published among members, or in what everybody has read.

    What waits stays with the team that reads it: its notes and its reasons are not for another one.
    """
    if idea.is_draft or community_id == idea.community_id:
        return
    if idea.is_private:
        raise Invalid(STAYS_TO_BE_READ if idea.status == "pending" else STAYS, "community")
    if is_private(community_id) and idea.status != "pending":
        raise Invalid(STAYS_PUBLIC, "community")


def settle(idea: Idea, community_id: int | None) -> None:
    """Write down which community leads an idea; its privacy follows."""
    idea.community_id, idea.is_private = community_id, is_private(community_id)


def entrust(idea: Idea, community_id: int | None, *, beside: int | None = None) -> bool:
    """Let another community lead an idea; tell whether it was among those that the idea also concerned.

    The steps keep the community that led then. `beside` names one that the idea concerns again, to undo a move. It is
    for a command that asked whether the idea may move.
    """
    run(update(StatusChange).where(StatusChange.idea_id == idea.id, StatusChange.community_id.is_(None))
        .values(community_id=idea.community_id).execution_options(synchronize_session=False))
    settle(idea, community_id)
    was_beside = delete_once(delete(IdeaCommunity).where(
        IdeaCommunity.idea_id == idea.id, IdeaCommunity.community_id == community_id))
    if beside is not None:
        insert_once(IdeaCommunity, idea_id=idea.id, community_id=beside)
    comments.keep_thread(idea.thread_id, community_id=idea.community_id, is_private=idea.is_private)
    return was_beside

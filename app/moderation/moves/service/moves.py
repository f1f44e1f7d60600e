"""Moving: an idea to another community, a comment and what answers it to another idea."""

from sqlalchemy import update

from app.comments import moving
from app.comments import policy as comments_policy
from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.communities.policy import facilitates, have_same_readers
from app.communities.queries import Room
from app.core import clock
from app.core.actor import Actor
from app.core.db import constant, run
from app.core.errors import N_, Conflict, Forbidden, Invalid
from app.core.permits import require
from app.core.unit import command
from app.ideas import lead_community
from app.ideas import policy as ideas_policy
from app.ideas.models import Idea
from app.moderation.measures.models import Measure
from app.moderation.measures.service.record import record_on_content
from app.moderation.moves import policy
from app.moderation.moves.models import Handover, MoveRequest

SAME_ROOM = N_("L'idée est déjà à cette communauté.")
SHELTERED = N_("Ce qui est écrit dans une communauté privée y reste, et rien n'y entre d'ailleurs.")
SAME_IDEA = N_("Ce commentaire est déjà sous cette idée.")
NOT_BACK_THERE = N_(
    "La communauté d'où vient cette idée a été archivée depuis : l'idée n'y retourne pas, et reste où "
    "elle est. Si ce n'est pas sa place, confiez-la à une autre."
)
NOT_BACK = N_("L'endroit d'où vient ce commentaire n'est plus public, ou n'est pas à votre équipe.")
CLOSED = N_("Cette idée n'accepte pas de commentaires : elle est masquée, fermée ou son fil est verrouillé.")


@command
def move_idea(actor: Actor, idea: Idea, room: Room, *, reason: str) -> None:
    """Let another community lead an idea, as somebody who has the charge of both (or as a coordinator).

    Raise Invalid for a community that could not lead it, Forbidden without the right to.
    """
    check_room(idea, room)
    require(actor, ideas_policy.MOVE, idea)
    require(actor, policy.TAKE_THE_LEAD, room)
    change_lead(actor, idea, room.id, kind="move", reason=reason)


def check_room(idea: Idea, room: Room) -> None:
    """Raise Invalid for a community that can't lead this idea."""
    if idea.is_private or room.is_private:
        raise Invalid(SHELTERED, "community")
    if idea.community_id == room.id:
        raise Invalid(SAME_ROOM, "community")
    lead_community.check_current(room.id)


def change_lead(
    actor: Actor,
    idea: Idea,
    community_id: int | None,
    *,
    kind: str,
    reason: str,
    beside: int | None = None,
    undoes_id: int | None = None,
) -> None:
    """Change the lead of an idea and record it; its open hand-over and request are closed."""
    before = idea.community_id
    was_beside = lead_community.change_lead(idea, community_id, beside=beside)
    run(
        update(Handover)
        .where(Handover.idea_id == idea.id, Handover.state == constant("open"))
        .values(state="cancelled", decided_at=clock.now(), decided_by=actor.id)
    )
    run(
        update(MoveRequest)
        .where(MoveRequest.idea_id == idea.id, MoveRequest.state == constant("open"))
        .values(state="closed", decided_at=clock.now(), decided_by=actor.id)
    )
    data = {"from": before, "to": community_id, "was_beside": was_beside}
    record_on_content(actor, kind, idea, reason, data=data, undoes_id=undoes_id)


@command
def move_branch(actor: Actor, comment: Comment, idea: Idea, *, reason: str) -> None:
    """Move a comment, with its answers, to another idea; its permalinks lead there, and the authors are told.

    Raise Forbidden without the right to, Invalid for an idea that can't take it.
    """
    require(actor, comments_policy.MOVE, comment)
    thread = reading.lock_thread(idea.thread_id)
    _check_branch(actor, comment, thread)
    data = {"from": comment.thread_id, "parent": comment.parent_id, "to": thread.id}
    moving.graft(comment, thread.id)
    record_on_content(actor, "move", comment, reason, data=data)


def _check_branch(actor: Actor, comment: Comment, thread: Thread) -> None:
    """Raise unless a branch of comments may go to this thread, which has to be in the charge of the actor."""
    if not facilitates(actor, thread):
        raise Forbidden("comment:move")
    if comment.thread_id == thread.id:
        raise Invalid(SAME_IDEA, "idea")
    if not have_same_readers(comment.thread, thread):
        raise Invalid(SHELTERED, "idea")
    if not comments_policy.TAKE_IN.permits(actor, thread):
        raise Invalid(CLOSED, "idea")


def move_idea_back(actor: Actor, idea: Idea, measure: Measure, reason: str) -> None:
    """Move an idea back to the community that led it before; raise Conflict where that one is archived.

    The present one stays among those that the idea concerns if it was among them then (`was_beside`).
    """
    data = measure.data or {}
    if lead_community.is_closed(data["from"]):
        raise Conflict(NOT_BACK_THERE)
    beside = data["to"] if data["was_beside"] else None
    change_lead(actor, idea, data["from"], kind="move", reason=reason, beside=beside, undoes_id=measure.id)


def move_branch_back(actor: Actor, comment: Comment, measure: Measure, reason: str) -> None:
    """Move a branch back under its former parent, wherever that is now, with the answers that it got since.

    Raise Invalid for a thread that can't take it back.
    """
    data = measure.data or {}
    parent = reading.reload_comment(data["parent"]) if data["parent"] else None
    thread = reading.lock_thread(parent.thread_id if parent else data["from"])
    if not comments_policy.TAKE_BACK.permits(actor, thread):
        raise Invalid(NOT_BACK)
    new_data = {"from": comment.thread_id, "parent": None, "to": thread.id}
    moving.graft(comment, thread.id, parent)
    record_on_content(actor, "move", comment, reason, data=new_data, undoes_id=measure.id)

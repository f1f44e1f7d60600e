"""The replies that a team keeps: words to begin a reason with, for this community and no other."""

from app.accounts.submissions import Sending
from app.communities.models import Community
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.desk.models import SavedReply
from app.desk.policy import KEEP_REPLIES
from app.desk.queries import replies

MOST = 100
ENOUGH = N_("Votre équipe garde déjà 100 réponses types. Retirez-en une avant d'en ajouter une autre.")


@command
def add(actor: Actor, community: Community, *, title: str, body: str, form_key: str | None = None) -> None:
    """Keep a reply for the team of a community; the same form sent twice keeps one.

    Raise Forbidden without the charge of it, Conflict past MOST.
    """
    require(actor, KEEP_REPLIES, community)
    sending = Sending(actor, "reply", form_key, (title, body))
    if sending.first_result():
        return
    if replies.count(community.id) >= MOST:
        raise Conflict(ENOUGH)
    reply = SavedReply(community_id=community.id, title=title, body=body, by_id=actor.own_id, at=clock.now())
    db.session.add(reply)
    db.session.flush()
    sending.record(reply.id)


@command
def edit(actor: Actor, community: Community, reply: SavedReply, *, title: str, body: str) -> None:
    """Change a reply. Raise Forbidden without the charge of the community, NotFound for a reply of another one."""
    require(actor, KEEP_REPLIES, community)
    reply = replies.one(community.id, reply.id)
    reply.title, reply.body = title, body


@command
def delete(actor: Actor, community: Community, reply: SavedReply) -> None:
    """Drop a reply; the reasons that began with it stay as they were written.

    Raise as `edit` does.
    """
    require(actor, KEEP_REPLIES, community)
    db.session.delete(replies.one(community.id, reply.id))

"""Updates that concern ideas and actions: published and corrected with what they are about."""

from sqlalchemy import delete, or_

from app.communities.queries import Room
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.unit import command
from app.plan.models.links import UpdateLink
from app.plan.queries import concerns as queries
from app.updates import service
from app.updates.models import Update


@command
def publish(
    actor: Actor,
    room: Room,
    *,
    title: str,
    body: str,
    lang: str = "fr",
    concerns: str = "",
    form_key: str | None = None,
) -> Update:
    """Publish an update as `updates.service.publish` does, with what it concerns, one a line.

    Raise Invalid for a line that names nothing.
    """
    update = service.publish(actor, room, title=title, body=body, lang=lang, form_key=form_key)
    _name(actor, update, concerns)
    return update


@command
def edit(actor: Actor, update: Update, *, title: str, body: str, lang: str | None = None, concerns: str = "") -> Update:
    """Correct an update and what it concerns; what this person may not read stays.

    Raise Invalid for a line that names nothing.
    """
    service.edit(actor, update, title=title, body=body, lang=lang)
    _name(actor, update, concerns)
    return update


def _name(actor: Actor, update: Update, text: str) -> None:
    present = queries.get_concerns(actor, update.id)
    wanted = queries.parse_concerns(actor, text, present)
    removed = or_(
        UpdateLink.idea_id.in_([one.id for one in present.ideas if one not in wanted.ideas]),
        UpdateLink.action_id.in_([one.id for one in present.actions if one not in wanted.actions]),
    )
    run(delete(UpdateLink).where(UpdateLink.update_id == update.id, removed))
    common = {"update_id": update.id, "by_id": actor.own_id, "at": clock.now()}
    db.session.add_all(UpdateLink(idea_id=one.id, **common) for one in wanted.ideas if one not in present.ideas)
    db.session.add_all(UpdateLink(action_id=one.id, **common) for one in wanted.actions if one not in present.actions)

"""What a community says of its work: published, corrected, taken back."""

from typing import Any

from app.accounts.submissions import Sending
from app.comments import threads
from app.communities.queries import Room, is_private
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import require
from app.core.signals import tell
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.core.unit import command
from app.updates import policy
from app.updates.models import Update
from app.updates.signals import UpdatePublished

EXCERPT = 220


@command
def publish(
    actor: Actor, room: Room, *, title: str, body: str, lang: str = "fr", form_key: str | None = None
) -> Update:
    """Tell the public where a community stands; the same form sent again gives the same update."""
    require(actor, policy.PUBLISH, room)
    sending = Sending(actor, "update", form_key, (title, body))
    existing_id = sending.first_result()
    if existing_id:
        return db.session.get_one(Update, existing_id)
    update = Update(
        community_id=room.id,
        is_private=is_private(room.id),
        author_id=actor.own_id,
        lang=lang,
        **_texts(title, body),
        thread_id=threads.create(
            "update", title, community_id=room.id, author_id=actor.id, is_public=True, is_open=True
        ).id,
    )
    db.session.add(update)
    db.session.flush()
    sending.record(update.id)
    tell(UpdatePublished(update.id))
    return update


@command
def edit(actor: Actor, update: Update, *, title: str, body: str, lang: str | None = None) -> Update:
    require(actor, policy.EDIT, update)
    if (update.title, update.body) != (title, body):
        update.edited_at = clock.now()
    for column, value in _texts(title, body).items():
        setattr(update, column, value)
    update.lang = lang or update.lang
    _keep_thread(update)
    return update


@command
def delete(actor: Actor, update: Update) -> None:
    """Take an update back, and the talk under it with it."""
    require(actor, policy.DELETE, update)
    update.delete(actor.own_id)
    _keep_thread(update)


@command
def hide(actor: Actor, update: Update, *, reason: str) -> None:
    require(actor, policy.HIDE, update)
    update.hide(actor.own_id, reason)
    _keep_thread(update)


@command
def restore(actor: Actor, update: Update) -> None:
    require(actor, policy.RESTORE, update)
    update.show()
    _keep_thread(update)


def _texts(title: str, body: str) -> dict[str, Any]:
    html = markdown.render(body)
    return {
        "title": title,
        "body": body,
        "body_html": html,
        "renderer": markdown.VERSION,
        "excerpt": excerpt(markdown.to_line(html), EXCERPT),
    }


def _keep_thread(update: Update) -> None:
    """Keep what the thread knows of its update in step, and its privacy with that of its community."""
    update.is_private = is_private(update.community_id)
    threads.sync(
        update.thread_id,
        title=update.title,
        community_id=update.community_id,
        is_public=update.is_public,
        is_open=update.is_public,
    )

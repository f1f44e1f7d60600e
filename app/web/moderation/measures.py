"""Measures on contents and threads: each is a page that asks why, then the act."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.comments.models import Comment
from app.contents.models import container_of
from app.core.permits import Permission, Predicate
from app.events import policy as events
from app.events.models.meetings import Event
from app.forms.moderation import MeasureForm
from app.forum import policy as forums
from app.forum.models import ForumTopic
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.measures.service import contents as service
from app.plan import policy as plan
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.updates import policy as updates
from app.updates.models import Update
from app.web.frame import loaders
from app.web.frame.attempt import LATE, attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp
from app.web.moderation.contents import ACTION, BULLETIN, COMMENT, EVENT, IDEA, TOPIC, UPDATE, get_title_and_url

PAGE = "moderation/measure.html"
ACTS: dict[str, tuple[Callable[..., None], Any]] = {
    "hide": (service.hide, _l("Le contenu est masqué, avec votre motif.")),
    "restore": (service.restore, _l("Le contenu est rétabli.")),
    "lock": (service.lock, _l("Le fil est verrouillé; le motif est affiché au-dessus des commentaires.")),
    "unlock": (service.unlock, _l("Le fil est rouvert.")),
}
# The kind of the measure, its address, how its row is found, the right, and the state that a colleague may end first.
MEASURES: dict[str, tuple[str, str, Loader, Permission, Predicate]] = {
    "hide_idea": ("hide", f"{IDEA}/hiding", loaders.IDEA, ideas.HIDE, ideas.is_shown),
    "restore_idea": ("restore", f"{IDEA}/restoration", loaders.IDEA, ideas.RESTORE, ideas.is_hidden),
    "lock_idea": ("lock", f"{IDEA}/lock", loaders.IDEA_BY_THREAD, comments.LOCK, comments.is_unlocked),
    "unlock_idea": ("unlock", f"{IDEA}/unlock", loaders.IDEA_BY_THREAD, comments.UNLOCK, comments.is_locked),
    "hide_comment": ("hide", f"{COMMENT}/hiding", loaders.COMMENT, comments.HIDE, comments.is_shown),
    "restore_comment": ("restore", f"{COMMENT}/restoration", loaders.COMMENT, comments.RESTORE, comments.is_hidden),
    "hide_update": ("hide", f"{UPDATE}/hiding", loaders.UPDATE, updates.HIDE, updates.is_shown),
    "restore_update": ("restore", f"{UPDATE}/restoration", loaders.UPDATE, updates.RESTORE, updates.is_hidden),
    "lock_update": ("lock", f"{UPDATE}/lock", loaders.UPDATE_BY_THREAD, comments.LOCK, comments.is_unlocked),
    "unlock_update": ("unlock", f"{UPDATE}/unlock", loaders.UPDATE_BY_THREAD, comments.UNLOCK, comments.is_locked),
    "hide_action": ("hide", f"{ACTION}/hiding", loaders.ACTION, plan.HIDE_ACTION, plan.is_shown),
    "restore_action": ("restore", f"{ACTION}/restoration", loaders.ACTION, plan.RESTORE_ACTION, plan.is_hidden),
    "lock_action": ("lock", f"{ACTION}/lock", loaders.ACTION_BY_THREAD, comments.LOCK, comments.is_unlocked),
    "unlock_action": ("unlock", f"{ACTION}/unlock", loaders.ACTION_BY_THREAD, comments.UNLOCK, comments.is_locked),
    "hide_bulletin": ("hide", f"{BULLETIN}/hiding", loaders.BULLETIN, plan.HIDE_BULLETIN, plan.is_shown),
    "restore_bulletin": ("restore", f"{BULLETIN}/restoration", loaders.BULLETIN, plan.RESTORE_BULLETIN, plan.is_hidden),
    "hide_event": ("hide", f"{EVENT}/hiding", loaders.EVENT, events.HIDE, events.is_shown),
    "restore_event": ("restore", f"{EVENT}/restoration", loaders.EVENT, events.RESTORE, events.is_hidden),
    "hide_topic": ("hide", f"{TOPIC}/hiding", loaders.TOPIC, forums.HIDE_TOPIC, forums.is_topic_shown),
    "restore_topic": ("restore", f"{TOPIC}/restoration", loaders.TOPIC, forums.RESTORE_TOPIC, forums.is_topic_hidden),
    "lock_event": ("lock", f"{EVENT}/lock", loaders.EVENT_BY_THREAD, comments.LOCK, comments.is_unlocked),
    "unlock_event": ("unlock", f"{EVENT}/unlock", loaders.EVENT_BY_THREAD, comments.UNLOCK, comments.is_locked),
}


def take_measure(
    content: Idea | Comment | Update | Action | Bulletin | Event | ForumTopic, kind: str
) -> str | Response:
    """Ask why, then act and return to the content."""
    act, message = ACTS[kind]
    form, room, (title, url) = MeasureForm(), container_of(content).community_id, get_title_and_url(content)
    values = {"kind": kind, "content": content, "title": title, "back": url, "form": form, "reply_room": room}
    if request.method != "POST" or saved_replies.insert(form.reason, room):
        return render(PAGE, **values)
    outcome = attempt(form, lambda: act(me(), content, reason=form.reason.data), late=LATE)
    if outcome.code:
        return refuse(PAGE, code=outcome.code, **values)
    return done(url, message)


for endpoint, (kind, address, loader, permission, state) in MEASURES.items():
    bp.add_url_rule(
        address,
        endpoint,
        members(permission, of=loader, late=[state], limit="team")(take_measure),
        methods=["GET", "POST"],
        defaults={"kind": kind},
    )

"""The moment that heads the page of notices: the last good news of the reader's own ideas that they have not read."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.text.plain import excerpt
from app.ideas.models import Idea
from app.notifications.models import Notice
from app.plan.models.progress import Bulletin
from app.web.frame.dawn import STATES, view_dawn
from app.web.frame.moment_words import OF_PLAN
from app.web.frame.moments import REASON, Moment, MomentAct


def find_state(notice: Notice, bulletin: Bulletin | None, idea: Idea | None) -> str:
    """Return where an idea has come to by a notice; "" where it tells of no step that it still stands at."""
    state = _read_state(notice, bulletin)
    is_there = idea is not None and idea.is_public and (state == idea.status or {state, idea.status} <= set(OF_PLAN))
    return state if is_there else ""


def _read_state(notice: Notice, bulletin: Bulletin | None) -> str:
    """Return the step that a notice tells; "" where it tells of none, or of one that ends the road."""
    if notice.kind == "measure.publish" and notice.idea_id and not notice.comment_id:
        return "published"
    if notice.kind == "linked.author":
        return "planned"
    if notice.kind == "chain.author" and bulletin and bulletin.has_moved and bulletin.state == "achieved":
        return "achieved"
    status = str(notice.facts.get("status", ""))
    return status if notice.kind == "status" and status in STATES and not notice.facts.get("stays") else ""


def find_moment(views: Sequence[Any]) -> Moment | None:
    """Return the moment of the first of these views that tells of one and was not read."""
    view = next((one for one in views if one.is_new and one.state), None)
    if view is None:
        return None
    return Moment(
        _("Nouveau"),
        f"{view.sentence}.",
        _("« %(words)s »", words=view.subject.title),
        excerpt(view.reason, REASON),
        "",
        [MomentAct(_("Aller voir"), view.subject.url)],
        view_dawn(view.state),
        view.subject.room.colour if view.subject.room else "neutral",
    )

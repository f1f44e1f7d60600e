"""Changes of public texts that wait: their author edits or withdraws them, the team admits or refuses them."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.comments.models import Comment
from app.forms.base import Form
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.first_posts import policy
from app.moderation.first_posts.models import HeldChange
from app.moderation.first_posts.queries import held_revisions as queries
from app.moderation.first_posts.service import held_revisions as service
from app.web.frame import confirmation_texts, confirming
from app.web.frame.responses import done, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.moderation import first_posts
from app.web.moderation.bp import bp
from app.web.moderation.held_changes import ChangeView, change_of

HELD_CHANGE = Loader(queries.get_held_change, "held_id")
# The states that a colleague, or its author, may end while somebody decides.
STATES = (policy.waits, policy.is_in_place)


@bp.get("/held-revisions/<id:held_id>")
@members(policy.READ, of=HELD_CHANGE)
def show_held_revision(held_change: HeldChange) -> str:
    return render(
        "moderation/held_revisions/show.html",
        held_change=held_change,
        change=change_of(held_change),
        may_edit=_may_edit(held_change),
    )


def _may_edit(held_change: HeldChange) -> bool:
    """Tell whether its author may still edit it."""
    if isinstance(held_change.subject, Idea):
        return ideas.EDIT.permits(me(), held_change.subject)
    return not isinstance(held_change.subject, Comment) or comments.EDIT.permits(me(), held_change.subject)


@bp.route("/held-revisions/<id:held_id>/withdrawal", methods=["GET", "POST"])
@members(policy.WITHDRAW, of=HELD_CHANGE, limit="text", back_to_desk=False)
def withdraw_held_revision(held_change: HeldChange) -> Any:
    """Say that the words of a change are lost with it, then take it back."""
    change = change_of(held_change)
    url = change.url
    if request.method != "POST":
        return confirming.render_confirmation(
            confirmation_texts.WITHDRAWING,
            Form(),
            steps=[(change.title, url)],
            is_grave=True,
            back=url_for(".show_held_revision", held_id=held_change.id),
        )
    service.withdraw(me(), held_change)
    return done(url, _("Votre modification est retirée : ce qui est publié reste tel quel."))


@bp.post("/held-revisions/<id:held_id>/admission")
@members(policy.ADMIT, of=HELD_CHANGE, late=STATES, limit="team")
def admit_held_revision(held_change: HeldChange) -> Response:
    return first_posts.answer_admission(held_change, service.admit, change_of(held_change).url)


@bp.route("/held-revisions/<id:held_id>/refusal", methods=["GET", "POST"])
@members(policy.ADMIT, of=HELD_CHANGE, late=STATES, limit="team")
def refuse_held_revision(held_change: HeldChange) -> str | Response:
    change = change_of(held_change)
    return first_posts.ask_refusal(
        held_change,
        service.refuse,
        change.title,
        change.url,
        change.community_id,
        "moderation/held_revisions/refusal.html",
        read=_read_again if request.method == "POST" else lambda: change,
    )


def _read_again() -> ChangeView | None:
    """Return the change as it is now; None where it was decided meanwhile, and is its author's alone again."""
    held_change = HELD_CHANGE.again(policy.ADMIT.whatever(*STATES))
    return change_of(held_change) if policy.READ.permits(me(), held_change) else None

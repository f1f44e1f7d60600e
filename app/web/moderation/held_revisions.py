"""Changes of public texts that wait: their author changes them again or takes them back, the team lets them appear."""
from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.admission import policy
from app.admission.models import HeldChange
from app.admission.queries import held_revisions as queries
from app.admission.service import held_revisions as service
from app.comments import policy as comments
from app.comments.models import Comment
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.frame.support import render
from app.web.moderation import first_posts
from app.web.moderation.bp import bp
from app.web.moderation.held_changes import Change, change_of

HELD = Loader(queries.one, "held_id")
# What a colleague, or its author, may end while somebody decides.
STATES = (policy.waits, policy.is_in_place)


@bp.get("/held-revisions/<id:held_id>")
@members(policy.READ, of=HELD)
def show_held_revision(held: HeldChange) -> str:
    return render("moderation/held_revisions/show.html", held=held, change=change_of(held), may_edit=_may_edit(held))


def _may_edit(held: HeldChange) -> bool:
    """Return whether its author may still write other words."""
    if isinstance(held.subject, Idea):
        return ideas.EDIT.permits(me(), held.subject)
    return not isinstance(held.subject, Comment) or comments.EDIT.permits(me(), held.subject)


@bp.post("/held-revisions/<id:held_id>/withdrawal")
@members(policy.WITHDRAW, of=HELD)
def withdraw_held_revision(held: HeldChange) -> Response:
    url = change_of(held).url
    service.withdraw(me(), held)
    flash(_("Votre modification est retirée : ce qui est publié reste tel quel."), "success")
    return redirect(url, 303)


@bp.post("/held-revisions/<id:held_id>/admission")
@members(policy.ADMIT, of=HELD, late=STATES)
def admit_held_revision(held: HeldChange) -> Response:
    return first_posts.answer_admission(held, service.admit, change_of(held).url)


@bp.route("/held-revisions/<id:held_id>/refusal", methods=["GET", "POST"])
@members(policy.ADMIT, of=HELD, late=STATES)
def refuse_held_revision(held: HeldChange) -> str | Response:
    change = change_of(held)
    return first_posts.ask_refusal(
        held, service.refuse, change.title, change.url, change.community_id, "moderation/held_revisions/refusal.html",
        read=_read_again)


def _read_again() -> Change | None:
    """Return the change as it is now; None where it was decided meanwhile, and is its author's alone again."""
    held = HELD.again(policy.ADMIT.whatever(*STATES))
    return change_of(held) if policy.READ.permits(me(), held) else None

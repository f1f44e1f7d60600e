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
from app.web.frame.attempt import asked
from app.web.frame.session import me
from app.web.frame.support import members, render
from app.web.moderation import first_posts
from app.web.moderation.bp import bp
from app.web.moderation.held_changes import altered


@bp.get("/held-revisions/<id:held_id>")
@members(policy.READ)
def show_held_revision(held_id: int) -> str:
    held = queries.one(me(), held_id, policy.READ)
    return render("moderation/held_revisions/show.html", held=held, change=altered(held), may_edit=_may_edit(held))


def _may_edit(held: HeldChange) -> bool:
    """Tell whether its author may still write other words."""
    if isinstance(held.subject, Idea):
        return ideas.EDIT.permits(me(), held.subject)
    return not isinstance(held.subject, Comment) or comments.EDIT.permits(me(), held.subject)


@bp.post("/held-revisions/<id:held_id>/withdrawal")
@members(policy.WITHDRAW)
def withdraw_held_revision(held_id: int) -> Response:
    held = queries.one(me(), held_id, policy.WITHDRAW)
    back = altered(held).url
    service.withdraw(me(), held)
    flash(_("Votre modification est retirée : ce qui est publié reste tel quel."), "success")
    return redirect(back, 303)


@bp.post("/held-revisions/<id:held_id>/admission")
@members(policy.ADMIT)
def admit_held_revision(held_id: int) -> Response:
    held = queries.one(me(), held_id, asked(policy.ADMIT, policy.waits, policy.is_in_place))
    return first_posts.answer_admission(held, service.admit, altered(held).url)


@bp.route("/held-revisions/<id:held_id>/refusal", methods=["GET", "POST"])
@members(policy.ADMIT)
def refuse_held_revision(held_id: int) -> str | Response:
    permission = asked(policy.ADMIT, policy.waits, policy.is_in_place)
    held = queries.one(me(), held_id, permission)
    change = altered(held)
    return first_posts.ask_refusal(
        held, service.refuse, change.title, change.url, change.community_id, "moderation/held_revisions/refusal.html",
        read=lambda: altered(queries.one(me(), held_id, permission)))

"""Moving an idea to another community, and a comment with what answers it to another idea."""
from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.comments.models import Comment
from app.comments.queries import reading as talk
from app.communities.queries import Room
from app.core.errors import N_, Invalid
from app.forms.measures import BranchForm, MoveForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moves import policy
from app.moves.service import handovers
from app.moves.service import moves as service
from app.web.comments import subjects
from app.web.frame import links
from app.web.frame.attempt import kept
from app.web.frame.filters import label
from app.web.frame.session import me, rooms
from app.web.frame.support import members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

BOTH = ["GET", "POST"]
NOT_YOURS = N_("Cette idée n'existe pas, ou elle n'est pas dans une communauté que vous animez.")


@bp.route("/ideas/<id:idea_id>/move", methods=BOTH)
@members(ideas.MOVE)
def move_idea(idea_id: int) -> str | Response:
    """Move an idea at once between one's own communities; offer it to the others."""
    found = reading.one(me(), idea_id, ideas.MOVE)
    mine, others = _offered(found)
    form = MoveForm().offer(
        [(room.slug, label(room)) for room in mine]
        + [(room.slug, _("%(room)s (à accepter par son équipe)", room=label(room))) for room in others])
    if request.method == "GET" or saved_replies.begun(form.reason, found.community_id):
        return render("moderation/move_idea.html", idea=found, form=form, mine=mine, others=others)
    code = kept(form, lambda: _moved(found, rooms().by_slug[form.community.data], form.reason.data or ""))
    if code:
        return refused("moderation/move_idea.html", code=code, idea=found, form=form, mine=mine, others=others)
    room = rooms().by_slug[form.community.data]
    flash(_("L'idée est maintenant portée par « %(room)s ».", room=label(room)) if room in mine
          else _("L'idée est proposée à « %(room)s ». Elle reste ici jusqu'à sa réponse.", room=label(room)), "success")
    return redirect(links.idea(found), 303)


def _offered(idea: Idea) -> tuple[list[Room], list[Room]]:
    """Give the communities that may lead this idea: one's own, and those that are asked first."""
    able = [room for room in rooms().current if not room.is_private and room.id != idea.community_id]
    mine = [room for room in able if policy.TAKE_THE_LEAD.permits(me(), room)]
    return mine, [room for room in able if room not in mine] if policy.OFFER.permits(me(), idea) else []


def _moved(idea: Idea, room: Room, reason: str) -> None:
    if policy.TAKE_THE_LEAD.permits(me(), room):
        service.move_idea(me(), idea, room, reason=reason)
    else:
        handovers.offer(me(), idea, room, reason=reason)


@bp.route("/comments/<id:comment_id>/move", methods=BOTH)
@members(comments.MOVE)
def move_comment(comment_id: int) -> str | Response:
    found = talk.one(me(), comment_id, comments.MOVE)
    form, back = BranchForm(), subjects.place(found)
    shown = {"comment": found, "form": form, "back": back}
    if request.method == "GET" or saved_replies.begun(form.reason, found.thread.community_id):
        return render("moderation/move_comment.html", **shown)
    code = kept(form, lambda: _set_down(found, form))
    if code:
        found = talk.one(me(), comment_id, comments.MOVE)
        return refused("moderation/move_comment.html", code=code, **shown | {"comment": found})
    flash(_("Le commentaire est déplacé, avec ce qui lui répond. Les personnes concernées sont avisées."), "success")
    return redirect(subjects.place(talk.one(me(), comment_id, comments.READ)), 303)


def _set_down(comment: Comment, form: BranchForm) -> None:
    target = reading.find(me(), form.idea_id(), ideas.MODERATE)
    if target is None:
        raise Invalid(NOT_YOURS, "idea")
    service.move_branch(me(), comment, target, reason=form.reason.data or "")

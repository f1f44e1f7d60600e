"""Moving an idea to another community, and a comment with its replies to another idea."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.comments.models import Comment
from app.communities.queries import Room
from app.core.errors import N_, Invalid
from app.forms.measures import BranchForm, MoveForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.moves import policy
from app.moderation.moves.service import handovers
from app.moderation.moves.service import moves as service
from app.web.comments import subjects
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.filters import label
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me, rooms
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp
from app.web.moderation.contents import COMMENT, IDEA

BOTH = ["GET", "POST"]
OF_IDEA, OF_COMMENT = "moderation/move_idea.html", "moderation/move_comment.html"
NOT_YOURS = N_("Cette idée n'existe pas, ou elle n'est pas dans une communauté que vous animez.")


@bp.route(f"{IDEA}/move", methods=BOTH)
@members(ideas.MOVE, of=loaders.IDEA, limit="team")
def move_idea(idea: Idea) -> str | Response:
    """Move an idea at once between one's own communities; offer it to the others."""
    mine, others = _places(idea)
    form = _with_places(MoveForm(), mine, others)
    values: dict[str, Any] = {"idea": idea, "form": form, "mine": mine, "others": others}
    if request.method != "POST" or saved_replies.insert(form.reason, idea.community_id):
        return render(OF_IDEA, **values)
    outcome = attempt(form, lambda: _move(idea, rooms().by_slug[form.community.data], form.reason.data or ""))
    if outcome.code:
        return refuse(OF_IDEA, code=outcome.code, **values)
    room = rooms().by_slug[form.community.data]
    return done(
        links.idea_url(idea),
        _("L'idée est maintenant portée par « %(room)s ».", room=label(room))
        if room in mine
        else _("L'idée est proposée à « %(room)s ». Elle reste ici jusqu'à sa réponse.", room=label(room)),
    )


def _places(idea: Idea) -> tuple[list[Room], list[Room]]:
    """Return the communities that may lead this idea: the actor's own, and those whose team must accept."""
    candidates = [room for room in rooms().current if not room.is_private and room.id != idea.community_id]
    mine = [room for room in candidates if policy.TAKE_THE_LEAD.permits(me(), room)]
    return mine, [room for room in candidates if room not in mine] if policy.OFFER.permits(me(), idea) else []


def _with_places(form: MoveForm, mine: list[Room], others: list[Room]) -> MoveForm:
    """Fill the form with the communities that may lead the idea; the label of some says that their team must accept."""
    return form.offer(
        [(room.slug, label(room)) for room in mine]
        + [(room.slug, _("%(room)s (à accepter par son équipe)", room=label(room))) for room in others]
    )


def _move(idea: Idea, room: Room, reason: str) -> None:
    if policy.TAKE_THE_LEAD.permits(me(), room):
        service.move_idea(me(), idea, room, reason=reason)
    else:
        handovers.offer(me(), idea, room, reason=reason)


@bp.route(f"{COMMENT}/move", methods=BOTH)
@members(comments.MOVE, of=loaders.COMMENT, limit="team")
def move_comment(comment: Comment) -> str | Response:
    form, url = BranchForm(), subjects.place(comment)
    if request.method != "POST" or saved_replies.insert(form.reason, comment.thread.community_id):
        return render(OF_COMMENT, comment=comment, form=form, back=url)
    outcome = attempt(form, lambda: _move_branch(comment, form))
    if outcome.code:
        return refuse(OF_COMMENT, code=outcome.code, comment=loaders.COMMENT.again(comments.MOVE), form=form, back=url)
    return done(
        subjects.place(loaders.COMMENT.again(comments.READ)),
        _("Le commentaire est déplacé, avec ce qui lui répond. Les personnes concernées sont avisées."),
    )


def _move_branch(comment: Comment, form: BranchForm) -> None:
    idea = reading.find_idea(me(), form.idea_id(), ideas.MODERATE)
    if idea is None:
        raise Invalid(NOT_YOURS, "idea")
    service.move_branch(me(), comment, idea, reason=form.reason.data or "")

"""A forum goes on to its next phase, or back, at a press; closing it has a page that says what that does."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.forum import PhaseForm
from app.forum import policy
from app.forum.models import CLOSED, Forum
from app.forum.service import forums as service
from app.web.forum import words
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me

BOTH = ["GET", "POST"]


@bp.post("/forums/<id:forum_id>/phase")
@members(policy.MOVE_PHASE, of=FORUM, late=[policy.is_open], limit="team", form_on="forum.show")
def move(forum: Forum) -> Response:
    form, url = PhaseForm(), url_for(".show", forum_id=forum.id)
    phase = form.phase.data or ""
    outcome = attempt(
        form, lambda: service.move_phase(me(), forum, phase, seen=form.seen.data or ""), late=service.LATE
    )
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "error")
    return done(url, str(words.SAID[phase]))


@bp.route("/forums/<id:forum_id>/closing", methods=BOTH)
@members(policy.MOVE_PHASE, of=FORUM, late=[policy.is_open], limit="team")
def close(forum: Forum) -> str | Response:
    """Say what closing does, then close: it is not undone."""
    form, event, url = PhaseForm(), forum.event, url_for(".show", forum_id=forum.id)
    if not form.is_submitted():
        if forum.next_phase != CLOSED:
            return done(url, _("Un forum se clôt après la convergence : regardez où il en est."), "warning")
        return render("forum/closing.html", forum=forum, event=event, form=form)
    outcome = attempt(
        form, lambda: service.move_phase(me(), forum, CLOSED, seen=form.seen.data or ""), late=service.LATE
    )
    if outcome.code:
        return refuse("forum/closing.html", code=outcome.code, forum=forum, event=event, form=form)
    return done(url, _("Le forum est clos : il ne fait plus que se lire. Son compte rendu est complet."))

"""Slowing a thread: each person waits between two comments, so that everybody has time to read."""
from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.core.permits import require
from app.forms.measures import SlowForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.measures.service import contents as service
from app.updates import policy as updates
from app.updates.models import Update
from app.web.comments import subjects
from app.web.comments.subjects import Subject
from app.web.frame import words
from app.web.frame.attempt import kept
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

BOTH = ["GET", "POST"]


@bp.route("/ideas/<id:idea_id>/slow-mode", methods=BOTH)
@members(comments.SLOW)
def slow_idea(idea_id: int) -> str | Response:
    found = reading.one(me(), idea_id, ideas.READ)
    return _slow(found, subjects.of_idea(found))


@bp.route("/communities/<slug>/updates/<id:update_id>/slow-mode", methods=BOTH)
@members(comments.SLOW)
def slow_update(slug: str, update_id: int) -> str | Response:
    found = subjects.update_at(slug, update_id, updates.READ)
    return _slow(found, subjects.of_update(found))


def _slow(content: Idea | Update, subject: Subject) -> str | Response:
    require(me(), comments.SLOW, subject.thread)
    form = SlowForm().offer(subject.thread.slow_minutes, words.PACES)
    shown = {"content": content, "subject": subject, "form": form}
    if request.method == "GET" or saved_replies.begun(form.reason, subject.thread.community_id):
        return render("moderation/slow.html", **shown)
    code = kept(form, lambda: service.slow(
        me(), content, minutes=int(form.minutes.data), reason=form.reason.data or ""))
    if code:
        return refused("moderation/slow.html", code=code, **shown)
    flash(_("Le fil est ralenti; le motif est affiché au-dessus.") if form.minutes.data != "0"
          else _("Le fil reprend son rythme."), "success")
    return redirect(f"{subject.url}#comments", 303)

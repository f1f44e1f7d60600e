"""Slowing a thread: each person waits between two comments."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.events.models.meetings import Event
from app.forms.measures import SlowForm
from app.ideas.models import Idea
from app.moderation.measures.service import contents as service
from app.plan.models.structure import Action
from app.updates.models import Update
from app.web.frame import loaders, team_words
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import contents, saved_replies
from app.web.moderation.bp import bp


def slow(content: Idea | Update | Action | Event) -> str | Response:
    subject = contents.get_subject(content)
    form = SlowForm().offer(subject.thread.slow_minutes, team_words.PACES)
    values = {"content": content, "subject": subject, "form": form}
    if request.method != "POST" or saved_replies.insert(form.reason, subject.thread.community_id):
        return render("moderation/slow.html", **values)
    outcome = attempt(
        form, lambda: service.slow(me(), content, minutes=int(form.minutes.data), reason=form.reason.data or "")
    )
    if outcome.code:
        return refuse("moderation/slow.html", code=outcome.code, **values)
    return done(
        f"{subject.url}#comments",
        _("Le fil est ralenti; le motif est affiché au-dessus.")
        if form.minutes.data != "0"
        else _("Le fil reprend son rythme."),
    )


LOADERS = {
    "idea": loaders.IDEA_BY_THREAD,
    "update": loaders.UPDATE_BY_THREAD,
    "action": loaders.ACTION_BY_THREAD,
    "event": loaders.EVENT_BY_THREAD,
}
for noun, loader in LOADERS.items():
    bp.add_url_rule(
        f"{contents.ADDRESSES[noun]}/slow-mode",
        f"slow_{noun}",
        members(comments.SLOW, of=loader, limit="team")(slow),
        methods=["GET", "POST"],
    )

"""What the team does of topics: lets one onto the wall, counts hands, joins two, copies the wall of the room."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.forms.base import Form
from app.forms.topics import HandsForm, JoinForm, WallForm
from app.forum import policy
from app.forum.participants import Participant
from app.forum.queries import forums
from app.forum.queries import topics as queries
from app.forum.service import topics as service
from app.web.forum import presses
from app.web.forum.bp import bp
from app.web.forum.participants import PARTICIPANT, TOPIC
from app.web.forum.topics import BOTH, ONE, describe
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.post(f"{ONE}/opening")
@members(policy.ADMIT_TOPIC, of=TOPIC, late=[policy.is_topic_waiting, policy.is_topic_live], limit="team")
def admit_topic(who: Participant) -> Response:
    form, url = Form(), _url(who)
    outcome = attempt(form, lambda: service.admit(me(), who), late=presses.LATE)
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning")
    return done(url, _("Le sujet est au mur."))


@bp.post(f"{ONE}/hands")
@members(policy.COUNT_HANDS, of=TOPIC, late=[policy.is_topic_live], limit="team", form_on="forum.topic")
def count_hands(who: Participant) -> Response:
    form, url = HandsForm(), _url(who, "raised")
    outcome = attempt(form, lambda: service.count_hands(me(), who, int(form.hands.data)), late=presses.LATE)
    if outcome.code:
        return refuse("forum/topic.html", code=outcome.code, **describe(TOPIC.again(policy.READ_TOPIC), form))
    return done(url, *outcome.describe(_("Les mains levées sont comptées.")))


@bp.route(f"{ONE}/joining", methods=BOTH)
@members(policy.JOIN_TOPIC, of=TOPIC, late=[policy.is_topic_live], limit="team")
def join_topic(who: Participant) -> str | Response:
    """Join a topic to another: it leads there from then on."""
    topic, url = policy.get_topic(who), _url(who)
    others = [one for one in queries.list_topics(me(), who) if one.is_on_the_wall and one.id != topic.id]
    form = JoinForm().offer([(str(one.id), one.title) for one in others])
    values = {"forum": who.forum, "event": who.forum.event, "topic": topic, "form": form, "has_others": bool(others)}
    if not form.is_submitted():
        return render("forum/joining.html", **values)
    outcome = attempt(form, lambda: service.join(me(), who, int(form.topic.data)), late=presses.LATE)
    if outcome.code:
        again = TOPIC.again(policy.READ_TOPIC)
        values |= {"forum": again.forum, "event": again.forum.event, "topic": again.topic}
        return refuse("forum/joining.html", code=outcome.code, **values)
    return done(url, _("Le sujet est joint à l'autre, où il mène désormais."))


@bp.route("/forums/<id:forum_id>/wall", methods=BOTH)
@members(policy.COPY_WALL, of=PARTICIPANT, limit="team")
def copy_wall(who: Participant) -> str | Response:
    """Write the topics of the wall of the room, one a line."""
    url, arrangement = url_for(".show", forum_id=who.forum.id, _anchor="wall"), forums.get_arrangement(who.forum.id)
    form = WallForm().offer(who.forum.event, arrangement)
    if not form.is_submitted():
        return render("forum/copy_wall.html", forum=who.forum, event=who.forum.event, form=form)
    outcome = attempt(form, lambda: service.copy_wall(me(), who, form.read, form_key=form.form_key.data or ""))
    if outcome.code:
        forum = PARTICIPANT.again(policy.COPY_WALL).forum
        return refuse("forum/copy_wall.html", code=outcome.code, forum=forum, event=forum.event, form=form)
    return done(url, ngettext("%(num)s sujet est au mur.", "%(num)s sujets sont au mur.", outcome.result))


def _url(who: Participant, anchor: str | None = None) -> str:
    topic = policy.get_topic(who)
    return url_for(".topic", forum_id=who.forum.id, topic_id=topic.id, _anchor=anchor)

"""A topic, and the acts of whoever pitches it or is interested in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import limits
from app.core.errors import N_, Invalid
from app.forms import times
from app.forms.base import Form, parse_number
from app.forms.topics import HandsForm, HostForm, InterestForm, TopicForm
from app.forum import policy
from app.forum.models import ForumTopic
from app.forum.pace import get_key
from app.forum.participants import Participant
from app.forum.queries import topics as queries
from app.forum.service import hosts, interests
from app.forum.service import topics as service
from app.forum.words import TopicWords
from app.ideas.models import Idea
from app.plan.queries import concerns
from app.web.forum import live, presses, wall
from app.web.forum.bp import bp
from app.web.forum.participants import PARTICIPANT, TOPIC
from app.web.frame import local_drafts
from app.web.frame.attempt import attempt
from app.web.frame.drawings import draw
from app.web.frame.filters import name_host
from app.web.frame.form_limits import counted_by_service
from app.web.frame.locale import get_language
from app.web.frame.overlaps import attempt_over, describe_edit
from app.web.frame.params import single_param
from app.web.frame.responses import done, is_htmx, refuse, render
from app.web.frame.routes import public
from app.web.frame.session import me

Result = TypeVar("Result")
COUNTED = counted_by_service("topic")
BOTH = ["GET", "POST"]
RECEIVED = N_("Votre sujet est reçu. L'équipe le met au mur dès qu'elle vous a vu arriver.")
ONE = "/forums/<id:forum_id>/topics/<id:topic_id>"
# What may have changed since a page showed a press: the topic left the wall, the forum is closed.
NOW = [policy.is_running_now, policy.is_topic_live]


@bp.get(ONE)
@public(policy.READ_TOPIC, of=TOPIC, shows="topic")
def topic(who: Participant) -> str:
    values = _describe_for_all(who) if is_htmx() else describe(who)
    return render("forum/topic.html", "forum/_topic_part.html", **values)


def _describe_for_all(who: Participant) -> dict[str, Any]:
    """Return what the page of a topic asks for again."""
    topic = policy.get_topic(who)
    return {
        "live": live.describe(who.forum, "topic", is_open=topic.is_in_sight, topic_id=topic.id),
        "topic": topic,
        "forum": who.forum,
        "event": who.forum.event,
        "cell": wall.tell_cells(who, [topic]).get(topic.id, ""),
        "people": wall.count_people(who, [topic])[topic.id],
    }


def describe(who: Participant, hands: HandsForm | None = None) -> dict[str, Any]:
    """Return what the page of a topic shows; `hands` is the form of the team as it was refused."""
    topic = policy.get_topic(who)
    joined = [topic.joined_id] if topic.joined_id else []
    return _describe_for_all(who) | {
        "who": who,
        "idea": wall.find_ideas([topic]).get(topic.idea_id or 0),
        "joined": queries.name_topics(me(), who, joined).get(topic.joined_id or 0),
        # A form has a token: one that nobody is shown would have the page of everybody set a cookie.
        "form": hands or (HandsForm(formdata=None, obj=topic) if policy.COUNT_HANDS.permits(me(), who) else None),
        "hosts": _describe_hosts(topic, who),
        "is_mine": topic.id in queries.list_interests(who.registration),
    }


@dataclass(frozen=True)
class Hosts:
    """Who holds a topic with its host, by their names, and who offers to, with their place; what the reader offered."""

    accepted: Sequence[str]
    offers: Sequence[tuple[int, str]]
    is_mine: bool
    is_accepted: bool


def _describe_hosts(topic: ForumTopic, who: Participant) -> Hosts:
    found = queries.list_hosts(topic.id)
    names = {one.registration_id: name_host(one.user, one.name) for one in found}
    accepted = [one.registration_id for one in found if one.accepted_at]
    own = who.registration.id if who.registration else 0
    return Hosts(
        [names[place] for place in accepted],
        [(place, name) for place, name in names.items() if place not in accepted],
        own in names,
        own in accepted,
    )


@bp.route("/forums/<id:forum_id>/topics/new", methods=BOTH)
@public(policy.PITCH, of=PARTICIPANT, limit=COUNTED)
def pitch(who: Participant) -> str | Response:
    """Put a topic on the wall; `?idea=` names one that it comes from."""
    is_team, forum_id = policy.runs_it(me(), who.forum), who.forum.id
    form = TopicForm().for_team(is_team)
    if not form.is_submitted():
        form.idea.data = single_param("idea")
        return render("forum/pitch.html", **_values(who, form))
    act = _counted(who, lambda: service.pitch(me(), who, _read(form), form_key=form.form_key.data or ""))
    outcome = attempt(form, act, check=lambda: _check(form))
    if outcome.code:
        return refuse("forum/pitch.html", code=outcome.code, **_values(PARTICIPANT.again(policy.PITCH), form))
    _forget_typed()
    url = url_for(".topic", forum_id=forum_id, topic_id=outcome.result.id)
    if outcome.result.is_waiting:
        return done(url, _(RECEIVED), "info")
    return done(url, _("Le sujet est au mur."))


def _forget_typed() -> None:
    """Have the browser of a member forget what it kept of the form; it keeps nothing of what a guest types."""
    if me().is_someone:
        local_drafts.mark_received(local_drafts.name_of(f"topic-{request.path}"))


def _values(who: Participant, form: TopicForm) -> dict[str, Any]:
    return {
        "who": who,
        "forum": who.forum,
        "event": who.forum.event,
        "form": form,
        "waits": not service.writes_at_once(me(), who),
    }


def _read(form: TopicForm, present: Idea | None = None, unread_id: int | None = None) -> TopicWords:
    """Return what was typed; the idea that a line names is one that this person may read. Raise Invalid.

    One that they may not read, `unread_id`, stays where they name no other.
    """
    named = concerns.Concerns([present] if present else [])
    found = concerns.parse_concerns(me(), form.idea.data or "", named, field="idea")
    return form.words(get_language(), found.ideas[0].id if found.ideas else unread_id)


def _check(form: TopicForm, present: Idea | None = None) -> bool:
    """Tell whether all that was typed is right, the idea with the rest: what is to be corrected is said at once."""
    is_right = form.validate()
    try:
        _read(form, present)
    except Invalid as refusal:
        form.say(refusal.field, times.explain(refusal))
        return False
    return is_right


@bp.route(f"{ONE}/edit", methods=BOTH)
@public(policy.EDIT_TOPIC, of=TOPIC, late=[policy.is_not_placed, policy.is_topic_live], limit=COUNTED)
def edit_topic(who: Participant) -> str | Response:
    """Change a topic: its host until it has a room, the team at any time."""
    topic = policy.get_topic(who)
    url, form = url_for(".topic", forum_id=who.forum.id, topic_id=topic.id), TopicForm().for_team(is_team=False)
    if not form.is_submitted():
        return render("forum/topic_edit.html", **_values(who, _fill(topic)), topic=topic)
    waited = topic.is_waiting
    idea = _find_idea(topic)
    unread_id = None if idea else topic.idea_id
    act = _counted(who, lambda: service.edit(me(), who, _read(form, idea, unread_id)))
    outcome = attempt_over(form, who.forum, lambda: _fill(topic), act, check=lambda: _check(form, idea))
    if outcome.code:
        again = TOPIC.again(policy.READ_TOPIC)
        return refuse("forum/topic_edit.html", code=outcome.code, **_values(again, form), topic=again.topic)
    _forget_typed()
    if topic.is_waiting and not waited:
        return done(url, _(RECEIVED), "info")
    return done(url, *describe_edit(outcome, _("Le sujet est à jour."), form))


def _fill(topic: ForumTopic) -> TopicForm:
    idea = _find_idea(topic)
    line = concerns.format_concerns(concerns.Concerns([idea])) if idea else ""
    return TopicForm.of(topic, line).for_team(is_team=False)


def _find_idea(topic: ForumTopic) -> Idea | None:
    return wall.find_ideas([topic]).get(topic.idea_id or 0)


@bp.route(f"{ONE}/withdrawal", methods=BOTH)
@public(policy.WITHDRAW_TOPIC, of=TOPIC, late=[policy.is_topic_live], limit=COUNTED)
def withdraw_topic(who: Participant) -> str | Response:
    """Say what withdrawing does, then take the topic off the wall."""
    form, topic = Form(), policy.get_topic(who)
    url = url_for(".topic", forum_id=who.forum.id, topic_id=topic.id)
    wall_url = url_for(".show", forum_id=who.forum.id, _anchor="wall")
    if not form.is_submitted():
        return render("forum/topic_withdrawal.html", **_values(who, form), topic=topic)
    outcome = attempt(form, _counted(who, lambda: service.withdraw(me(), who)), late=presses.LATE)
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning")
    return done(wall_url if topic.is_deleted else url, _("Le sujet n'est plus au mur."))


@bp.post(f"{ONE}/interest")
@public(policy.BE_INTERESTED, of=TOPIC, late=NOW, limit=counted_by_service("press"))
def press_interest(who: Participant) -> str | Response:
    return _press(who, _("C'est dans vos intérêts : personne d'autre que vous ne le voit."), is_on=True)


@bp.post(f"{ONE}/interest/withdrawal")
@public(policy.BE_INTERESTED, of=TOPIC, late=NOW, limit=counted_by_service("press"))
def withdraw_interest(who: Participant) -> str | Response:
    return _press(who, _("Ce n'est plus dans vos intérêts."), is_on=False)


def _press(who: Participant, said: str, *, is_on: bool) -> str | Response:
    form, topic_id, forum_id = InterestForm(), policy.get_topic(who).id, who.forum.id
    url, part = url_for(".topic", forum_id=forum_id, topic_id=topic_id, _anchor="interest"), "forum/_topic_count.html"
    if form.place.data == "wall":
        url, part = url_for(".show", forum_id=forum_id, _anchor=f"topic-{topic_id}"), "forum/_slip_count.html"
    return presses.do(
        who,
        form,
        lambda: interests.press(me(), who, is_on=is_on),
        url=url,
        said=said,
        draw_part=lambda: _draw_count(part),
    )


def _draw_count(part: str) -> str:
    """Draw how many are interested in the topic of this address, with whoever has just pressed."""
    who = TOPIC.again(policy.READ_TOPIC)
    topic = policy.get_topic(who)
    return draw(part, topic=topic, people=wall.count_people(who, [topic])[topic.id])


def _counted(who: Participant, act: Callable[[], Result]) -> Callable[[], Result]:
    """Return an act counted for its person: in a hall, everybody has the same network."""
    key = get_key(me(), who.registration.id if who.registration else 0)

    def run() -> Result:
        limits.take("topic", key)
        return act()

    return run


@bp.post(f"{ONE}/hosting")
@public(policy.OFFER_TO_HOST, of=TOPIC, late=[policy.is_topic_live], limit=counted_by_service("press"))
def offer_to_host(who: Participant) -> Response:
    """Offer to hold a topic with its host, who is asked."""
    said = _("Votre offre est faite : qui propose le sujet la voit ici, et l'accepte d'une pression.")
    return _do(who, lambda: hosts.offer(me(), who), said)


@bp.post(f"{ONE}/hosting/withdrawal")
@public(policy.OFFER_TO_HOST, of=TOPIC, late=[policy.is_topic_live], limit=counted_by_service("press"))
def withdraw_host(who: Participant) -> Response:
    return _do(who, lambda: hosts.withdraw(me(), who), _("Vous ne coanimez pas ce sujet."))


@bp.post(f"{ONE}/hosts")
@public(policy.ACCEPT_HOST, of=TOPIC, late=[policy.is_topic_live], limit=COUNTED)
def accept_host(who: Participant) -> Response:
    form = HostForm()
    return _do(
        who,
        _counted(who, lambda: hosts.accept(me(), who, parse_number(form.place.data))),
        _("C'est fait : vous animez ce sujet ensemble."),
    )


def _do(who: Participant, act: Callable[[], None], said: str) -> Response:
    """Do an act of one press, and say what it did where the hosts of the topic stand."""
    url = url_for(".topic", forum_id=who.forum.id, topic_id=policy.get_topic(who).id, _anchor="hosts")
    form = Form()
    outcome = attempt(form, act, late=presses.LATE)
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning")
    return done(url, said)

"""From notes to the road: each thing that was said finds its place, one after the other or several at once."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.permits import Permission
from app.forms.base import Form, parse_number
from app.forms.notes import KINDS
from app.forms.review import AsideForm, FateForm, NewIdeaForm, SharedFateForm
from app.forum.participants import Participant
from app.notes import policy
from app.notes.models import ASIDE, JOINED, LINKED, NEW, OFFERED, PublishedLine
from app.notes.queries import review as queries
from app.notes.service import review as service
from app.results import similar
from app.results.similar import SimilarityQuery
from app.web.forum import wall
from app.web.forum.participants import PARTICIPANT
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.locale import format_date_day
from app.web.frame.params import single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me, rooms
from app.web.notes import fates, provenance
from app.web.notes.bp import bp
from app.web.notes.review_forms import FORMS, action_form, fill, idea_form, join_form

Result = TypeVar("Result")
REVIEW = "/forums/<id:forum_id>/review"
NEAR = 3
# What gives a line each place, and the name of its button.
PRESSES: dict[str, tuple[str, Any]] = {
    NEW: ("notes.make_idea", _l("Publier")),
    JOINED: ("notes.join_idea", _l("Joindre")),
    LINKED: ("notes.link_action", _l("Relier")),
    OFFERED: ("notes.offer", _l("Offrir")),
}
# What a line of a kind becomes most often: the form that its page opens with.
USUAL = {"action": LINKED, "offer": OFFERED}


def get_line(actor: Actor, forum_id: int, line_id: int, permission: Permission) -> tuple[Participant, PublishedLine]:
    """Return who reviews a forum, and a line of it. Raise NotFound."""
    return PARTICIPANT.find(actor, forum_id, permission), queries.get_line(forum_id, line_id)


LINE = Loader(get_line, "forum_id", "line_id")


@bp.get(REVIEW)
@members(policy.REVIEW, of=PARTICIPANT, back_to_desk=True)
def review(who: Participant) -> str:
    return render("notes/review.html", **describe(who))


def describe(who: Participant, *, line_id: int = 0, refused: Form | None = None, fate: str = "") -> dict[str, Any]:
    """Return what the page shows: the lines of a session, one of them open with the form of what it becomes.

    `refused` is the form that was sent about the line `line_id`, to become `fate`.
    """
    sessions = queries.list_sessions(who.forum.id, me().own_id)
    asked = single_param("topic")
    left = next((one for one in sessions if one.left), sessions[0] if sessions else None)
    here = next((one for one in sessions if str(one.topic.id) == asked), left)
    if line_id:
        topic_id = queries.get_line(who.forum.id, line_id).topic_id
        here = next((one for one in sessions if one.topic.id == topic_id), here)
    lines = queries.list_lines(here.topic.id) if here else []
    written = queries.list_first_written([line.id for line in lines])
    return {
        "who": who,
        "forum": who.forum,
        "event": who.forum.event,
        "sessions": sessions,
        "here": here,
        "lines": lines,
        "kinds": KINDS,
        "cell": wall.tell_cells(who, [here.topic]).get(here.topic.id, "") if here else "",
        "dues": {line.id: format_date_day(line.due_on) for line in lines if line.due_on},
        "writers": {one.id: person(one.user) if one.user else one.name for one in written},
        "by_members": {one.id for one in written if one.user},
        "people_count": queries.get_people_count(here.topic.id) if here else None,
        "fates": fates.describe(lines, who.forum.id),
        "count": sum(one.count for one in sessions),
        "left": sum(one.left for one in sessions),
        "placed": sum(one.count - one.left for one in sessions),
        "is_ended": queries.find_review(who.forum.id) is not None,
        "form": refused,
        **_open(who, lines, line_id or single_param("line"), refused, fate or single_param("become", (*FORMS, ASIDE))),
    }


def _open(
    who: Participant, lines: Sequence[PublishedLine], asked: str | int, refused: Form | None, fate: str
) -> dict[str, Any]:
    """Return the line that is open, what is near it, and the form of what it becomes.

    What was typed of a line that another has given its place is shown apart (`kept`): it is not of the next line.
    """
    waiting = [line for line in lines if line.fate in (None, ASIDE)]
    found = next((one for one in waiting if str(one.id) == str(asked)), None)
    line = found or next((line for line in waiting if line.fate is None), None)
    aside = refused if isinstance(refused, AsideForm) else AsideForm(formdata=None)
    aside.offer([(one.id, one.text) for one in lines if one.fate is None])
    kept = refused.kept if isinstance(refused, FateForm) and not found else ""
    if line is None:
        return {"line": None, "near": [], "become": "", "line_form": None, "aside_form": aside, "kept": kept}
    typed = refused if isinstance(refused, FateForm) and found else None
    become = fate if typed or not isinstance(refused, FateForm) else ""
    become = become or USUAL.get(line.kind, NEW)
    if become == ASIDE and not isinstance(refused, AsideForm):
        aside.lines.data = [line.id]
    form = fill(typed, line) if typed else _make_form(who, line, become)
    if isinstance(form, SharedFateForm):
        form.offer_also([(one.id, one.text) for one in lines if one.fate is None and one.id != line.id])
    endpoint, press = PRESSES.get(become, ("notes.make_idea", ""))
    return {
        "line": line,
        "act_url": url_for(endpoint, forum_id=who.forum.id, line_id=line.id),
        "press": press,
        "near": similar.list_similar(me(), SimilarityQuery(line.text), most=NEAR, is_wide=True),
        "become": become,
        "line_form": form,
        "aside_form": aside,
        "kept": kept,
    }


def _make_form(who: Participant, line: PublishedLine, become: str) -> FateForm | None:
    """Return the form of what a line becomes, as it begins; a new idea, with the community that holds the meeting."""
    if become not in FORMS:
        return None
    form: FateForm = FORMS[become](line)
    community_id = who.forum.event.community_id
    if isinstance(form, NewIdeaForm) and community_id in [room.id for room in rooms().all if not room.is_archived]:
        form.community.data = community_id
    return form


@bp.post(f"{REVIEW}/<id:line_id>/idea")
@members(policy.REVIEW, of=LINE, limit="team", form_on="notes.review", back_to_desk=True)
def make_idea(found: tuple[Participant, PublishedLine]) -> str | Response:
    """Publish a line as a new idea."""
    (who, line), form = found, idea_form(None)
    body, lang = provenance.quote(who, line), line.lang

    def act() -> bool:
        typed = form.words(body, lang)
        idea = service.publish(me(), who, line, typed, was=form.was.data, form_key=form.form_key.data or "")
        return idea is None or idea.is_published

    shown = _("Publiée : sa première étape dit qu'elle vient du forum.")
    return _answer(found, form, NEW, act, lambda is_shown: shown if is_shown else _("Elle attend l'équipe."))


@bp.post(f"{REVIEW}/<id:line_id>/voice")
@members(policy.REVIEW, of=LINE, limit="team", form_on="notes.review", back_to_desk=True)
def join_idea(found: tuple[Participant, PublishedLine]) -> str | Response:
    """Have a line be heard under an idea that is there."""
    return _join(found, JOINED, _("Jointe : la phrase paraît sous cette idée, avec sa séance."))


@bp.post(f"{REVIEW}/<id:line_id>/offer")
@members(policy.REVIEW, of=LINE, limit="team", form_on="notes.review", back_to_desk=True)
def offer(found: tuple[Participant, PublishedLine]) -> str | Response:
    """Have a line be read under an idea as what somebody offers."""
    return _join(found, OFFERED, _("Offerte : la phrase paraît sous cette idée comme une offre."))


def _join(found: tuple[Participant, PublishedLine], fate: str, message: str) -> str | Response:
    (who, line), form = found, join_form(None)
    lines = _offer_also(form, line)
    beside = [one for one in lines if one.id in (form.also.data or ())]
    body, also = provenance.quote(who, line, beside), [one.id for one in beside]

    def act() -> None:
        idea_id, is_offer, was = form.find_number(), fate == OFFERED, form.was.data
        service.join(me(), who, line, idea_id, body=body, is_offer=is_offer, was=was, also=also)

    return _answer(found, form, fate, act, lambda _done: message)


@bp.post(f"{REVIEW}/<id:line_id>/action")
@members(policy.REVIEW, of=LINE, limit="team", form_on="notes.review", back_to_desk=True)
def link_action(found: tuple[Participant, PublishedLine]) -> str | Response:
    """Link a line to an action of the plan."""
    (who, line), form = found, action_form(None)
    message = _("Reliée : qui tient cette action à jour en est avisé.")
    _offer_also(form, line)

    def act() -> None:
        service.link(me(), who, line, form.action.data, was=form.was.data, also=form.also.data or [])

    return _answer(found, form, LINKED, act, lambda _done: message)


def _offer_also(form: SharedFateForm, line: PublishedLine) -> Sequence[PublishedLine]:
    """Offer the other lines of the session of a line, whatever they are by now: the act tells; return them."""
    lines = [one for one in queries.list_lines(line.topic_id) if one.id != line.id]
    form.offer_also([(one.id, one.text) for one in lines])
    return lines


def _answer(
    found: tuple[Participant, PublishedLine],
    form: FateForm,
    fate: str,
    act: Callable[[], Result],
    say: Callable[[Result], str],
) -> str | Response:
    """Give a line its place and go on to the next one, or show the form again with what was typed."""
    forum_id, line_id, topic_id = found[0].forum.id, found[1].id, found[1].topic_id
    outcome = attempt(form, act)
    if outcome.code:
        again = LINE.again(policy.REVIEW)[0]
        return refuse(
            "notes/review.html", code=outcome.code, **describe(again, line_id=line_id, refused=form, fate=fate)
        )
    return done(_find_next(forum_id, topic_id), say(outcome.result), goes_on=True)


def _find_next(forum_id: int, topic_id: int) -> str:
    """Return where one goes on: in the same session while it has a line left, then in another, then at the end."""
    left = {one.topic.id for one in queries.list_sessions(forum_id, me().own_id) if one.left}
    topic = topic_id if topic_id in left else None
    return url_for(".review", forum_id=forum_id, topic=topic, _anchor="now" if left else "end")


@bp.post(f"{REVIEW}/aside")
@members(policy.REVIEW, of=PARTICIPANT, limit="team", form_on="notes.review", back_to_desk=True)
def put_aside(who: Participant) -> str | Response:
    """Put lines aside, one or several at once, with a reason."""
    forum_id, form = who.forum.id, AsideForm()
    topic_id = parse_number(single_param("topic"))
    form.offer([(line.id, line.text) for line in queries.list_all_lines(forum_id)])
    outcome = attempt(form, lambda: service.put_aside(me(), who, form.lines.data or [], reason=form.reason.data))
    if outcome.code:
        again = PARTICIPANT.again(policy.REVIEW)
        return refuse("notes/review.html", code=outcome.code, **describe(again, refused=form, fate=ASIDE))
    return done(
        _find_next(forum_id, topic_id),
        ngettext("%(num)s ligne est mise de côté.", "%(num)s lignes sont mises de côté.", outcome.result),
        goes_on=True,
    )


@bp.post(f"{REVIEW}/end")
@members(policy.REVIEW, of=PARTICIPANT, limit="team", form_on="notes.review", back_to_desk=True)
def end_review(who: Participant) -> Response:
    """End the review: those who were there are told what became of what was said."""
    form, url = Form(), url_for(".review", forum_id=who.forum.id, _anchor="end")
    outcome = attempt(form, lambda: service.end(me(), who))
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning", goes_on=True)
    return done(url, _("C'est fini : celles et ceux qui étaient là en sont avisés, une fois."))

"""The notes of a session: what was said, line by line, and who was there; written by whoever is in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_
from app.forms import times
from app.forms.base import Form
from app.forms.notes import KINDS, LineForm, NoteTextForm, PeopleForm
from app.forum import policy as forum
from app.forum.pace import count_press
from app.forum.participants import Participant
from app.notes import policy
from app.notes.models import ACTION, OFFER, NoteLine, PublishedLine, PublishedNotes
from app.notes.queries import lines as queries
from app.notes.queries import texts
from app.notes.queries.report import list_corrections
from app.notes.service import lines as service
from app.notes.service import publishing
from app.notes.service import texts as text_service
from app.web.forum import wall
from app.web.forum.participants import TOPIC
from app.web.forum.topics import BOTH, ONE
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.form_limits import counted_by_service
from app.web.frame.locale import format_date_day
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.notes import fates
from app.web.notes.bp import bp

Result = TypeVar("Result")
NOTES = f"{ONE}/notes"
LATE = N_("Ces notes ne s'écrivent plus : le forum est clos, ou la séance n'a plus sa place au tableau.")
PRESS = counted_by_service("press")


@dataclass(frozen=True)
class Line:
    """A line in words: what it is, who wrote it and when; of an action, who carries it and for when."""

    id: int
    kind: str
    text: str
    lang: str
    holder: str
    due: str
    writer: str = ""
    hour: str = ""
    fate: fates.Fate | None = None


@bp.get(NOTES)
@public(policy.READ, of=TOPIC)
def show(who: Participant) -> str:
    return render("notes/notes.html", **describe(who))


def describe(who: Participant, refused: Form | None = None) -> dict[str, Any]:
    """Return what the page shows; `refused` is the form that was sent, with what was typed in it."""
    topic, writes = forum.get_topic(who), policy.WRITE.permits(me(), who)
    published = queries.find_published(topic.id)
    if who.forum.is_closed or not policy.READ_UNPUBLISHED.permits(me(), who):
        return _frame(who) | _describe_published(who, published)
    found = fates.describe(queries.list_published(topic.id), who.forum.id) if published else {}
    lines = [replace(_tell(one), fate=found.get(one.first_id or one.id)) for one in queries.list_lines(topic.id)]
    notes = queries.find_notes(topic.id)
    return _frame(who) | {
        "published_at": published.published_at if published else None,
        "is_written": notes is not None,
        "people_count": notes.people_count if notes else None,
        "texts": [part.text for part in texts.list_parts(topic.id)],
        "clashes": texts.list_clashes(topic.id),
        "lines": lines,
        "text_forms": _list_text_forms(topic.id, refused) if writes else [],
        "line_form": _find(refused, LineForm, lambda: LineForm(formdata=None).offer()) if writes else None,
        "people_form": _find(refused, PeopleForm, lambda: PeopleForm(formdata=None, obj=notes)) if writes else None,
        "form": refused,
    }


def _frame(who: Participant) -> dict[str, Any]:
    """Return what the page shows whoever reads it."""
    topic = forum.get_topic(who)
    return {
        "who": who,
        "forum": who.forum,
        "event": who.forum.event,
        "topic": topic,
        "cell": wall.tell_cells(who, [topic]).get(topic.id, ""),
        "kinds": KINDS,
        "leads": (ACTION, OFFER),
        "corrections": list_corrections([topic.id])[topic.id],
        "clashes": [],
        "text_forms": [],
        "line_form": None,
        "people_form": None,
        "form": None,
    }


def _describe_published(who: Participant, published: PublishedNotes | None) -> dict[str, Any]:
    """Return what the public reads: the notes as they were when they were published, and what each line has become."""
    lines = queries.list_published(forum.get_topic(who).id) if published else []
    found = fates.describe(lines, who.forum.id)
    return {
        "published_at": published.published_at if published else None,
        "is_written": published is not None,
        "people_count": published.people_count if published else None,
        "texts": [published.text] if published and published.text else [],
        "lines": [replace(_tell(line), fate=found.get(line.id)) for line in lines],
    }


def _find(refused: Form | None, kind: type[Result], make: Callable[[], Result]) -> Result:
    return refused if isinstance(refused, kind) else make()


def _list_text_forms(topic_id: int, refused: Form | None) -> Sequence[NoteTextForm]:
    """Return a form for each part, and one for the next where the last is nearly full."""
    parts = texts.list_parts(topic_id)
    forms = [NoteTextForm.of(part) for part in parts] or [NoteTextForm.of(None)]
    if parts and len(parts[-1].text) > text_service.MOST - 1_000:
        forms.append(NoteTextForm.of(None, parts[-1].part + 1))
    if isinstance(refused, NoteTextForm):
        forms = [refused if str(one.part.data) == str(refused.part.data) else one for one in forms]
    return forms


def _tell(line: NoteLine | PublishedLine) -> Line:
    """Say a line in words; the public reads it without who wrote it."""
    due = format_date_day(line.due_on) if line.due_on else ""
    words = line.id, line.kind, line.text, line.lang, line.holder, due
    if isinstance(line, PublishedLine):
        return Line(*words)
    writer = person(line.user) if line.user else line.name or _("Une personne présente")
    return Line(*words, writer, times.hour(line.at))


@bp.post(f"{NOTES}/text")
@public(policy.WRITE, of=TOPIC, late=[forum.is_running_now, forum.is_topic_live], limit=PRESS, form_on="notes.show")
def save_text(who: Participant) -> str | Response:
    """Save a part of what was said, joined to what others wrote of it meanwhile."""
    form, url = NoteTextForm(), _url(who, "text")
    outcome = attempt(form, _counted(who, lambda: text_service.save(me(), who, form.sent())), late=LATE)
    if outcome.code:
        return refuse("notes/notes.html", code=outcome.code, **describe(TOPIC.again(policy.READ), form))
    if outcome.result.clashes:
        return done(
            url, _("Enregistré. Quelqu'un a écrit au même endroit que vous : les deux textes sont gardés."), "warning"
        )
    return done(url, _("Enregistré."))


@bp.post(f"{NOTES}/lines")
@public(policy.WRITE, of=TOPIC, late=[forum.is_running_now, forum.is_topic_live], limit=PRESS, form_on="notes.show")
def add_line(who: Participant) -> str | Response:
    form, topic_url = LineForm().offer(), _url(who)
    key = form.form_key.data or ""
    outcome = attempt(form, _counted(who, lambda: service.add(me(), who, form.words(), key=key).id), late=LATE)
    if outcome.code:
        return refuse("notes/notes.html", code=outcome.code, **describe(TOPIC.again(policy.READ), form))
    return done(f"{topic_url}#line-{outcome.result}", _("La ligne est ajoutée."))


@bp.post(f"{NOTES}/people")
@public(policy.WRITE, of=TOPIC, late=[forum.is_running_now, forum.is_topic_live], limit=PRESS, form_on="notes.show")
def count_people(who: Participant) -> str | Response:
    form, url = PeopleForm(), _url(who, "people")
    act = _counted(who, lambda: service.count_people(me(), who, int(form.people_count.data)))
    outcome = attempt(form, act, late=LATE)
    if outcome.code:
        return refuse("notes/notes.html", code=outcome.code, **describe(TOPIC.again(policy.READ), form))
    return done(url, _("Le nombre est noté."))


@bp.route(f"{NOTES}/lines/<id:line_id>", methods=BOTH)
@public(policy.WRITE, of=TOPIC, late=[forum.is_running_now, forum.is_topic_live], limit=PRESS)
def change_line(who: Participant, line_id: int) -> str | Response:
    """Put a line in the place of another, whose words stay in the notes' history."""
    line = queries.get_line(forum.get_topic(who).id, line_id)
    form, url = LineForm().offer(), _url(who)
    values = {"forum": who.forum, "event": who.forum.event, "topic": who.topic, "line": line}
    if not form.is_submitted():
        return render("notes/line.html", form=LineForm.of(line), **values)
    key = form.form_key.data or ""
    act = _counted(who, lambda: service.change(me(), who, line_id, form.words(), key=key))
    outcome = attempt(form, act, late=LATE)
    if outcome.code:
        again = TOPIC.again(policy.READ)
        values |= {"forum": again.forum, "event": again.forum.event, "topic": again.topic}
        return refuse("notes/line.html", code=outcome.code, form=form, **values)
    anchor = f"{url}#line-{outcome.result.line.id}"
    if outcome.result.beside:
        return done(anchor, _("Quelqu'un venait de changer cette ligne : la sienne et la vôtre sont là."), "warning")
    return done(anchor, _("La ligne est changée."))


@bp.post(f"{NOTES}/lines/<id:line_id>/removal")
@public(
    policy.WRITE, of=TOPIC, late=[forum.is_running_now, forum.is_topic_live], limit=PRESS, form_on="notes.change_line"
)
def take_out_line(who: Participant, line_id: int) -> Response:
    form, url = Form(), _url(who, "lines")
    outcome = attempt(form, _counted(who, lambda: service.take_out(me(), who, line_id)), late=LATE)
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning")
    return done(url, _("La ligne est retirée."))


@bp.post(f"{NOTES}/publication")
@public(policy.PUBLISH, of=TOPIC, late=[forum.is_running_now, forum.is_topic_live], limit=PRESS, form_on="notes.show")
def publish(who: Participant) -> Response:
    form, url = Form(), _url(who, "publication")
    outcome = attempt(form, _counted(who, lambda: publishing.publish(me(), who)), late=LATE)
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning")
    return done(url, _("Ces notes sont publiées : tout le monde peut les lire."))


def _counted(who: Participant, act: Callable[[], Result]) -> Callable[[], Result]:
    """Return an act counted for its person."""
    place_id = who.registration.id if who.registration else 0

    def run() -> Result:
        count_press(me(), place_id)
        return act()

    return run


def _url(who: Participant, anchor: str | None = None) -> str:
    return url_for("notes.show", forum_id=who.forum.id, topic_id=forum.get_topic(who).id, _anchor=anchor)

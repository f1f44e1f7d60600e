"""What somebody writes in the notes of a session, from its page: a text, lines, how many people were there.

A script sends a text or a line by itself, later where there was no network, and is answered in JSON.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import jsonify, make_response
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import limits
from app.core import clock
from app.core.errors import N_, Conflict
from app.forms import times
from app.forms.base import Form
from app.forms.notes import KINDS, ClashForm, LineForm, NoteTextForm, PeopleForm, WriterForm
from app.forum import policy as forum
from app.forum.pace import count_press, get_key
from app.forum.participants import Participant
from app.notes import policy
from app.notes.models import NoteLine
from app.notes.queries import lines as queries
from app.notes.service import clashes, late, publishing, texts
from app.notes.service import lines as service
from app.notes.service.texts import Saved
from app.notes.words import LineWords
from app.web.forum.participants import TOPIC
from app.web.forum.presses import OTHER_PERSON
from app.web.forum.topics import BOTH
from app.web.frame.attempt import UNCHANGED, Outcome, attempt
from app.web.frame.drawings import draw
from app.web.frame.form_limits import counted_by_service
from app.web.frame.locale import format_date_day
from app.web.frame.responses import ask_later, done, is_htmx, refuse, render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.notes.bp import bp
from app.web.notes.pages import NOTES, SESSION, describe, get_url, list_clashes, name_writer

Result = TypeVar("Result")
LATE = N_("Ces notes ne s'écrivent plus : le forum est clos, ou la séance n'a plus sa place au tableau.")
WAITS = N_("Le forum est clos : ce que vous aviez écrit est gardé à part, et la coordination le lira.")
PRESS = counted_by_service("press")
CHANGES = [forum.is_running_now, forum.is_topic_live]


@bp.post(f"{NOTES}/text")
@public(policy.WRITE, of=SESSION, late=CHANGES, limit=counted_by_service("note"), form_on="notes.show")
def save_text(who: Participant) -> str | Response:
    """Save a part of what was said, joined to what others wrote of it meanwhile.

    A script also sends a text that it did not change, and hears what others wrote in it.
    """
    form = NoteTextForm().for_team(forum.runs_this(me(), who))

    def act() -> Saved | None:
        _check_person(who, form)
        sent = form.sent()
        if not is_htmx() and not texts.is_changed(who, sent):
            return None
        limits.take("note", get_key(me(), who.registration.id if who.registration else 0))
        return texts.save(me(), who, sent)

    outcome = attempt(form, act, late=LATE)
    if outcome.code:
        return _refuse_text(form, outcome)
    saved, url = outcome.result, get_url(SESSION.again(policy.READ), "said")
    if saved is None:
        return done(url, _(UNCHANGED), "info")
    if is_htmx():
        return _tell_saved(saved)
    if saved.is_late:
        return done(url, _(WAITS), "info")
    if saved.clashes:
        return done(
            url, _("Enregistré. Quelqu'un a écrit au même endroit que vous : les deux textes sont gardés."), "warning"
        )
    return done(url, _("Enregistré."))


def _check_person(who: Participant, form: WriterForm) -> None:
    """Raise Conflict where a browser sends what another person wrote on it."""
    if form.mine.data and form.mine.data != name_writer(who):
        raise Conflict(OTHER_PERSON)


def _tell_saved(saved: Saved) -> Response:
    """Answer a script with what the part has become, and what is to be chosen in it."""
    who = SESSION.again(policy.READ)
    topic_id = forum.get_topic(who).id
    drawn = draw("notes/_clashes.html", clashes=list_clashes(topic_id), forum=who.forum, topic=who.topic)
    said = _(WAITS) if saved.is_late else _("Enregistré à %(hour)s.", hour=times.hour(clock.now()))
    more = {"clashes": "" if saved.is_late else str(drawn), "has_clash": bool(saved.clashes)}
    return jsonify(number=saved.number, text=saved.text, late=saved.is_late, parts=saved.parts, said=said, **more)


def _refuse_text(form: NoteTextForm, outcome: Outcome[Any]) -> Response:
    if is_htmx():
        return _tell_why(form, outcome)
    return refuse("notes/notes.html", code=outcome.code, **describe(SESSION.again(policy.READ), form))


def _tell_why(form: WriterForm, outcome: Outcome[Any]) -> Response:
    """Tell a script why what it sent is refused; it keeps what was typed."""
    why = [*form.form_errors, *(error for field in form for error in field.errors)]
    return ask_later(make_response(jsonify(error=" ".join(map(str, why))), outcome.code), outcome.retry_after)


@bp.route(f"{NOTES}/lines", methods=BOTH)
@public(policy.WRITE, of=SESSION, late=CHANGES, limit=PRESS)
def add_line(who: Participant) -> str | Response:
    """Add a line. Its form has a page, where it is alone: what is typed of the text is lost to no press of a line.

    A script brings it in the page of the notes, and sends it from there.
    """
    form, is_late = LineForm().offer().for_team(forum.runs_this(me(), who)), policy.SEND_LATE.permits(me(), who)
    if not form.is_submitted():
        return render("notes/line.html", "notes/_line_form.html", **_values(who, form), mine=name_writer(who))
    key = form.form_key.data or ""

    def act() -> int:
        _check_person(who, form)
        if is_late:
            late.bring(me(), who, _tell_line(form.words()), key=key)
            return 0
        return service.add(me(), who, form.words(), key=key).id

    outcome = attempt(form, _counted(who, act), late=LATE)
    if outcome.code:
        refused = _values(SESSION.again(policy.READ), form)
        return _tell_why(form, outcome) if is_htmx() else refuse("notes/line.html", code=outcome.code, **refused)
    said = _(WAITS) if is_late else _("La ligne est ajoutée.")
    again = SESSION.again(policy.READ)
    if is_htmx():
        drawn = "" if is_late else str(draw("notes/_line_list.html", **describe(again)))
        return jsonify(said=said, lines=drawn, late=is_late)
    return done(
        get_url(again, "lines" if is_late else f"line-{outcome.result}"), said, "info" if is_late else "success"
    )


def _tell_line(words: LineWords) -> str:
    """Say a line in one text, as the coordination reads it."""
    day = format_date_day(words.due_on) if words.due_on else ""
    return "\n".join(filter(None, [f"{KINDS[words.kind]}. {words.text}", words.holder, day]))


def _values(who: Participant, form: Form, line: NoteLine | None = None) -> dict[str, Any]:
    return {"forum": who.forum, "event": who.forum.event, "topic": who.topic, "form": form, "line": line}


@bp.route(f"{NOTES}/people", methods=BOTH)
@public(policy.WRITE, of=TOPIC, late=CHANGES, limit=PRESS)
def count_people(who: Participant) -> str | Response:
    """Write how many people were in a session."""
    form, url = PeopleForm(), get_url(who, "people")
    if not form.is_submitted():
        notes = queries.find_notes(forum.get_topic(who).id)
        form.people_count.data = notes.people_there if notes else None
        return render("notes/people.html", **_values(who, form))
    act = _counted(who, lambda: service.count_people(me(), who, int(form.people_count.data)))
    outcome = attempt(form, act, late=LATE)
    if outcome.code:
        return refuse("notes/people.html", code=outcome.code, **_values(SESSION.again(policy.READ), form))
    return done(url, _("Le nombre est noté."))


@bp.route(f"{NOTES}/lines/<id:line_id>", methods=BOTH)
@public(policy.WRITE, of=TOPIC, late=CHANGES, limit=PRESS)
def change_line(who: Participant, line_id: int) -> str | Response:
    """Put a line in the place of another, whose words stay in the notes' history."""
    line, is_team = queries.get_line(forum.get_topic(who).id, line_id), forum.runs_this(me(), who)
    form, url = LineForm().offer().for_team(is_team), get_url(who)
    if not form.is_submitted():
        return render("notes/line.html", **_values(who, LineForm.of(line).for_team(is_team), line))
    key = form.form_key.data or ""
    act = _counted(who, lambda: service.change(me(), who, line_id, form.words(), key=key))
    outcome = attempt(form, act, late=LATE)
    if outcome.code:
        again = SESSION.again(policy.READ)
        line = queries.get_line(forum.get_topic(again).id, line_id, is_gone=True)
        return refuse("notes/line.html", code=outcome.code, **_values(again, form, line))
    if outcome.result is None:
        return done(url, _(UNCHANGED), "info")
    anchor = f"{url}#line-{outcome.result.line.id}"
    if outcome.result.beside:
        return done(anchor, _("Quelqu'un venait de changer cette ligne : la sienne et la vôtre sont là."), "warning")
    return done(anchor, _("La ligne est changée."))


@bp.post(f"{NOTES}/lines/<id:line_id>/removal")
@public(policy.WRITE, of=TOPIC, late=CHANGES, limit=PRESS, form_on="notes.change_line")
def take_out_line(who: Participant, line_id: int) -> Response:
    act, url = _counted(who, lambda: service.take_out(me(), who, line_id)), get_url(who, "lines")
    return _press(Form(), act, url, _("La ligne est retirée."))


@bp.post(f"{NOTES}/clashes/<id:clash_id>")
@public(policy.WRITE, of=TOPIC, late=CHANGES, limit=PRESS, form_on="notes.show")
def settle(who: Participant, clash_id: int) -> Response:
    """Choose between two texts that were written at the same place, or keep both."""
    form, url = ClashForm(), get_url(who, "said")
    act = _counted(who, lambda: clashes.settle(me(), who, clash_id, form.choice.data))
    return _press(form, act, url, _("C'est choisi. Ce qui a été retiré reste dans l'historique."))


@bp.post(f"{NOTES}/publication")
@public(policy.PUBLISH, of=TOPIC, late=CHANGES, limit=PRESS, form_on="notes.show")
def publish(who: Participant) -> Response:
    act, url = _counted(who, lambda: publishing.publish(me(), who)), get_url(who, "publication")
    return _press(Form(), act, url, _("Ces notes sont publiées : tout le monde peut les lire."))


def _press(form: Form, act: Callable[[], object], url: str, said: str) -> Response:
    """Do an act of one press; a refusal is said on the page that one is sent to."""
    outcome = attempt(form, act, late=LATE)
    reasons = "; ".join(map(str, [*form.form_errors, *(error for field in form for error in field.errors)]))
    return done(url, reasons, "warning") if outcome.code else done(url, said)


def _counted(who: Participant, act: Callable[[], Result]) -> Callable[[], Result]:
    """Return an act counted for its person."""
    place_id = who.registration.id if who.registration else 0

    def run() -> Result:
        count_press(me(), place_id)
        return act()

    return run

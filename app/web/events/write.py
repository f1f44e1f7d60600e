"""A meeting is drafted and written: by the team of a community, or by the coordination."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.events import policy
from app.events.models.meetings import Event
from app.events.service import life
from app.forms.rows import read_act
from app.web.events import editor
from app.web.events.bp import bp
from app.web.frame import links, loaders, local_drafts
from app.web.frame.attempt import UNCHANGED, UNCHANGED_DRAFT, attempt
from app.web.frame.overlaps import attempt_over, describe_edit, refresh
from app.web.frame.responses import done
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.get("/events/new")
@members(policy.CREATE)
def new() -> Response:
    return _show_new(editor.blank())


@bp.post("/events/new")
@members(policy.CREATE, limit="team")
def create() -> Response:
    form = editor.read(None)
    if read_act():
        return _show_new(form)
    outcome = attempt(
        form,
        lambda: life.create(
            me(), form.words(), community_id=form.lead_id(), form_key=form.form_key.data, **form.moments()
        ),
    )
    if outcome.code:
        return _show_new(form, outcome.code)
    local_drafts.mark_received(local_drafts.name_of("event-new"))
    return done(links.event_url(outcome.result), _("Le brouillon est gardé : votre équipe le voit, personne d'autre."))


def _show_new(form: editor.EventForm, code: int = 200) -> Response:
    return editor.show(form, None, action=url_for(".create"), back=url_for(".index"), code=code)


@bp.get("/events/<id:event_id>/edit")
@members(policy.EDIT, of=loaders.EVENT)
def edit(event: Event) -> Response:
    return _show(editor.fill(event), event)


@bp.post("/events/<id:event_id>/edit")
@members(policy.EDIT, of=loaders.EVENT, limit="team")
def change(event: Event) -> Response:
    form, url = editor.read(event), links.event_url(event)
    if read_act():
        refresh(form, editor.fill(event))
        return _show(form, event)
    outcome = attempt_over(form, event, lambda: editor.fill(event), lambda: _write(form, event))
    if outcome.code:
        return _show(form, event, outcome.code)
    local_drafts.mark_received(local_drafts.name_of(f"event-{event.id}"))
    is_draft = outcome.result.is_draft
    message = _("Le brouillon est gardé.") if is_draft else _("Vos changements sont publiés.")
    unchanged = UNCHANGED_DRAFT if is_draft else UNCHANGED
    return done(url, *describe_edit(outcome, message, form, unchanged=unchanged))


def _write(form: editor.EventForm, event: Event) -> Event:
    return life.edit(me(), event, form.words(), community_id=form.lead_id(), **form.moments())


def _show(form: editor.EventForm, event: Event, code: int = 200) -> Response:
    url = url_for(".change", event_id=event.id)
    return editor.show(form, event, action=url, back=links.event_url(event), code=code)

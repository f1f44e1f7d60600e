"""What becomes of a meeting, each act on a page of its own that says what it will do."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.permits import Permission
from app.events import policy
from app.events.models.meetings import Event
from app.events.queries import reading
from app.events.service import life
from app.forms.base import Form
from app.forms.event_times import CancellationForm, CloneForm, MoveForm
from app.web.events.bp import bp
from app.web.frame import links, loaders
from app.web.frame.attempt import LATE, attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me


@bp.route("/events/<id:event_id>/publication", methods=["GET", "POST"])
@members(policy.PUBLISH, of=loaders.EVENT, late=[policy.is_draft], limit="team")
def publish(event: Event) -> str | Response:
    form = Form()
    if not form.is_submitted():
        return render("events/publication.html", event=event, form=form)
    outcome = attempt(form, lambda: life.publish(me(), event), late=LATE)
    if outcome.code:
        return refuse("events/publication.html", code=outcome.code, event=event, form=form)
    url = url_for("forum.show", forum_id=event.id) if event.question else links.event_url(event)
    return done(url, _("La rencontre est au calendrier."))


@bp.route("/events/<id:event_id>/move", methods=["GET", "POST"])
@members(policy.MOVE, of=loaders.EVENT, late=[policy.is_on], limit="team")
def move(event: Event) -> str | Response:
    form = MoveForm()
    if not form.is_submitted():
        return render("events/move.html", event=event, form=MoveForm.of(event.starts_at, event.ends_at))
    outcome = attempt(
        form,
        lambda: life.move(me(), event, reason=form.reason.data, **form.moments()),
        late=LATE,
    )
    if outcome.code:
        return refuse("events/move.html", code=outcome.code, event=event, form=form)
    return done(links.event_url(event), _("La rencontre est déplacée; la date d'avant reste lisible."))


@bp.route("/events/<id:event_id>/cancellation", methods=["GET", "POST"])
@members(policy.CANCEL, of=loaders.EVENT, late=[policy.is_on], limit="team")
def cancel(event: Event) -> str | Response:
    form = CancellationForm()
    if not form.is_submitted():
        return render("events/cancellation.html", event=event, form=form)
    outcome = attempt(form, lambda: life.cancel(me(), event, reason=form.reason.data), late=LATE)
    if outcome.code:
        return refuse("events/cancellation.html", code=outcome.code, event=event, form=form)
    return done(links.event_url(event), _("La rencontre est annulée, avec votre motif."))


def find_to_delete(actor: Actor, event_id: int, permission: Permission) -> Event | None:
    """Return a meeting to delete, or None where the form of one comes after a colleague deleted it. Raise NotFound."""
    if request.method == "POST" and reading.was_deleted(actor, event_id):
        return None
    return reading.get_event(actor, event_id, permission)


@bp.route("/events/<id:event_id>/deletion", methods=["GET", "POST"])
@members(policy.DELETE, of=Loader(find_to_delete, "event_id"), limit="team")
def delete(event: Event | None) -> str | Response:
    if event is None:
        return done(url_for(".index"), _("Cette rencontre n'est plus là : quelqu'un l'a supprimée."), "warning")
    form = Form()
    if not form.is_submitted():
        return render("events/deletion.html", event=event, form=form)
    outcome = attempt(form, lambda: life.delete(me(), event))
    if outcome.code:
        return refuse("events/deletion.html", code=outcome.code, event=event, form=form)
    return done(url_for(".index"), _("La rencontre est supprimée."))


@bp.route("/events/<id:event_id>/clone", methods=["GET", "POST"])
@members(policy.CLONE, of=loaders.EVENT, limit="team")
def clone(event: Event) -> str | Response:
    form = CloneForm()
    if not form.is_submitted():
        return render("events/clone.html", event=event, form=form)
    outcome = attempt(
        form,
        lambda: life.clone(
            me(), event, form_key=form.form_key.data, takes_rest=bool(form.takes_rest.data), **form.moments()
        ),
    )
    if outcome.code:
        return refuse("events/clone.html", code=outcome.code, event=event, form=form)
    url = url_for(".edit", event_id=outcome.result.id)
    return done(url, _("Voici le brouillon de l'autre rencontre : relisez-le avant de la publier."))

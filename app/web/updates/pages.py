"""Updates (travaux): what a community publishes about its work, to read and to write."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import policy as communities
from app.communities.queries import Room
from app.events.queries import lists as events
from app.forms.base import Form
from app.forms.updates import UpdateForm
from app.plan.queries import concerns
from app.plan.service import concerns as concern_service
from app.updates import policy, queries, service
from app.updates.models import Update
from app.web.comments import subjects, talks, visits
from app.web.frame import follow_button, loaders, local_drafts, locale
from app.web.frame.attempt import attempt
from app.web.frame.overlaps import attempt_over, describe_edit
from app.web.frame.params import single_param
from app.web.frame.responses import done, lead_on, refuse, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me, rooms
from app.web.updates.bp import bp

READ_ANY = policy.READ | policy.READ_OWN


@bp.get("/communities/<slug>/updates")
@public(communities.READ, of=loaders.COMMUNITY)
def index(room: Room) -> str:
    return render(
        "updates/index.html", room=room, listing=queries.list_updates(me(), room.id, after=single_param("after"))
    )


@bp.get("/communities/<slug>/updates/<id:update_id>")
@public(READ_ANY, of=Loader(queries.get_update, "update_id"), shows="update")
def show(update: Update, slug: str) -> str | Response:
    room = _room(update)
    if slug != room.slug:
        return lead_on(url_for(".show", slug=room.slug, update_id=update.id))
    subject = subjects.of_update(update)
    follow = follow_button.of_update(update) if update.is_public else None
    new_ids = visits.list_new(update.thread, follow.following) if follow else ()
    return render(
        "updates/show.html",
        room=room,
        update=update,
        subject=subject,
        article=update,
        follow=follow,
        concerns=concerns.get_concerns(me(), update.id),
        talks_at=events.list_about(me(), "update_id", update.id),
        new_ids=new_ids,
        talk=talks.render_thread(subject, talks.read(subject.thread), new_ids),
        form=talks.blank_form(),
    )


@bp.get("/communities/<slug>/updates/new")
@members(policy.PUBLISH, of=loaders.COMMUNITY)
def new(room: Room) -> str:
    return render("updates/new.html", room=room, form=UpdateForm(formdata=None, lang=locale.get_language()))


@bp.post("/communities/<slug>/updates/new")
@members(policy.PUBLISH, of=loaders.COMMUNITY, limit="team")
def publish(room: Room) -> Response:
    form = UpdateForm()
    outcome = attempt(
        form,
        lambda: concern_service.publish(
            me(),
            room,
            title=form.title.data,
            body=form.body.data,
            lang=form.lang.data,
            concerns=form.concerns.data,
            form_key=form.form_key.data,
        ),
    )
    if outcome.code:
        return refuse("updates/new.html", code=outcome.code, room=room, form=form)
    local_drafts.mark_received(local_drafts.name_of(f"update-{request.path}"))
    return done(url_for(".show", slug=room.slug, update_id=outcome.result.id), _("Les travaux sont publiés."))


@bp.get("/communities/<slug>/updates/<id:update_id>/edit")
@members(policy.EDIT, of=loaders.UPDATE)
def edit(update: Update) -> str:
    return render("updates/edit.html", room=_room(update), update=update, form=_fill(update))


def _fill(update: Update) -> UpdateForm:
    """Return the form with an update as it is stored."""
    form = UpdateForm(formdata=None, obj=update)
    form.concerns.data = concerns.format_concerns(concerns.get_concerns(me(), update.id))
    return form


@bp.post("/communities/<slug>/updates/<id:update_id>/edit")
@members(policy.EDIT, of=loaders.UPDATE, limit="team")
def change(update: Update) -> Response:
    form, room = UpdateForm(), _room(update)
    outcome = attempt_over(
        form,
        update,
        lambda: _fill(update),
        lambda: concern_service.edit(
            me(), update, title=form.title.data, body=form.body.data, lang=form.lang.data, concerns=form.concerns.data
        ),
    )
    if outcome.code:
        return refuse("updates/edit.html", code=outcome.code, room=room, update=update, form=form)
    local_drafts.mark_received(local_drafts.name_of(f"update-{request.path}"))
    return done(
        url_for(".show", slug=room.slug, update_id=update.id),
        *describe_edit(outcome, _("Vos changements sont publiés."), form),
    )


@bp.route("/communities/<slug>/updates/<id:update_id>/deletion", methods=["GET", "POST"])
@members(policy.DELETE, of=loaders.UPDATE, limit="team")
def delete(update: Update) -> str | Response:
    room, form = _room(update), Form()
    if not form.validate_on_submit():
        return render("updates/deletion.html", room=room, update=update, form=form)
    service.delete(me(), update)
    return done(url_for(".index", slug=room.slug), _("Les travaux sont supprimés."))


def _room(update: Update) -> Room:
    return rooms().by_id[update.community_id]

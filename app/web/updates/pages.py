"""Travaux: what a community publishes about its work, to read and to write."""
from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import policy as communities
from app.communities import queries as rooms
from app.forms.base import Form
from app.forms.comments import CommentForm
from app.forms.updates import UpdateForm
from app.updates import policy, queries, service
from app.updates.models import Update
from app.web.comments import subjects
from app.web.frame import locale
from app.web.frame.attempt import taken
from app.web.frame.params import single
from app.web.frame.session import me
from app.web.frame.support import go, members, public, refused, render
from app.web.updates.bp import bp

READ_ANY = policy.READ | policy.READ_OWN


@bp.get("/communities/<slug>/updates")
@public(communities.READ)
def index(slug: str) -> str:
    room = rooms.one(me(), slug, communities.READ)
    return render("updates/index.html", room=room, listing=queries.listing(me(), room.id, after=single("after")))


@bp.get("/communities/<slug>/updates/<id:update_id>")
@public(READ_ANY)
def show(slug: str, update_id: int) -> str | Response:
    update = queries.one(me(), update_id, READ_ANY)
    room = _room(update)
    if slug != room.slug:
        return redirect(url_for(".show", slug=room.slug, update_id=update.id), 301)
    return render("updates/show.html", room=room, update=update, subject=subjects.of_update(update),
                  talk=subjects.talk(update.thread), form=CommentForm(formdata=None))


@bp.get("/communities/<slug>/updates/new")
@members(policy.PUBLISH)
def new(slug: str) -> str:
    room = rooms.one(me(), slug, policy.PUBLISH)
    return render("updates/new.html", room=room, form=UpdateForm(formdata=None, lang=locale.language()))


@bp.post("/communities/<slug>/updates/new")
@members(policy.PUBLISH)
def publish(slug: str) -> Response:
    room = rooms.one(me(), slug, policy.PUBLISH)
    form, made = UpdateForm(), list[Update]()
    if not taken(form, lambda: made.append(service.publish(
            me(), room, title=form.title.data, body=form.body.data, lang=form.lang.data,
            form_key=form.form_key.data))):
        return refused("updates/new.html", room=room, form=form)
    flash(_("La nouvelle est publiée."), "success")
    return go(".show", slug=room.slug, update_id=made[0].id)


@bp.get("/communities/<slug>/updates/<id:update_id>/edit")
@members(policy.EDIT)
def edit(slug: str, update_id: int) -> str:
    update = subjects.update_at(slug, update_id, policy.EDIT)
    return render("updates/edit.html", room=_room(update), update=update, form=UpdateForm(formdata=None, obj=update))


@bp.post("/communities/<slug>/updates/<id:update_id>/edit")
@members(policy.EDIT)
def change(slug: str, update_id: int) -> Response:
    update = subjects.update_at(slug, update_id, policy.EDIT)
    form, room = UpdateForm(), _room(update)
    if not taken(form, lambda: service.edit(
            me(), update, title=form.title.data, body=form.body.data, lang=form.lang.data)):
        return refused("updates/edit.html", room=room, update=update, form=form)
    flash(_("Vos changements sont publiés."), "success")
    return go(".show", slug=room.slug, update_id=update_id)


@bp.route("/communities/<slug>/updates/<id:update_id>/deletion", methods=["GET", "POST"])
@members(policy.DELETE)
def delete(slug: str, update_id: int) -> str | Response:
    update = subjects.update_at(slug, update_id, policy.DELETE)
    room, form = _room(update), Form()
    if not form.validate_on_submit():
        return render("updates/deletion.html", room=room, update=update, form=form)
    service.delete(me(), update)
    flash(_("La nouvelle est supprimée."), "success")
    return go(".index", slug=room.slug)


def _room(update: Update) -> rooms.Room:
    return rooms.visible(me()).by_id[update.community_id]

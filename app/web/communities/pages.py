"""Communities of practice: their pages, their members, their facilitators, and their edition by coordinators."""
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.communities import policy, queries, service
from app.communities.queries import Room
from app.forms.communities import CommunityForm, FacilitatorForm, NewCommunityForm
from app.forms.reference import MoveForm
from app.ideas.queries import facets, lists, reading
from app.updates import queries as updates
from app.web.communities import pictures
from app.web.communities.bp import bp
from app.web.frame import description, follow_button, loaders, params, shared
from app.web.frame.attempt import attempt
from app.web.frame.filters import label
from app.web.frame.routes import members, public
from app.web.frame.session import me, rooms
from app.web.frame.support import done, lead_on, refuse, render

LATEST, NEWS = 6, 3
BOTH = ["GET", "POST"]


@bp.get("/communities")
@public(policy.READ, lists=queries.visible)
def index() -> str:
    texts = {room.id: description.of(room) for room in rooms().all}
    return render("communities/index.html", texts=texts, ideas=facets.by_community(me()),
                  members=queries.members_counts())


@bp.get("/communities/<slug>")
@public(policy.READ, of=loaders.COMMUNITY)
def show(room: Room) -> str | Response:
    if room.slug != params.slug():
        return lead_on(url_for(".show", slug=room.slug))
    text, is_mine = description.of(room), room.id in me().memberships
    main = shared.part("communities/_main.html", (room.id, is_mine), lambda: {
        "room": room, "text": text, "is_mine": is_mine, **_read(room)})
    before_acts, after_acts = main.split(shared.CUT)
    return render("communities/show.html", room=room, text=text, is_mine=is_mine, before_acts=before_acts,
                  after_acts=after_acts, follow=follow_button.of_room(room), picture=pictures.of_page(room))


def _read(room: Room) -> dict[str, Any]:
    ideas = lists.listing(me(), lists.Filters(community=(room.id,)), size=LATEST).items
    return {
        "standing": queries.standing(room.id), "ideas": ideas, "placings": facets.placings(ideas),
        "news": updates.listing(me(), room.id, size=NEWS), "count": facets.by_community(me()).get(room.id, 0),
        "hidden": reading.list_hidden(me(), room.id) if policy.MODERATE.permits(me(), room) else []}


@bp.post("/communities/<slug>/membership")
@members(policy.JOIN, of=loaders.COMMUNITY)
def join(room: Room) -> Response:
    service.join(me(), queries.row(room.id))
    return done(
        url_for(".show", slug=room.slug),
        _("Bienvenue! Vous êtes membre de la communauté %(name)s.", name=label(room)))


@bp.post("/communities/<slug>/membership/withdrawal")
@members(policy.LEAVE, of=loaders.COMMUNITY)
def leave(room: Room) -> Response:
    service.leave(me(), queries.row(room.id))
    is_out = room.is_private and room.id not in me().facilitates
    return done(
        url_for(".index") if is_out else url_for(".show", slug=room.slug),
        _("Vous avez quitté la communauté %(name)s. Ce que vous y avez écrit reste.", name=label(room)))


@bp.route("/communities/new", methods=BOTH)
@members(policy.EDIT)
def new() -> str | Response:
    form = NewCommunityForm()
    if request.method != "POST":
        return render("communities/edit.html", form=form, room=None)
    outcome = attempt(form, lambda: service.create(me(), form.words(), **form.settings()))
    if outcome.code:
        return refuse("communities/edit.html", code=outcome.code, form=form, room=None)
    return done(url_for("reference.edit_communities"), _("La communauté est créée."))


@bp.route("/communities/<slug>/edit", methods=BOTH)
@members(policy.EDIT, of=loaders.COMMUNITY)
def edit(room: Room) -> str | Response:
    form = CommunityForm(obj=room)
    if request.method != "POST":
        return render("communities/edit.html", form=form, room=room)
    outcome = attempt(form, lambda: service.edit(
        me(), queries.row(room.id), form.words(), slug=form.slug.data, **form.settings()))
    if outcome.code:
        return refuse("communities/edit.html", code=outcome.code, form=form, room=room)
    return done(url_for(".show", slug=form.slug.data), *outcome.describe(_("Vos changements sont enregistrés.")))


@bp.post("/communities/<slug>/position")
@members(policy.EDIT, of=loaders.COMMUNITY)
def move(room: Room) -> Response:
    form = MoveForm()
    if not form.validate():
        abort(400)
    service.move(me(), queries.row(room.id), step=form.step())
    return redirect(_place(room), 303)


@bp.post("/communities/<slug>/archive")
@members(policy.EDIT, of=loaders.COMMUNITY)
def archive(room: Room) -> Response:
    service.archive(me(), queries.row(room.id))
    return done(_place(room), _(
        "« %(name)s » est archivée : sa page et ses idées restent, on ne peut plus la choisir.", name=label(room)))


@bp.post("/communities/<slug>/restoration")
@members(policy.EDIT, of=loaders.COMMUNITY)
def unarchive(room: Room) -> Response:
    service.unarchive(me(), queries.row(room.id))
    return done(_place(room), _("« %(name)s » est de nouveau ouverte.", name=label(room)))


def _place(room: Room) -> str:
    """Return the address of a community in the list of coordinators, where it takes the focus."""
    return url_for("reference.edit_communities", at=room.id, _anchor=f"row-{room.id}")


@bp.route("/communities/<slug>/facilitators", methods=BOTH)
@members(policy.GRANT, of=loaders.COMMUNITY)
def facilitators(room: Room) -> str | Response:
    form = FacilitatorForm()
    if request.method != "POST":
        return render("communities/facilitators.html", room=room, charges=queries.charges(room.id), form=form)
    outcome = attempt(form, lambda: _grant(room, form))
    if outcome.code:
        return refuse(
            "communities/facilitators.html", code=outcome.code, room=room, charges=queries.charges(room.id), form=form)
    return done(url_for(".facilitators", slug=room.slug), _("La charge est donnée."))


def _grant(room: Room, form: FacilitatorForm) -> None:
    person = accounts.by_email((form.email.data or "").lower())
    service.grant_facilitator(me(), queries.row(room.id), person.id if person else 0, expires_at=form.expires_at())


@bp.post("/communities/<slug>/facilitators/<id:user_id>/withdrawal")
@members(policy.GRANT, of=loaders.COMMUNITY)
def relieve(room: Room, user_id: int) -> Response:
    service.revoke_facilitator(me(), queries.row(room.id), user_id)
    page = url_for(".facilitators", slug=room.slug)
    if not queries.charges(room.id):
        return done(page, _("La charge est retirée. Il n'y a plus d'équipe d'animation : la coordination répond de "
                            "cette communauté."), "warning")
    return done(page, _("La charge est retirée."))

"""Communities of practice: what they are, who animates and joins them, and how coordinators keep them."""
from functools import partial

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.communities import policy, queries, service
from app.core.permits import require
from app.forms.communities import CommunityForm, FacilitatorForm, NewCommunityForm
from app.forms.reference import MoveForm
from app.ideas.queries import facets, lists, reading
from app.updates import queries as updates
from app.web.communities.bp import bp
from app.web.frame import description
from app.web.frame.attempt import taken
from app.web.frame.filters import label
from app.web.frame.session import me, rooms
from app.web.frame.support import go, members, public, refused, render

LATEST, NEWS = 6, 3


@bp.get("/communities")
@public(policy.READ)
def index() -> str:
    texts = {room.id: description.of(room) for room in rooms().all}
    ideas, belong = facets.by_community(me()), queries.members_counts()
    return render("communities/index.html", texts=texts, ideas=ideas, members=belong)


@bp.get("/communities/<slug>")
@public(policy.READ)
def show(slug: str) -> str | Response:
    room = queries.one(me(), slug, policy.READ)
    if room.slug != slug:
        return redirect(url_for(".show", slug=room.slug), 301)
    ideas = lists.listing(me(), lists.Filters(community=(room.id,)), size=LATEST).items
    return render(
        "communities/show.html", room=room, text=description.of(room), standing=queries.standing(room.id),
        ideas=ideas, placings=facets.placings(ideas), news=updates.listing(me(), room.id, size=NEWS),
        count=facets.by_community(me()).get(room.id, 0), is_mine=room.id in me().memberships,
        hidden=reading.hidden(me(), room.id) if policy.MODERATE.permits(me(), room) else [])


@bp.post("/communities/<slug>/membership")
@members(policy.JOIN)
def join(slug: str) -> Response:
    room = queries.one(me(), slug, policy.JOIN)
    service.join(me(), queries.row(room.id))
    flash(_("Bienvenue! Vous êtes membre de la communauté %(name)s.", name=label(room)), "success")
    return go(".show", slug=room.slug)


@bp.post("/communities/<slug>/membership/withdrawal")
@members(policy.LEAVE)
def leave(slug: str) -> Response:
    room = queries.one(me(), slug, policy.LEAVE)
    service.leave(me(), queries.row(room.id))
    flash(_("Vous avez quitté la communauté %(name)s. Ce que vous y avez écrit reste.", name=label(room)),
          "success")
    return go(".index") if room.is_private and room.id not in me().facilitates else go(".show", slug=room.slug)


@bp.route("/communities/new", methods=["GET", "POST"])
@members(policy.EDIT)
def new() -> str | Response:
    require(me(), policy.EDIT)
    form = NewCommunityForm()
    if request.method == "GET":
        return render("communities/edit.html", form=form, room=None)
    if not taken(form, lambda: service.create(me(), form.words(), **form.settings())):
        return refused("communities/edit.html", form=form, room=None)
    flash(_("La communauté est créée."), "success")
    return go("reference.edit_communities")


@bp.route("/communities/<slug>/edit", methods=["GET", "POST"])
@members(policy.EDIT)
def edit(slug: str) -> str | Response:
    room = queries.one(me(), slug, policy.EDIT)
    row, form = queries.row(room.id), CommunityForm(obj=room)
    if request.method == "GET":
        return render("communities/edit.html", form=form, room=room)
    change = partial(service.edit, me(), row, form.words(), slug=form.slug.data, **form.settings())
    if not taken(form, change):
        return refused("communities/edit.html", form=form, room=room)
    flash(_("Vos changements sont enregistrés."), "success")
    return go(".show", slug=form.slug.data)


@bp.post("/communities/<slug>/position")
@members(policy.EDIT)
def move(slug: str) -> Response:
    room, form = queries.one(me(), slug, policy.EDIT), MoveForm()
    if not form.validate():
        abort(400)
    service.move(me(), queries.row(room.id), step=form.step())
    return go("reference.edit_communities", at=room.id, anchor=f"row-{room.id}")


@bp.post("/communities/<slug>/archive")
@members(policy.EDIT)
def archive(slug: str) -> Response:
    room = queries.one(me(), slug, policy.EDIT)
    service.archive(me(), queries.row(room.id))
    flash(_("« %(name)s » est archivée : sa page et ses idées restent, on ne peut plus la choisir.",
            name=label(room)), "success")
    return go("reference.edit_communities", at=room.id, anchor=f"row-{room.id}")


@bp.post("/communities/<slug>/restoration")
@members(policy.EDIT)
def unarchive(slug: str) -> Response:
    room = queries.one(me(), slug, policy.EDIT)
    service.unarchive(me(), queries.row(room.id))
    flash(_("« %(name)s » est de nouveau ouverte.", name=label(room)), "success")
    return go("reference.edit_communities", at=room.id, anchor=f"row-{room.id}")


@bp.route("/communities/<slug>/facilitators", methods=["GET", "POST"])
@members(policy.GRANT)
def facilitators(slug: str) -> str | Response:
    room, form = queries.one(me(), slug, policy.GRANT), FacilitatorForm()
    if request.method == "GET":
        return render("communities/facilitators.html", room=room, charges=queries.charges(room.id), form=form)
    if not taken(form, partial(_grant, room, form)):
        return refused("communities/facilitators.html", room=room, charges=queries.charges(room.id), form=form)
    flash(_("La charge est donnée."), "success")
    return go(".facilitators", slug=room.slug)


def _grant(room: queries.Room, form: FacilitatorForm) -> None:
    person = accounts.by_email((form.email.data or "").lower())
    service.grant_facilitator(
        me(), queries.row(room.id), person.id if person else 0, expires_at=form.expires_at())


@bp.post("/communities/<slug>/facilitators/<id:user_id>/withdrawal")
@members(policy.GRANT)
def relieve(slug: str, user_id: int) -> Response:
    room = queries.one(me(), slug, policy.GRANT)
    service.revoke_facilitator(me(), queries.row(room.id), user_id)
    flash(_("La charge est retirée."), "success")
    if not queries.charges(room.id):
        flash(_("Il n'y a plus d'équipe d'animation : la coordination répond de cette communauté."), "warning")
    return go(".facilitators", slug=room.slug)

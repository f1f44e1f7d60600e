"""Communities of practice: their pages, their members, their facilitators, and their edition by coordinators."""

from dataclasses import dataclass, replace
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import policy, queries, service
from app.communities.queries import Room
from app.core import clock
from app.core.small_counts import LEAST
from app.forms.base import Form
from app.forms.communities import CommunityForm, NewCommunityForm
from app.forms.reference import MoveForm
from app.hubs.queries import subjects
from app.hubs.queries.deeds import get_deeds
from app.ideas.queries import facets, reading
from app.plan import tree
from app.plan.progress import Rollup
from app.reference.queries import get_catalogue
from app.web.communities import pictures
from app.web.communities.bp import bp
from app.web.frame import confirmation_texts, confirming, description, follow_button, loaders, order, params
from app.web.frame.attempt import attempt
from app.web.frame.description import Description
from app.web.frame.filters import label
from app.web.frame.overlaps import attempt_over, describe_edit
from app.web.frame.responses import done, lead_on, refuse, render
from app.web.frame.routes import members, public
from app.web.frame.session import me, rooms
from app.web.reference.hub_view import HubView, get_hub_view

BOTH = ["GET", "POST"]
# Where coordinators find them all, with the acts on each.
LIST = "reference.edit_communities"


@dataclass(frozen=True)
class RoomCard:
    """A community among the others: what it has, in numbers; `members` is None where they are few."""

    room: Room
    text: Description
    ideas: int
    members: int | None
    rollup: Rollup


@bp.get("/communities")
@public(policy.READ, lists=queries.get_visible_rooms)
def index() -> str:
    return render("communities/index.html", cards=_list_cards())


@bp.get("/communities/<slug>")
@public(policy.READ, of=loaders.COMMUNITY)
def show(room: Room) -> str | Response:
    if room.slug != params.path_slug():
        return lead_on(url_for(".show", slug=room.slug))
    return render(
        "communities/show.html",
        room=room,
        text=description.get_description(room),
        issues=[get_catalogue().issue[issue_id] for issue_id in room.issue_ids],
        is_mine=room.id in me().memberships,
        members=_tell_members(queries.count_members(room.id)),
        hub=_get_hub(room),
        animators=queries.list_animators(room.id),
        hidden=reading.list_hidden(me(), room.id) if policy.MODERATE.permits(me(), room) else [],
        follow=follow_button.of_room(room),
        picture=pictures.of_page(room),
    )


def _list_cards() -> list[RoomCard]:
    ideas, members = facets.count_by_community(me()), queries.count_members_by_community()
    deeds, today = get_deeds(), clock.today()
    return [
        RoomCard(
            room,
            description.get_description(room),
            ideas.get(room.id, 0),
            _tell_members(members.get(room.id, 0)),
            tree.roll_up_actions(deeds.of_community(room.id), today),
        )
        for room in rooms().current
    ]


def _get_hub(room: Room) -> HubView:
    """Read what is gathered around a community: its news in its colour, its meetings in short."""
    narrowed: dict[str, Any] = {"community": room.slug}
    all_actions = url_for("plan.show", **narrowed)
    hub = get_hub_view(subjects.of_community(room), narrowed, all_actions, actor=me())
    return replace(
        hub,
        news=[replace(item, colour=room.colour) for item in hub.news],
        events=[event._replace(excerpt="", place="", features=None) for event in hub.events],
    )


def _tell_members(number: int) -> int | None:
    """Return a number of members, or None where it would point at somebody."""
    return number if number >= LEAST else None


@bp.post("/communities/<slug>/membership")
@members(policy.JOIN, of=loaders.COMMUNITY, limit="standing")
def join(room: Room) -> Response:
    service.join(me(), queries.get_community(room.id))
    return done(
        url_for(".show", slug=room.slug), _("Bienvenue! Vous êtes membre de la communauté %(name)s.", name=label(room))
    )


@bp.route("/communities/<slug>/membership/withdrawal", methods=BOTH)
@members(policy.LEAVE, of=loaders.COMMUNITY, limit="standing")
def leave(room: Room) -> Any:
    """Leave a community; the page says first what one does not come back from by oneself."""
    place, name = url_for(".show", slug=room.slug), label(room)
    if request.method != "POST":
        act = confirmation_texts.LEAVING["private" if room.is_private else "public"]
        return confirming.render_confirmation(act, Form(), name=name, back=place, steps=[(name, place)])
    service.leave(me(), queries.get_community(room.id))
    page = url_for(".index") if room.is_private and room.id not in me().facilitates else place
    return done(page, _("Vous avez quitté la communauté %(name)s. Ce que vous y avez écrit reste.", name=name))


@bp.route("/communities/new", methods=BOTH)
@members(policy.EDIT, limit="team")
def new() -> str | Response:
    form = NewCommunityForm().offer(get_catalogue().issues, label)
    if request.method != "POST":
        return render("communities/edit.html", form=form, room=None)
    outcome = attempt(form, lambda: service.create(me(), form.words(), **form.settings()))
    if outcome.code:
        return refuse("communities/edit.html", code=outcome.code, form=form, room=None)
    return done(url_for(LIST), _("La communauté est créée."))


@bp.route("/communities/<slug>/edit", methods=BOTH)
@members(policy.EDIT, of=loaders.COMMUNITY, limit="team")
def edit(room: Room) -> str | Response:
    form = _fill(room)
    if request.method != "POST":
        return render("communities/edit.html", form=form, room=room)
    community = queries.get_community(room.id)
    outcome = attempt_over(
        form,
        community,
        lambda: _fill(community, formdata=None),
        lambda: service.edit(me(), community, form.words(), slug=form.slug.data, **form.settings()),
    )
    if outcome.code:
        return refuse("communities/edit.html", code=outcome.code, form=form, room=room)
    return done(
        url_for(".show", slug=form.slug.data),
        *describe_edit(outcome, _("Vos changements sont enregistrés."), form),
    )


def _fill(community: Any, **more: Any) -> CommunityForm:
    """Return the form of a community, with the issues that it covers as they are stored."""
    covered = queries.list_covered_ids(community.id)
    return CommunityForm(obj=community, issues=covered, **more).offer(get_catalogue().issues, label)


@bp.post("/communities/<slug>/position")
@members(policy.EDIT, of=loaders.COMMUNITY, form_on=LIST, limit="team")
def move(room: Room) -> Response:
    form = MoveForm()
    if not form.validate():
        abort(400)
    service.move(me(), queries.get_community(room.id), step=form.step())
    there = queries.get_visible_rooms(me())
    names = [label(one) for one in there.all]
    return done(_place(room), order.describe_move(names, list(there.by_id).index(room.id), form.step()))


@bp.post("/communities/<slug>/archive")
@members(policy.EDIT, of=loaders.COMMUNITY, form_on=LIST, limit="team")
def archive(room: Room) -> Response:
    service.archive(me(), queries.get_community(room.id))
    return done(
        _place(room),
        _("« %(name)s » est archivée : sa page et ses idées restent, on ne peut plus la choisir.", name=label(room)),
    )


@bp.post("/communities/<slug>/restoration")
@members(policy.EDIT, of=loaders.COMMUNITY, form_on=LIST, limit="team")
def unarchive(room: Room) -> Response:
    service.unarchive(me(), queries.get_community(room.id))
    return done(_place(room), _("« %(name)s » est de nouveau ouverte.", name=label(room)))


def _place(room: Room) -> str:
    """Return the address of a community in the list of coordinators, where it takes the focus."""
    return url_for(LIST, at=room.id, _anchor=f"row-{room.id}")

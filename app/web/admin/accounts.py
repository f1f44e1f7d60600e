"""The acts of an administrator on an account: each is a page that says what it does, then a press."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import administration, policy, queries, service
from app.accounts import queries as accounts
from app.accounts.models.people import SITE_ROLES, User
from app.communities import policy as communities
from app.communities import queries as community_queries
from app.communities import service as community_service
from app.communities import suspensions
from app.communities.queries import Room
from app.core.actor import Actor
from app.core.permits import Permission
from app.forms.base import Form, choices
from app.forms.moderation import MeasureForm
from app.forms.people import ChargeForm, RoleForm, SuspensionForm
from app.web.accounts import freshness
from app.web.admin.bp import bp
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.filters import label
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import forget_me, me

BOTH = ["GET", "POST"]


@dataclass(frozen=True)
class AccountAct:
    """An act that needs nothing but its form; `path` ends its address, `message` is said once it is done."""

    path: str
    permission: Permission
    form: type[Form]
    run: Callable[[User, Any], object]
    message: Any


ACTS = {
    "sign_out": AccountAct(
        "signing-out",
        policy.CHANGE,
        Form,
        lambda user, _form: administration.sign_out(me(), user),
        _l("Toutes ses sessions sont fermées."),
    ),
    "suspend": AccountAct(
        "suspension",
        policy.PROTECT,
        SuspensionForm,
        lambda user, form: suspensions.suspend(
            me(), user, reason=form.reason.data or "", until=form.until_moment(), locks=form.locks.data
        ),
        _l("Le compte est suspendu; la personne est avisée, avec le motif."),
    ),
    "lift": AccountAct(
        "suspension/lifting",
        policy.PROTECT,
        MeasureForm,
        lambda user, form: suspensions.lift(me(), user, reason=form.reason.data or ""),
        _l("La suspension est levée."),
    ),
    "second_factor": AccountAct(
        "second-factor/removal",
        policy.PROTECT,
        MeasureForm,
        lambda user, form: administration.drop_second_factor(me(), user, reason=form.reason.data or ""),
        _l("La vérification en deux étapes est désactivée, et ses sessions sont fermées."),
    ),
}


def _serve(name: str, act: AccountAct) -> None:
    @members(act.permission, of=loaders.ACCOUNT, limit="administration")
    def view(user: User) -> str | Response:
        form = act.form()
        return _answer(name, user, form, lambda: act.run(user, form), lambda: _back(user, str(act.message)))

    bp.add_url_rule(f"/people/<id:user_id>/{act.path}", name, view, methods=BOTH)


for name, act in ACTS.items():
    _serve(name, act)


@bp.route("/people/<id:user_id>/role", methods=BOTH)
@members(policy.CHANGE, of=loaders.ACCOUNT, limit="administration")
def role(user: User) -> str | Response:
    before = user.site_role
    form = RoleForm(role=single_param("role", SITE_ROLES) or before)

    def leave() -> Response:
        forget_me()
        is_out = user.id == me().id and not me().is_admin
        return done(
            url_for("accounts.index") if is_out else url_for("admin.show_person", user_id=user.id, was=before),
            _("Le rôle est changé.") if form.role.data != before else _("Le rôle reste le même."),
        )

    return _answer("role", user, form, lambda: service.grant_site_role(me(), user, form.role.data), leave)


@bp.route("/people/<id:user_id>/charge", methods=BOTH)
@members(policy.CHANGE, of=loaders.ACCOUNT, limit="administration")
def charge(user: User) -> str | Response:
    form = ChargeForm()
    open_rooms = {
        room.slug: room
        for room in community_queries.get_visible_rooms(me()).current
        if communities.GRANT.permits(me(), room)
    }
    form.community.choices = choices(
        [("", _l("Choisissez une communauté")), *((slug, label(room)) for slug, room in open_rooms.items())]
    )

    def grant() -> None:
        room = community_queries.get_community(open_rooms[form.community.data].id)
        community_service.grant_facilitator(me(), room, user.id, expires_at=form.expires_at())

    return _answer("charge", user, form, grant, lambda: _back(user, _("La charge est donnée.")))


def get_charge(actor: Actor, user_id: int, slug: str, permission: Permission) -> tuple[User, Room]:
    """Return an account that the actor administers, and a community whose charges they may grant. Raise NotFound."""
    return accounts.get_user(actor, user_id, policy.ADMINISTER), community_queries.get_room(actor, slug, permission)


@bp.route("/people/<id:user_id>/charge/<slug>/withdrawal", methods=BOTH)
@members(communities.GRANT, of=Loader(get_charge, "user_id", "slug"), limit="administration")
def relieve(found: tuple[User, Room]) -> str | Response:
    user, room = found
    return _answer(
        "relieve",
        user,
        Form(),
        lambda: community_service.revoke_facilitator(me(), community_queries.get_community(room.id), user.id),
        lambda: _back(user, _("La charge est retirée.")),
        room=room,
        is_last=len(community_queries.list_charges(room.id)) == 1,
    )


def _answer(
    kind: str, user: User, form: Form, act: Callable[[], object], leave: Callable[[], Response], **more: Any
) -> str | Response:
    """Show the page of an act, or do it and leave; the password is asked again first if it was given long ago."""
    page, values = "admin/people/act.html", {"kind": kind, "user": user, "form": form} | more
    question = freshness.ask_password(page, **values)
    if question or request.method != "POST":
        return question or render(page, **values)
    outcome = attempt(form, act)
    return refuse(page, code=outcome.code, **values) if outcome.code else leave()


def _back(user: User, message: str) -> Response:
    return done(url_for("admin.show_person", user_id=user.id), message)


@bp.get("/access-log")
@members(policy.READ_ACCESSES)
def access_log() -> str:
    person = id_param("person")
    listing = queries.list_accesses(me(), of=person, before=id_param("after"))
    return render("admin/access_log.html", listing=listing, person=person)

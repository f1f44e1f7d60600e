"""What an administrator does for an account: each act is a page that says what it does, then a press."""
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import administration, policy, queries, requests, service
from app.accounts.models.people import SITE_ROLES, User
from app.communities import policy as communities
from app.communities import queries as rooms
from app.communities import service as charges
from app.communities import suspensions
from app.core.permits import Permission
from app.forms.base import Form, choices
from app.forms.moderation import MeasureForm
from app.forms.people import ChargeForm, PressForm, RoleForm, SuspensionForm
from app.web.accounts import freshness
from app.web.admin.bp import bp
from app.web.frame.attempt import taken
from app.web.frame.filters import label
from app.web.frame.params import single
from app.web.frame.session import forget_me, me
from app.web.frame.support import go, members, refused, render

BOTH = ["GET", "POST"]
FIRST = _l("Cela touche à un compte : redonnez d'abord votre mot de passe, puis envoyez de nouveau.")


@bp.route("/people/<id:user_id>/role", methods=BOTH)
@members(policy.CHANGE)
def role(user_id: int) -> str | Response:
    user = one(user_id, policy.CHANGE)
    before, offered = user.site_role, single("role", SITE_ROLES)
    form = RoleForm(role=offered or before)
    answer = _act("role", user, form, lambda: service.grant_site_role(me(), user, form.role.data))
    if answer is not None:
        return answer
    forget_me()
    flash(_("Le rôle est changé.") if form.role.data != before else _("Le rôle reste le même."), "success")
    if user_id == me().id and not me().is_admin:
        return go("accounts.index")
    return go("admin.show_person", user_id=user_id, was=before)


@bp.route("/people/<id:user_id>/charge", methods=BOTH)
@members(policy.CHANGE)
def charge(user_id: int) -> str | Response:
    user, form = one(user_id, policy.CHANGE), ChargeForm()
    offered = {room.slug: room for room in rooms.visible(me()).current if communities.GRANT.permits(me(), room)}
    form.community.choices = choices([("", _l("Choisissez une communauté")), *(
        (slug, label(room)) for slug, room in offered.items())])

    def grant() -> None:
        room = rooms.row(offered[form.community.data].id)
        charges.grant_facilitator(me(), room, user.id, expires_at=form.expires_at())

    return _act("charge", user, form, grant) or _done(user_id, _("La charge est donnée."))


@bp.route("/people/<id:user_id>/charge/<slug>/withdrawal", methods=BOTH)
@members(communities.GRANT)
def relieve(user_id: int, slug: str) -> str | Response:
    user, room = one(user_id, policy.ADMINISTER), rooms.one(me(), slug, communities.GRANT)
    act = _act("relieve", user, PressForm(), lambda: charges.revoke_facilitator(me(), rooms.row(room.id), user.id),
               room=room)
    return act or _done(user_id, _("La charge est retirée."))


@bp.route("/people/<id:user_id>/signing-out", methods=BOTH)
@members(policy.CHANGE)
def sign_out(user_id: int) -> str | Response:
    user = one(user_id, policy.CHANGE)
    act = _act("sign_out", user, PressForm(), lambda: administration.sign_out(me(), user))
    return act or _done(user_id, _("Toutes ses sessions sont fermées."))


@bp.route("/people/<id:user_id>/suspension", methods=BOTH)
@members(policy.PROTECT)
def suspend(user_id: int) -> str | Response:
    user, form = one(user_id, policy.PROTECT), SuspensionForm()
    act = _act("suspend", user, form, lambda: suspensions.suspend(
        me(), user, reason=form.reason.data or "", until=form.until_moment(), locks=form.locks.data))
    return act or _done(user_id, _("Le compte est suspendu; la personne est prévenue, avec le motif."))


@bp.route("/people/<id:user_id>/suspension/lifting", methods=BOTH)
@members(policy.PROTECT)
def lift(user_id: int) -> str | Response:
    user, form = one(user_id, policy.PROTECT), MeasureForm()
    act = _act("lift", user, form, lambda: suspensions.lift(me(), user, reason=form.reason.data or ""))
    return act or _done(user_id, _("La suspension est levée."))


@bp.route("/people/<id:user_id>/second-factor/removal", methods=BOTH)
@members(policy.PROTECT)
def second_factor(user_id: int) -> str | Response:
    user, form = one(user_id, policy.PROTECT), MeasureForm()
    act = _act("second_factor", user, form, lambda: administration.drop_second_factor(
        me(), user, reason=form.reason.data or ""))
    return act or _done(user_id, _("La vérification en deux étapes est désactivée, et ses sessions sont fermées."))


@bp.route("/people/<id:user_id>/confirmation", methods=BOTH)
@members(policy.REMIND)
def remind(user_id: int) -> str | Response:
    user = one(user_id, policy.REMIND)
    act = _act("remind", user, PressForm(), lambda: requests.ask("confirmation", str(user.email)))
    return act or _done(user_id, _("Le courriel de confirmation est parti de nouveau."))


def one(user_id: int, permission: Permission) -> User:
    return queries.one(me(), user_id, permission)


def _act(kind: str, user: User, form: Form, act: Callable[[], object], **more: Any) -> str | Response | None:
    """Show the page of an act, or do it; give None once it is done."""
    shown = {"kind": kind, "user": user, "form": form, "verify_url": None} | more
    is_fresh = freshness.is_fresh()
    if request.method == "GET":
        return render("admin/people/act.html", **shown) if is_fresh else redirect(freshness.verify_url(), 303)
    if not is_fresh:
        form.say(None, str(FIRST))
        return refused("admin/people/act.html", **shown | {"verify_url": freshness.verify_url()})
    return None if taken(form, act) else refused("admin/people/act.html", **shown)


def _done(user_id: int, message: str) -> Response:
    flash(message, "success")
    return go("admin.show_person", user_id=user_id)

"""A person's account: what they say of themselves, where they are signed in, and how they leave."""
from datetime import timedelta
from typing import Any

from flask import flash, g, request, session
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from app.accounts import changes, limits, policy, queries, service, sessions
from app.accounts.models.people import Profile, User
from app.core.permits import Permission, anyone
from app.forms.accounts import ClosingForm, LanguageForm, ProfileForm
from app.ideas.queries import facets, lists
from app.ideas.queries.lists import Filters
from app.measures import queries as measures
from app.measures.policy import PERSON_READ
from app.web.accounts.bp import bp
from app.web.frame import posting
from app.web.frame.attempt import Outcome, attempt
from app.web.frame.session import TOKEN, me
from app.web.frame.support import go, members, public, refused, render

ACTIVITY = 10
REGISTER = Permission("account:register", [anyone])


def mine() -> User:
    """Give the account of whoever asks."""
    return queries.one(me(), me().id or 0, policy.MANAGE)


@bp.get("/register/sent")
@public(REGISTER)
def registered() -> str:
    return render("accounts/registered.html")


@bp.get("/account")
@members(policy.SIGNED_IN)
def index() -> str:
    language = LanguageForm(formdata=None, locale=current_user.locale)
    return render("accounts/index.html", language=language, **_own())


def _own() -> dict[str, Any]:
    user = mine()
    return {"user": user, "profile": queries.profile(user)}


@bp.post("/account/language")
@members(policy.SIGNED_IN)
def language() -> str | Response:
    form = LanguageForm()
    if not form.validate():
        return refused("accounts/index.html", language=form, **_own())
    service.choose_language(me(), mine(), locale=form.locale.data)
    return go("accounts.index", lang=form.locale.data)


@bp.route("/account/profile", methods=["GET", "POST"])
@members(policy.SIGNED_IN)
def profile() -> str | Response:
    user = mine()
    judged = queries.profile(user)
    if request.method == "GET":
        held = changes.current(me(), user_id=user.id)
        form = ProfileForm.of(user, judged, held.words if held else None)
        form.show(held)
        return render("accounts/profile.html", form=form, held=held, **_beside(judged))
    form = ProfileForm().offer(user)
    is_excessive = form.validate() and posting.is_excessive(form, form.about.data or "", "about")
    outcome = Outcome[bool](422) if is_excessive else attempt(
        form, lambda: service.edit_profile(
            me(), user, **form.typed(), signs=form.signs(), waiting=form.waiting.data))
    if outcome.code:
        user = mine()
        held = changes.current(me(), user_id=user.id)
        if outcome.code == 409:
            form.show(held)
        return refused("accounts/profile.html", code=outcome.code, form=form, held=held,
                       **_beside(queries.profile(user)))
    if outcome.made:
        flash(_("Vos changements sont reçus. La coordination les lit avant qu'ils paraissent; vous aurez un avis."),
              "info")
    else:
        flash(*posting.said_of_change(_("Votre profil est enregistré."), user_id=user.id))
    return go("accounts.member", user_id=me().id)


def _beside(profile: Profile) -> dict[str, Any]:
    return {"organisations": queries.organisations(), "profile": profile}


@bp.get("/members/<id:user_id>")
@public(policy.READ)
def member(user_id: int) -> str:
    user = queries.one(me(), user_id, policy.READ)
    ideas = lists.listing(me(), Filters(author=user.id), size=ACTIVITY).items if user.shows_activity else []
    held = changes.current(me(), user_id=user.id) if user.id == me().id else None
    return render("accounts/member.html", user=user, profile=queries.profile(user), ideas=ideas,
                  placings=facets.placings(ideas), held=held,
                  follows=me().is_staff and PERSON_READ.permits(me(), measures.person_of(user)))


@bp.get("/account/sessions")
@members(policy.SIGNED_IN)
def open_sessions() -> str:
    return render("accounts/sessions.html", sessions=sessions.of(mine()), current_id=g.session_id)


@bp.post("/account/sessions/<id:session_id>/revocation")
@members(policy.SIGNED_IN)
def revoke(session_id: int) -> Response:
    sessions.revoke(me(), mine(), session_id)
    flash(_("Cette session est fermée."), "success")
    return go("accounts.open_sessions")


@bp.post("/account/sessions/revocation")
@members(policy.SIGNED_IN)
def revoke_all() -> Response:
    sessions.revoke_all(me(), mine())
    return _left(_("Toutes vos sessions sont fermées, celle-ci comprise."), "security.login")


@bp.route("/account/closing", methods=["GET", "POST"])
@members(policy.SIGNED_IN)
def closing() -> str | Response:
    if request.method == "GET":
        return render("accounts/closing.html", form=ClosingForm(formdata=None))
    limits.take("password", me(), most=10, within=timedelta(minutes=15))
    form = ClosingForm()
    if not form.validate():
        return refused("accounts/closing.html", form=form)
    service.close(me(), mine())
    return _left(_("Votre compte est fermé. Merci de ce que vous avez apporté."), "site.home")


def _left(message: str, endpoint: str) -> Response:
    """Leave the account in this browser too."""
    session.pop(TOKEN, None)
    logout_user()
    flash(message, "success")
    return go(endpoint)

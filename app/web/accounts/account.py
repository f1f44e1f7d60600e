"""The account of the reader: profile, language, sessions, closing; and the public page of a member."""

from typing import Any

from flask import g, session, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response

from app.accounts import changes, policy, queries, service, sessions
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import Profile, User
from app.core import dead_addresses
from app.core.permits import Permission, anyone
from app.events.queries import door
from app.forms.accounts import ClosingForm, LanguageForm, ProfileForm
from app.ideas.queries import lists
from app.ideas.queries.lists import Filters
from app.moderation.measures import queries as measures
from app.moderation.measures.policy import PERSON_READ
from app.web.accounts import between_forms
from app.web.accounts.bp import bp
from app.web.frame import destination, loaders, locale, posting
from app.web.frame.form_limits import unlimited
from app.web.frame.overlaps import add_colleague_changes, attempt_over
from app.web.frame.params import id_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members, public
from app.web.frame.session import TOKEN, me

ACTIVITY = 10
REGISTER = Permission("account:register", [anyone])


@bp.get("/register/sent")
@public(REGISTER)
def registered() -> str:
    return render("accounts/registered.html", address=between_forms.get_address(), next=destination.get_goal())


@bp.get("/account")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT)
def index(user: User) -> str:
    return render("accounts/index.html", **_describe(user, LanguageForm(formdata=None, locale=user.locale)))


def _describe(user: User, form: LanguageForm) -> dict[str, Any]:
    """Return what the page of an account shows, with the form of its language."""
    is_dead = dead_addresses.is_dead(str(user.email))
    return {"language": form, "user": user, "profile": queries.get_profile(user), "is_dead": is_dead}


@bp.post("/account/language")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT, limit="account")
def language(user: User) -> Response:
    form = LanguageForm()
    if not form.validate():
        return refuse("accounts/index.html", code=422, **_describe(user, form))
    service.choose_language(me(), user, locale=form.locale.data)
    with force_locale(form.locale.data):
        message = _("C'est noté : le site et nos courriels sont maintenant en français.")
    return locale.remember(done(url_for("accounts.index"), message), "lang", form.locale.data)


@bp.post("/account/address/revival")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT, limit="account")
def revive_address(user: User) -> Response:
    service.revive_address(me(), user)
    return done(url_for(".index"), _("C'est noté : nos prochains courriels partiront de nouveau vers votre adresse."))


@bp.get("/account/profile")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT)
def profile(user: User) -> str:
    held_revision, stored = changes.find_own_revision(me(), user_id=user.id), queries.get_profile(user)
    form = _fill_profile(user, stored, held_revision)
    form.show(held_revision)
    return render(
        "accounts/profile.html",
        form=form,
        held_revision=held_revision,
        profile=stored,
        organisations=queries.list_organisation_names(),
    )


def _fill_profile(user: User, stored: Profile, held_revision: HeldRevision | None) -> ProfileForm:
    """Return the form with a profile as it is stored, in the words that wait where some do."""
    return ProfileForm.of(user, stored, held_revision.words if held_revision else None)


def _read_stored() -> ProfileForm:
    user = loaders.get_own_account(me(), policy.MANAGE)
    return _fill_profile(user, queries.get_profile(user), changes.find_own_revision(me(), user_id=user.id))


@bp.post("/account/profile")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT, limit="account")
def edit_profile(user: User) -> Response:
    form = ProfileForm().offer(user)
    outcome = attempt_over(
        form,
        user,
        _read_stored,
        lambda: service.edit_profile(me(), user, **form.values(), signs=form.signs(), waiting=form.waiting.data),
        check=lambda: form.validate() and not posting.is_excessive(form, form.about.data or "", "about"),
    )
    if outcome.code:
        return _refuse_profile(form, outcome.code)
    if outcome.result:
        message = (
            _("Vos changements sont reçus. La coordination les lit avant qu'ils paraissent; vous aurez un avis."),
            "info",
        )
    else:
        message = posting.change_message(
            add_colleague_changes(_("Votre profil est enregistré."), form), user_id=user.id
        )
    return done(url_for("accounts.member", user_id=user.id), *message)


def _refuse_profile(form: ProfileForm, code: int) -> Response:
    """Show what was typed, with the change that waits as it is now."""
    user = loaders.get_own_account(me(), policy.MANAGE)
    held_revision = changes.find_own_revision(me(), user_id=user.id)
    if code == 409:
        form.show(held_revision)
    return refuse(
        "accounts/profile.html",
        code=code,
        form=form,
        held_revision=held_revision,
        profile=queries.get_profile(user),
        organisations=queries.list_organisation_names(),
    )


@bp.get("/members/<id:user_id>")
@public(policy.READ, of=loaders.ACCOUNT, shows="profile")
def member(user: User) -> str:
    ideas = lists.list_ideas(me(), Filters(author=user.id), size=ACTIVITY).items if user.shows_activity else []
    held_revision = changes.find_own_revision(me(), user_id=user.id) if user.id == me().id else None
    follows = me().is_staff and PERSON_READ.permits(me(), measures.build_person(user))
    return render(
        "accounts/member.html",
        user=user,
        profile=queries.get_profile(user),
        ideas=ideas,
        held_revision=held_revision,
        follows=follows,
    )


@bp.get("/account/sessions")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT)
def open_sessions(user: User) -> str:
    return render("accounts/sessions.html", sessions=sessions.list_sessions(user), current_id=g.session_id)


@bp.post("/account/sessions/<id:session_id>/revocation")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT, limit=unlimited("it ends a session"))
def revoke(user: User, session_id: int) -> Response:
    sessions.revoke(me(), user, session_id)
    return done(url_for("accounts.open_sessions"), _("Cette session est fermée."))


@bp.post("/account/sessions/revocation")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT, limit=unlimited("it ends sessions, and there are none left to end"))
def revoke_all(user: User) -> Response:
    sessions.revoke_all(me(), user)
    return _leave(_("Toutes vos sessions sont fermées, celle-ci comprise."), "security.login")


@bp.get("/account/closing")
@members(policy.SIGNED_IN)
def closing() -> str:
    return render("accounts/closing.html", form=ClosingForm(formdata=None))


@bp.post("/account/closing")
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT, limit="password")
def close(user: User) -> Response:
    form = ClosingForm()
    if not form.validate():
        return refuse("accounts/closing.html", code=422, form=form)
    service.close(me(), user)
    return _leave(_("Votre compte est fermé. Merci de ce que vous avez apporté."), "site.home")


def _leave(message: str, endpoint: str) -> Response:
    """Sign out of this browser, and redirect."""
    session.pop(TOKEN, None)
    logout_user()
    return done(url_for(endpoint), message)


@bp.get("/account/accesses")
@members(policy.SIGNED_IN)
def accesses() -> str:
    meetings = door.name_joined(me())
    listing = queries.list_accesses(me(), of=me().id, events=meetings.keys(), before=id_param("after"))
    return render("accounts/accesses.html", listing=listing, meetings=meetings)

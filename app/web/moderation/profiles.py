"""The profile of a person: members report it, the coordination hides it and shows it again, its author appeals."""
from collections.abc import Callable
from typing import Any

from flask import flash, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import policy as accounts
from app.accounts import queries
from app.accounts.models.people import Profile
from app.appeals import policy as appeal_policy
from app.cases import policy
from app.cases import service as cases
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission
from app.forms.moderation import JudgedWordsForm
from app.measures.service import contents as service
from app.web.frame import content_links
from app.web.frame.attempt import asked, kept_late
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.moderation import appeals, reports, saved_replies
from app.web.moderation.bp import bp

BOTH = ["GET", "POST"]
DONE = {
    "hide_profile": _l("Le profil est masqué. La personne lira votre motif; elle peut le changer ou demander un nouvel "
                       "examen."),
    "leave_profile": _l("Le profil reste masqué. La personne lira votre motif."),
    "restore_profile": _l("Le profil est de nouveau public."),
}


@bp.route("/members/<id:user_id>/report", methods=BOTH)
@members(policy.REPORT)
def report_profile(user_id: int) -> str | Response:
    return reports.ask(lambda: one(user_id, policy.REPORT), _report)


def _report(actor: Actor, profile: Profile, **said: str) -> bool:
    return cases.report_profile(actor, profile.author, **said)


@bp.get("/members/<id:user_id>/appeal")
@members(appeal_policy.CONTEST)
def appeal_profile(user_id: int) -> Response:
    return appeals.against(one(user_id, appeal_policy.CONTEST))


@bp.route("/members/<id:user_id>/hiding", methods=BOTH)
@members(accounts.HIDE_PROFILE)
def hide_profile(user_id: int) -> str | Response:
    profile = one(user_id, asked(accounts.HIDE_PROFILE, accounts.is_to_read))
    kind = "leave_profile" if profile.is_hidden else "hide_profile"
    return _measure(kind, profile, lambda **said: service.hide_profile(me(), profile.author, **said))


@bp.route("/members/<id:user_id>/restoration", methods=BOTH)
@members(accounts.RESTORE_PROFILE)
def restore_profile(user_id: int) -> str | Response:
    profile = one(user_id, asked(accounts.RESTORE_PROFILE, accounts.is_hidden))
    return _measure("restore_profile", profile, lambda **said: service.restore_profile(me(), profile, **said))


def one(user_id: int, permission: Permission) -> Profile:
    """Return the profile at an address; the absent and the forbidden answer alike."""
    profile = queries.profile(queries.one(me(), user_id, accounts.READ))
    if not permission.permits(me(), profile):
        raise NotFound()
    return profile


def _measure(kind: str, profile: Profile, act: Callable[..., None]) -> str | Response:
    """Show the words and ask why, then act and return to the person."""
    form = JudgedWordsForm()
    if request.method == "GET" or saved_replies.begun(form.reason, None):
        form.version.data = profile.version if request.method == "GET" else form.version.data
        return render("moderation/measure.html", **_shown(kind, profile, form))
    code = kept_late(form, lambda: act(reason=form.reason.data, version=form.version.data or ""))
    if code:
        present = queries.profile(queries.one(me(), profile.author_id, accounts.READ))
        form.version.data = present.version
        return refused("moderation/measure.html", code=code, **_shown(kind, present, form))
    flash(DONE[kind], "success")
    return go("accounts.member", user_id=profile.author_id)


def _shown(kind: str, profile: Profile, form: JudgedWordsForm) -> dict[str, Any]:
    named = content_links.named(profile)
    return {"kind": kind, "content": profile, "title": named.title, "back": named.url, "form": form, "reply_room": None}

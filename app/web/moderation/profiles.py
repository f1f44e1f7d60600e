"""The profile of a person: hide it, leave it hidden, restore it."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import policy
from app.accounts.models.people import Profile
from app.forms.moderation import JudgedWordsForm
from app.moderation.measures.service import contents as service
from app.web.frame import content_links
from app.web.frame.attempt import LATE, attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import finders, saved_replies
from app.web.moderation.bp import bp

PAGE = "moderation/measure.html"
BOTH = ["GET", "POST"]
DONE = {
    "hide_profile": _l(
        "Le profil est masqué. La personne lira votre motif; elle peut le changer ou demander un nouvel examen."
    ),
    "leave_profile": _l("Le profil reste masqué. La personne lira votre motif."),
    "restore_profile": _l("Le profil est de nouveau public."),
}


@bp.route("/members/<id:user_id>/hiding", methods=BOTH)
@members(policy.HIDE_PROFILE, of=finders.PROFILE, late=[policy.is_to_read], limit="team")
def hide_profile(profile: Profile) -> str | Response:
    kind = "leave_profile" if profile.is_hidden else "hide_profile"
    return _measure(kind, profile, lambda **values: service.hide_profile(me(), profile.author, **values))


@bp.route("/members/<id:user_id>/restoration", methods=BOTH)
@members(policy.RESTORE_PROFILE, of=finders.PROFILE, late=[policy.is_hidden], limit="team")
def restore_profile(profile: Profile) -> str | Response:
    return _measure("restore_profile", profile, lambda **values: service.restore_profile(me(), profile, **values))


def _measure(kind: str, profile: Profile, act: Callable[..., None]) -> str | Response:
    """Show the profile and ask why, then act and return to the person."""
    form, user_id = JudgedWordsForm(), profile.author_id
    if request.method != "POST":
        form.version.data = profile.version
    if request.method != "POST" or saved_replies.insert(form.reason, None):
        return render(PAGE, **_values(kind, profile, form))
    outcome = attempt(form, lambda: act(reason=form.reason.data, version=form.version.data), late=LATE)
    if outcome.code:
        present = finders.get_profile(me(), user_id, policy.READ_PROFILE)
        form.version.data = present.version
        return refuse(PAGE, code=outcome.code, **_values(kind, present, form))
    return done(url_for("accounts.member", user_id=user_id), DONE[kind])


def _values(kind: str, profile: Profile, form: JudgedWordsForm) -> dict[str, Any]:
    link = content_links.describe(profile)
    return {"kind": kind, "content": profile, "title": link.title, "back": link.url, "form": form, "reply_room": None}

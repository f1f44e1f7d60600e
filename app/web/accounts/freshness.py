"""How recent the password must be for an act on an account or on the settings of the site."""
from typing import Any

from flask import current_app, request, session, url_for
from flask_babel import gettext as _
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.wrappers import Response

from app.core import clock
from app.forms.base import Form
from app.web.frame.support import go, refuse


def password_time() -> float:
    """Return when the password was last given here; end the grace that this opened, once it has had its time.

    Flask-Security begins that time again at each page that asks, so that a session which is kept busy would never be
    asked for its password.
    """
    config, given_at = current_app.config, float(session.get("fs_paa", 0))
    longest = config["SECURITY_FRESHNESS"] + config["SECURITY_FRESHNESS_GRACE_PERIOD"]
    if clock.now().timestamp() > given_at + longest.total_seconds():
        session.pop("fs_gexp", None)
    return given_at


def is_fresh() -> bool:
    """Tell whether the password was given within the time of the site (docs/decisions/0002)."""
    config = current_app.config
    return bool(check_and_update_authn_fresh(config["SECURITY_FRESHNESS"], config["SECURITY_FRESHNESS_GRACE_PERIOD"]))


def ask(page: str, form: Form, **values: Any) -> Response | None:
    """Return the answer that asks for the password first; None where it was given a short while ago.

    A form that was sent comes back as it was typed, with a link to the page that asks for the password.
    """
    if is_fresh():
        return None
    if request.method != "POST":
        return go("security.verify", next=_this_page())
    form.say(None, _("C'est un geste important : redonnez d'abord votre mot de passe, puis envoyez de nouveau."))
    return refuse(page, code=422, form=form, **values, verify_url=_verify_url())


def _verify_url() -> str:
    """Return the address of the page that asks for the password, and comes back here."""
    return url_for("security.verify", next=_this_page())


def _this_page() -> str:
    return request.full_path.rstrip("?")

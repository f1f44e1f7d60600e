"""How recent the password must be for an act on an account or on the settings of the site."""

from typing import Any

from flask import current_app, g, request, session
from flask_login import current_user
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.wrappers import Response

from app.core import clock
from app.forms.base import Form
from app.forms.signing import VerifyForm
from app.web.accounts import attempts
from app.web.frame.responses import go, refuse


def password_time() -> float:
    """Return when the password was last given here (a timestamp, 0 for never); end the grace period that is over.

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


def ask_password(page: str, form: Form, **values: Any) -> Response | None:
    """Return the answer that asks for the password first; None where it was given a short while ago, or with the form.

    A form that was sent comes back as it was typed, with a field for the password (`proof`).
    """
    if is_fresh():
        return None
    if request.method != "POST":
        return go("security.verify", next=request.full_path.rstrip("?"))
    proof = _read_proof()
    if proof is None:
        return None
    return refuse(page, code=429 if proof.must_wait else 422, form=form, **values, proof=proof)


def _read_proof() -> VerifyForm | None:
    """Return the form of the password, where it was not given with this one or is wrong; None once it is right.

    Trying it is counted as on the page that asks for it alone.
    """
    if "password" not in request.form:
        proof = VerifyForm(formdata=None, user=current_user)
        proof.password.render_kw = {"data-autofocus": True}
        return proof
    g.refusal, proof = attempts.count_attempt("verify"), VerifyForm(user=current_user)
    if not proof.validate():
        return proof
    session["fs_paa"] = clock.now().timestamp()
    return None

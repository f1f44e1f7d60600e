"""Turn the second factor on: the key that is shown stays until a code of it is right, or the person cancels."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import flask_security as fs
from flask import Flask, current_app, request, session, url_for
from flask.globals import app_ctx
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import Security
from flask_security.utils import check_and_get_token_status, get_message

from app.forms.signing import CodeForm
from app.web.accounts import freshness
from app.web.frame.responses import done

KEY = "two_factor_setup"
METHOD = "authenticator"


def init_app(app: Flask) -> None:
    """Put these views around and in the place of those of Flask-Security, which makes a key at each try."""
    views = app.view_functions
    views["security.two_factor_setup"] = _around(views["security.two_factor_setup"])
    views["security.two_factor_setup_validate"] = validate


def _around(view: Callable[[], Any]) -> Callable[[], Any]:
    """Show the key of a set-up that has begun; the rest of the page is Flask-Security's."""

    @wraps(view)
    def run() -> Any:
        method = request.form.get("setup", "") if request.method == "POST" else METHOD if _secret() else ""
        if method == "cancel":
            session.pop(KEY, None)
            return done(url_for("security.two_factor_setup"), _("C'est annulé : rien n'a changé."), "info")
        if method == METHOD and freshness.is_fresh():
            return _page(_secret() or _begin(), CodeForm(formdata=None))
        return view()

    return run


def validate(token: str) -> Any:
    """Turn the second factor on with a code of the key that is shown; any other code leaves it there."""
    secret = _secret()
    if secret is None:
        session.pop(KEY, None)
        return done(
            url_for("security.two_factor_setup"),
            _("Cette activation n'est plus en cours. Recommencez: une nouvelle clé vous sera donnée."),
            "error",
        )
    form = CodeForm()
    form.user, form.tf_totp_secret, form.primary_method, form.is_setup = current_user, secret, METHOD, True
    if not form.validate_on_submit():
        return _page(secret, form)
    session.pop(KEY)
    _security().datastore.tf_set(current_user, METHOD, secret)
    fs.tf_profile_changed.send(app_ctx.app, user=current_user, method=METHOD)
    return done(url_for("security.two_factor_setup"), *get_message("TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL"))


def _begin() -> str:
    """Make a key, and keep it in the session of this browser with what it is for."""
    secret: str = _security().totp_factory.generate_totp_secret()
    session[KEY] = _security().tf_setup_serializer.dumps({"secret": secret} | _subject())
    return secret


def _secret() -> str | None:
    """Return the key that this person is setting up; None when it is another's, too old, or of what was before."""
    within = current_app.config["SECURITY_TWO_FACTOR_SETUP_WITHIN"]
    is_old, is_wrong, state = check_and_get_token_status(session.get(KEY, ""), "tf_setup", within)
    is_ours = not is_old and not is_wrong and state.items() >= _subject().items()
    return state["secret"] if is_ours else None


def _subject() -> dict[str, str]:
    """Say which account a key is for, and which second factor it takes the place of."""
    before = hashlib.sha256((current_user.tf_totp_secret or "").encode()).hexdigest()
    return {"account": current_user.fs_uniquifier, "before": before}


def _page(secret: str, form: CodeForm) -> Any:
    setup = _security().totp_factory.fetch_setup_values(secret, current_user)
    return _security().render_template(
        "accounts/security/two_factor_setup.html",
        chosen_method=METHOD,
        two_factor_verify_code_form=form,
        **{f"authr_{name}": setup[name] for name in ("key", "username", "issuer")},
        authr_qrcode=setup["image"],
    )


def _security() -> Security:
    security: Security = current_app.extensions["security"]
    return security

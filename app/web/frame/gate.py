"""What is checked before every view: our host, and an account where one is needed."""

from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.web.frame import errors, network, redisplay, unsent_form
from app.web.frame.network import OF_MACHINES
from app.web.frame.responses import is_htmx

# Pages whose address is signed: it is the proof, so that a mail service may send their act, from wherever it is.
BY_SIGNED_ADDRESS = ("notices.unsubscribe", "notices.stop")
SAFE = ("GET", "HEAD", "OPTIONS")


def init_app(app: Flask, *, hosts: list[str]) -> None:
    @app.before_request
    def refuse_early() -> Response | None:
        is_refused = errors.REFUSAL in request.environ and request.endpoint not in OF_MACHINES
        return errors.render_early(request.environ[errors.REFUSAL]) if is_refused else None

    @app.before_request
    def refuse_other_hosts() -> None:
        if request.endpoint not in OF_MACHINES and not network.is_one_of(request.host, hosts):
            abort(400)

    for guard in (_refuse_foreign_acts, _refuse_unreadable, _refuse_null_bytes, redisplay.choose, _ask_for_account):
        app.before_request(guard)


def _refuse_foreign_acts() -> None:
    """Answer 400 to an act that a page of another site sends, whatever token it holds."""
    if request.method not in SAFE and request.endpoint not in BY_SIGNED_ADDRESS and unsent_form.is_foreign():
        abort(400)


def _refuse_unreadable() -> None:
    """Answer 413 to a form that is too large to be read, before anything asks what it holds."""
    if request.method not in SAFE:
        request.form  # noqa: B018 - it is read here, and what it raises is the answer.


def _refuse_null_bytes() -> None:
    if any("\x00" in value for _name, value in request.args.items(multi=True)):
        abort(400)


def _ask_for_account() -> Response | None:
    view: Any = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "needs_account", False) and not current_user.is_authenticated:
        g.pop("_flashes", None)
        # The page of a sign-in is no part of the page that asks for one.
        is_part = is_htmx() and request.method in SAFE
        return _refuse_part() if is_part else unsent_form.sign_in_first()
    return None


def _refuse_part() -> Response:
    """Answer 401 to a page whose reader is not signed in any more, with the way to sign in."""
    return errors.render_page(401, None, (_("Se connecter"), unsent_form.sign_in_url()))

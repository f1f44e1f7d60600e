"""What runs before the view of registration: a site may be closed to it, and a machine must learn nothing."""
from flask import g, make_response, redirect, render_template, request, url_for
from flask_security.utils import hash_password
from werkzeug.wrappers import Response

from app.core import settings


def stop() -> Response | None:
    """Return the answer in place of the view where it must not run, else None."""
    if not settings.value("registration_open"):
        return make_response(render_template("accounts/closed.html"), 200 if request.method != "POST" else 403)
    is_trapped = request.method == "POST" and request.form.get("website") and not g.get("wait")
    return _pretend() if is_trapped else None


def _pretend() -> Response:
    """Answer as if an account were requested: a machine that fills the trap learns nothing."""
    hash_password("as much work as for a person")
    return redirect(url_for("accounts.registered"), 303)

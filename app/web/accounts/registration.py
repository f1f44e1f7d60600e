"""What runs before the view of registration: a site may be closed to it, and a machine must learn nothing."""

from flask import g, make_response, render_template, request
from flask_security.utils import hash_password
from werkzeug.wrappers import Response

from app.core import settings
from app.web.accounts import between_forms
from app.web.frame import destination
from app.web.frame.responses import go


def refuse_registration() -> Response | None:
    """Return the answer in place of the view where it must not run, else None."""
    if not settings.get_value("registration_open"):
        page = render_template("accounts/closed.html", next=destination.get_goal())
        return make_response(page, 200 if request.method != "POST" else 403)
    is_trapped = request.method == "POST" and request.form.get("website") and not g.get("refusal")
    return _pretend() if is_trapped else None


def _pretend() -> Response:
    """Answer as if an account were requested: a machine that fills the trap learns nothing."""
    hash_password("as much work as for a person")
    return go_on()


def go_on() -> Response:
    """Send the person to their mails; the page says at which address, whether or not an account has it."""
    between_forms.keep_address(request.form.get("email", ""))
    return go("accounts.registered", next=destination.get_goal() or None)

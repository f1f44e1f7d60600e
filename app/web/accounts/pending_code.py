"""Halfway through signing in: the password was right, the code of the second factor is awaited for a while."""

from datetime import timedelta

from flask import flash, request, session
from flask_babel import gettext as _
from flask_security.tf_plugin import tf_clean_session
from werkzeug.wrappers import Response

from app.core import clock
from app.forms.signing import SignInForm
from app.web.accounts import between_forms
from app.web.frame import destination, unsent_form
from app.web.frame.responses import go

WITHIN = timedelta(minutes=15)
WHO, SINCE = "tf_user_id", "tf_since"
FLOWS = ("two_factor_token_validation", "mf_recovery")


def begin() -> None:
    """Note when the password was right, if a code is awaited; the cookie itself would hold it for a month.

    The address is held for whoever comes too late and gives the password once more.
    """
    if WHO in session:
        session[SINCE] = clock.now().timestamp()
        between_forms.keep_address(request.form.get("email", ""))


def forget() -> None:
    """Wait for no code any more."""
    tf_clean_session()
    session.pop(SINCE, None)


def refuse_late_code() -> Response | None:
    """Return the answer to a code that comes too late: the password is asked again; None where it is in time."""
    if WHO not in session or clock.now().timestamp() < session.get(SINCE, 0) + WITHIN.total_seconds():
        return None
    forget()
    flash(_("Plus de 15 minutes ont passé depuis votre mot de passe: redonnez-le, puis le code."), "warning")
    unsent = unsent_form.unpack()
    if unsent:
        return unsent_form.render_page(unsent, 401, SignInForm(formdata=None, email=between_forms.get_address()))
    return go("security.login", next=destination.get_goal() or None)

"""To confirm an address: the link of a mail, and the password that was chosen with it, open the account.

The link alone opens nothing: it may come from somebody else's form. The password alone opens nothing either.
"""

from typing import Any

from flask import current_app, flash, g, redirect, request, url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from flask_security import Security
from flask_security.utils import check_and_get_token_status, do_flash, get_message, login_user, verify_password
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.accounts import registrations, service
from app.forms.signing import ConfirmForm
from app.web.accounts import attempts, between_forms
from app.web.frame import destination, invitation_link, locale, mail
from app.web.frame.responses import done


def confirmation_url(email: str, goal: str | None) -> str:
    """Return the link by which whoever reads the mails of an address confirms it."""
    return mail.endpoint_url("security.confirm_email", token=_security().confirm_serializer.dumps(email), next=goal)


def confirm_email(token: str) -> Any:
    """Show what a link confirms; open the account of whoever gives the password chosen with it."""
    email, waiting = _read(token)
    if not waiting:
        return redirect(_after(email), 303)
    g.refusal = attempts.count_opening(email) if request.method == "POST" else None
    form = ConfirmForm()
    if form.validate_on_submit():
        found_id = _find(waiting, str(form.password.data))
        if found_id:
            return _open(found_id)
        form.say("password", _("Ce n'est pas le mot de passe choisi à l'inscription."))
    return _security().render_template("accounts/security/confirm_email.html", confirm_email_form=form, address=email)


def _read(token: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the address of a link and what waits to be confirmed by it; say why where nothing does.

    The address is empty unless an account may be opened with it, or is open.
    """
    within = current_app.config["SECURITY_CONFIRM_EMAIL_WITHIN"]
    expired, invalid, email = check_and_get_token_status(token, "confirm", within)
    address = email if isinstance(email, str) else ""
    user = accounts.find_by_email(address)
    is_open = user is not None and user.confirmed_at is not None
    waiting = [] if invalid or expired or is_open else registrations.list_passwords(address)
    if waiting:
        return address, waiting
    if is_open and not invalid:
        flash(
            _("Votre adresse est déjà confirmée : il n'y a rien d'autre à faire.")
            if current_user.is_authenticated
            else _("Votre adresse est déjà confirmée : connectez-vous."),
            "info",
        )
        return address, []
    name = "CONFIRMATION_EXPIRED" if expired else "INVALID_CONFIRMATION_TOKEN"
    do_flash(*get_message(name, within=format_timedelta(within)))
    return "", []


def _after(open_email: str) -> str:
    """Return where a link that confirms nothing leads: to the account where one is open, else to another link."""
    if not open_email:
        return url_for("security.send_confirmation", next=destination.get_goal() or None)
    if current_user.is_authenticated:
        return destination.get_goal() or url_for("site.home")
    between_forms.keep_address(open_email)
    return url_for("security.login", next=destination.get_goal() or None)


def _find(waiting: list[tuple[int, str]], password: str) -> int | None:
    """Return the number of the last registration with this password; comparing is long, so nothing is held."""
    plain = _security().password_util.normalize(password)
    return next((row_id for row_id, password_hash in waiting if verify_password(plain, password_hash)), None)


def _open(registration_id: int) -> Response:
    """Open the account and sign in: whoever is here reads the mails of the address and knows the password."""
    user = service.as_one(lambda: registrations.open_account(registration_id, locale.find_chosen_language()))
    if user is None:
        return done(url_for("security.login"), *get_message("ALREADY_CONFIRMED"))
    if current_user.is_authenticated:
        logout_user()
    login_user(user, authn_via=["password"])
    between_forms.welcome(user)
    return redirect(destination.get_goal() or invitation_link.get_invitation_url() or url_for("site.home"), 303)


def _security() -> Security:
    found: Security = current_app.extensions["security"]
    return found

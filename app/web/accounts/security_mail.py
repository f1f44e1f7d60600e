"""The mails of Flask-Security, written with our own templates."""

from typing import Any

import email_validator
from flask import current_app
from flask_security import EmailValidateException, MailUtil
from flask_security.utils import get_message

from app.accounts import mail_budget, requests
from app.accounts import queries as accounts
from app.accounts.models.people import User
from app.accounts.signals import PasswordSet
from app.web.frame import mail

LONGEST = 254
# The mails that say that a password changed; the only other one is the link to a new address.
CHANGES = ("reset_notice", "change_notice")


class Outbox(MailUtil):
    """Normalise addresses in one way; put mails in the outbox, or ask the worker to write them."""

    def normalize(self, email: str) -> str:
        return normalise(email)

    def validate(self, email: str) -> str:
        return normalise(email)

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **context: Any
    ) -> None:
        user = context["user"]
        if template.rsplit("/", 1)[-1] in CHANGES:
            _say_changed(user, str(recipient))
        elif mail_budget.claim("new_address", str(recipient)):
            requests.add_request("new_address", str(recipient), user_id=user.id)


def tell_of_password(signal: PasswordSet) -> None:
    """Write to somebody whose password an operator set, as when they change it themselves."""
    user = accounts.find_open_account(signal.user_id)
    if user is not None:
        with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
            _say_changed(user, str(user.email))


def _say_changed(user: User, recipient: str) -> None:
    forgot = mail.endpoint_url("security.forgot_password")
    mail.send("password_changed", recipient=recipient, locale=user.locale, user_id=user.id, forgot=forgot)


def normalise(email: str) -> str:
    """Return the one form of an address (lower case, NFC, with its +tag), without asking any name server.

    Raise EmailValidateException where it is none.
    """
    is_ours_to_test = current_app.config["REFLEXE_ENV"] == "development"
    try:
        found = email_validator.validate_email(
            email, check_deliverability=False, test_environment=is_ours_to_test, allow_smtputf8=True
        )
    except ValueError:
        raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0]) from None
    return str(found.normalized).lower()


def canonical(email: str) -> str:
    """Return the one form of an address, or something that stands for it when it is none."""
    if len(email) > LONGEST:
        return "too long"
    try:
        return normalise(email)
    except EmailValidateException:
        return email.strip().casefold()

"""What Flask-Security wants to write to people, written with our own templates."""
from typing import Any

import email_validator
from flask import current_app
from flask_security import EmailValidateException, MailUtil
from flask_security.utils import get_message

from app.web import mail

LONGEST = 254
OURS = {
    "welcome": "welcome", "welcome_existing": "already_registered", "confirmation_instructions": "confirmation",
    "reset_instructions": "reset", "reset_notice": "password_changed", "change_notice": "password_changed",
    "change_email_instructions": "new_address"}
PAGES = {
    "welcome": ("security.confirm_email", "confirmation_token"),
    "already_registered": ("security.confirm_email", "confirmation_token"),
    "confirmation": ("security.confirm_email", "confirmation_token"),
    "reset": ("security.reset_password", "reset_token"),
    "new_address": ("security.change_email_confirm", "token")}


class Outbox(MailUtil):
    """Read an address in one canonical way; put mails in the outbox."""

    def normalize(self, email: str) -> str:
        return normalised(email)

    def validate(self, email: str) -> str:
        return normalised(email)

    def send_mail(self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any,
                  **context: Any) -> None:
        name = OURS[template.rsplit("/", 1)[-1]]
        endpoint, key = PAGES.get(name, ("", ""))
        url = mail.link(endpoint, token=context[key]) if context.get(key) else ""
        mail.send(name, recipient=str(recipient), locale=context["user"].locale, url=url,
                  within=context.get("within", ""), sign_in=mail.link("security.login"),
                  forgot=mail.link("security.forgot_password"))


def normalised(email: str) -> str:
    """Give the one form of an address (lower case, NFC, with its +tag), or refuse it. It asks no name server."""
    is_ours_to_test = current_app.config["REFLEXE_ENV"] == "development"
    try:
        found = email_validator.validate_email(
            email, check_deliverability=False, test_environment=is_ours_to_test, allow_smtputf8=True)
    except ValueError:
        raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0]) from None
    return str(found.normalized).lower()


def canonical(email: str) -> str:
    """Give the one form of an address, or something that stands for it when it is none."""
    if len(email) > LONGEST:
        return "too long"
    try:
        return normalised(email)
    except EmailValidateException:
        return email.strip().casefold()

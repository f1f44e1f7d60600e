"""A mail address typed in a terminal."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app


def address(text: str, *, of: str) -> str:
    """Return an address in its one form, as the sign-in form does; `of` names the option or the argument."""
    is_ours_to_test = current_app.config["REFLEXE_ENV"] == "development"
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=is_ours_to_test)
    except EmailNotValidError as error:
        raise click.BadParameter(str(error), param_hint=of) from error
    return found.normalized.lower()

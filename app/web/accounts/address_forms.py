"""The forms at which anybody may type anybody's address: each writes a request, and the worker answers it.

Nothing here looks for an account, so that an address with one and an address without one are the same work.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user
from flask_security.utils import do_flash, get_message, hash_password

from app.accounts import limits, mail_budget, requests
from app.forms.signing import AddressForm, RegisterForm
from app.web.accounts import between_forms, confirming, registration
from app.web.frame import destination, documents
from app.web.frame.locale import get_language
from app.web.frame.network import network_key
from app.web.frame.responses import go

# Of the hash of a network address: enough to tell a crowd from one person, and too few to say which network it was.
SIGNS = 4


def init_app(app: Flask) -> None:
    """Put these views in the place of those of Flask-Security, which look for the account at once."""
    for endpoint, view in VIEWS.items():
        app.view_functions[f"security.{endpoint}"] = view


def forgot_password() -> Any:
    return _take(AddressForm(), "reset", "PASSWORD_RESET_REQUEST", "forgot_password")


def send_confirmation() -> Any:
    return _take(AddressForm(), "confirmation", "CONFIRMATION_REQUEST", "send_confirmation")


def _take(form: Any, kind: str, message: str, name: str) -> Any:
    if request.method != "POST":
        form.email.data = current_user.email if current_user.is_authenticated else between_forms.get_address()
    if form.validate_on_submit():
        if mail_budget.claim(kind, form.email.data):
            requests.add_request(kind, form.email.data, next=destination.get_goal())
        between_forms.keep_address(form.email.data)
        do_flash(*get_message(message, email=form.email.data))
    return _page(name, form)


def _page(name: str, form: Any) -> Any:
    """Render the page of a form as Flask-Security does, with what `security_views` puts around it."""
    render: Callable[..., Any] = current_app.extensions["security"].render_template
    return render(f"accounts/security/{name}.html", **{f"{name}_form": form})


def register() -> Any:
    """Write a request for an account; the worker keeps it unless an account has the address.

    Past the mail budget of the address it is kept all the same: the link of an earlier mail opens it.
    """
    if current_user.is_authenticated:
        return go("site.home")
    form = RegisterForm()
    if not form.validate_on_submit():
        return _page("register_user", form)
    words = {
        "account": form.values() | {"locale": get_language()},
        "charter": documents.get_charter().number,
        "accepted": documents.get_versions(),
        "place": limits.hash_key(network_key())[:SIGNS],
    }
    requests.add_request(
        "registration",
        form.email.data,
        password=hash_password(form.password.data),
        words=words,
        has_letter=mail_budget.claim("registration", form.email.data),
        next=destination.get_goal(),
    )
    return registration.go_on()


VIEWS: dict[str, Callable[..., Any]] = {
    "forgot_password": forgot_password,
    "send_confirmation": send_confirmation,
    "register": register,
    "confirm_email": confirming.confirm_email,
}

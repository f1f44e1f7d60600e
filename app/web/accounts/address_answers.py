"""The answers to account requests: the worker looks up who has the address, then writes the mail."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_security import Security
from flask_security.recoverable import generate_reset_password_token
from flask_security.utils import hash_data

from app.accounts import queries as accounts
from app.accounts import registrations, requests
from app.accounts.models.people import User
from app.accounts.models.registrations import Registration
from app.accounts.models.sessions import AccountRequest
from app.core.unit import command
from app.web.accounts import confirming
from app.web.frame import destination, mail


def answer_requests() -> int:
    """Answer all account requests that wait, and purge the old ones; return how many were answered."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        count = sum(_try_to_answer(request_id) for request_id in requests.list_waiting())
    requests.purge()
    return count


def _try_to_answer(request_id: int) -> bool:
    """Answer one request; an error is logged, and leaves the request for the next run."""
    try:
        return _answer_request(request_id)
    except Exception:
        current_app.logger.exception("account request %s not answered", request_id)
        return False


@command
def _answer_request(request_id: int) -> bool:
    """Claim a request and answer it, both or neither; return whether it was still to answer."""
    request = requests.claim(request_id)
    if request is None:
        return False
    ANSWERS[request.kind](request, accounts.find_by_email(request.email))
    return True


def _reset(request: AccountRequest, user: User | None) -> None:
    """Send the link to whoever has an account; whoever has yet to confirm theirs may register again."""
    if user and user.confirmed_at:
        if user.active:
            url = mail.endpoint_url(
                "security.reset_password", token=generate_reset_password_token(user), next=_goal(request)
            )
            mail.send("reset", recipient=request.email, locale=user.locale, user_id=user.id, url=url)
        return
    waiting = registrations.list_waiting(request.email)
    if waiting:
        url = mail.endpoint_url("security.register", next=_goal(request))
        mail.send("unfinished", recipient=request.email, locale=_locale(waiting[0]), user_id=None, url=url)


def _confirmation(request: AccountRequest, user: User | None) -> None:
    waiting = [] if user and user.confirmed_at else registrations.list_waiting(request.email)
    if waiting:
        url = confirming.confirmation_url(request.email, _goal(request))
        mail.send("confirmation", recipient=request.email, locale=_locale(waiting[0]), user_id=None, url=url)


def _registration(request: AccountRequest, user: User | None) -> None:
    """Keep what was typed until the address is confirmed; write another mail to whoever has an account."""
    data = request.data
    if user and user.confirmed_at:
        template, locale, links = "already_registered", user.locale, _ways_in(request)
    else:
        found = registrations.add_registration(request.email, password=data["password"], **data["words"])
        template, locale, links = (
            "welcome",
            _locale(found),
            {"url": confirming.confirmation_url(request.email, _goal(request))},
        )
    if data["has_letter"]:
        mail.send(template, recipient=request.email, locale=locale, user_id=user.id if user else None, **links)


def _ways_in(request: AccountRequest) -> dict[str, Any]:
    """Return the addresses by which whoever has an account comes in."""
    pages = {"sign_in": "security.login", "forgot": "security.forgot_password"}
    return {name: mail.endpoint_url(endpoint, next=_goal(request)) for name, endpoint in pages.items()}


def _locale(registration: Registration) -> str:
    return str(registration.words["account"]["locale"])


def _new_address(request: AccountRequest, owner: User | None) -> None:
    """Send the link that proves a new address, unless an account has it."""
    user = request.user
    if owner or user is None or not user.active:
        return
    security: Security = current_app.extensions["security"]
    token = security.change_email_serializer.dumps([str(user.fs_uniquifier), hash_data(user.email), request.email])
    url = mail.endpoint_url("security.change_email_confirm", token=token)
    mail.send("new_address", recipient=request.email, locale=user.locale, user_id=user.id, url=url)


def _goal(request: AccountRequest) -> str | None:
    """Return where the person was going when they were asked for an account, if anywhere."""
    return destination.goal_for_mail(request.data.get("next", "")) or None


# What another noun is asked at an address, it adds itself.
ANSWERS: dict[str, Callable[[AccountRequest, User | None], None]] = {
    "reset": _reset,
    "confirmation": _confirmation,
    "registration": _registration,
    "new_address": _new_address,
}

"""The answers to account requests: the worker looks up who has the address, then writes the mail."""
from flask import current_app
from flask_security import Security
from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token
from flask_security.utils import hash_data

from app.accounts import queries as accounts
from app.accounts import requests, service
from app.accounts.models.people import User
from app.accounts.models.sessions import AccountRequest
from app.core.unit import command
from app.web.frame import destination, mail


def answer() -> int:
    """Answer all account requests that wait, and purge the old ones; return how many were answered."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        count = sum(_try_to_answer(request_id) for request_id in requests.waiting())
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
    ANSWERS[request.kind](request, accounts.by_email(request.email))
    return True


def _reset(request: AccountRequest, user: User | None) -> None:
    """Send the link to whoever has an account, confirmed or not: using it proves the address."""
    if user and user.active:
        url = mail.link("security.reset_password", token=generate_reset_password_token(user), next=_goal(request))
        mail.send("reset", recipient=str(user.email), locale=user.locale, user_id=user.id, url=url)


def _confirmation(request: AccountRequest, user: User | None) -> None:
    if user and user.confirmed_at is None:
        url = _to_confirm(user, request)
        mail.send("confirmation", recipient=str(user.email), locale=user.locale, user_id=user.id, url=url)


def _registration(request: AccountRequest, user: User | None) -> None:
    """Open the account; write another mail to whoever has one already."""
    if user:
        mail.send(
            "already_registered", recipient=str(user.email), locale=user.locale, user_id=user.id,
            url="" if user.confirmed_at else _to_confirm(user, request),
            sign_in=mail.link("security.login", next=_goal(request)),
            forgot=mail.link("security.forgot_password", next=_goal(request)))
        return
    user = service.register(email=request.email, **request.data["account"])
    service.consent(user, request.data["accepted"], charter=request.data["charter"])
    mail.send("welcome", recipient=request.email, locale=user.locale, user_id=user.id, url=_to_confirm(user, request))


def _new_address(request: AccountRequest, owner: User | None) -> None:
    """Send the link that proves a new address, unless an account has it."""
    user = request.user
    if owner or user is None or not user.active:
        return
    security: Security = current_app.extensions["security"]
    token = security.change_email_serializer.dumps([str(user.fs_uniquifier), hash_data(user.email), request.email])
    url = mail.link("security.change_email_confirm", token=token)
    mail.send("new_address", recipient=request.email, locale=user.locale, user_id=user.id, url=url)


def _to_confirm(user: User, request: AccountRequest) -> str:
    return mail.link("security.confirm_email", token=generate_confirmation_token(user), next=_goal(request))


def _goal(request: AccountRequest) -> str | None:
    """Return where the person was going when they were asked for an account, if anywhere."""
    return destination.for_mail(request.data.get("next", "")) or None


ANSWERS = {
    "reset": _reset, "confirmation": _confirmation, "registration": _registration, "new_address": _new_address}

"""How often each flow of an account may be tried, by account, existing or not, and by network address."""
from collections.abc import Callable

from flask import Flask, current_app, request, session

from app.accounts import limits
from app.accounts.limits import Key, Rules
from app.accounts.models.people import User
from app.core import keys
from app.core.actor import Actor
from app.web.accounts.security_mail import canonical
from app.web.frame.network import address
from app.web.frame.session import me


def account() -> Key:
    """Return the key of the address that was typed, whether or not an account has it."""
    return of_email(request.form.get("email", ""))


def of_email(email: str) -> Key:
    return f"email:{canonical(email)}"


def halfway() -> Key:
    """Return the key of the account whose password was right and whose code is awaited."""
    return f"halfway:{session.get('tf_user_id', '')}"


# The kinds that each flow counts (`app/accounts/allowances.py` has the figures), and for whom.
FLOWS: dict[str, tuple[tuple[str, Callable[[], Key]], ...]] = {
    "login": (("sign_in", account), ("sign_in_at", address)),
    "register": (("register", account), ("register_at", address)),
    "forgot_password": (("forgot", account), ("forgot_at", address)),
    "send_confirmation": (("confirm", account), ("confirm_at", address)),
    "reset_password": (("reset_at", address),),
    "two_factor_token_validation": (("code", halfway),),
    "mf_recovery": (("code", halfway),),
    "two_factor_setup_validate": (("code", me),),
    "verify": (("password", me),),
    "change_password": (("password", me),),
    "change_email": (("change_email", me),),
}
FORGIVING_FLOWS = ("register",)


def init_app(app: Flask) -> None:
    @app.before_request
    def open_counting() -> None:
        config = current_app.config
        limits.rules.set(Rules(keys.of(config), bool(config["RATELIMIT_ENABLED"]), address()))

    @app.teardown_request
    def close_counting(_error: BaseException | None) -> None:
        limits.rules.set(Rules())


def count(flow: str) -> int:
    """Count one attempt of a flow and return 0; or return the seconds to wait, where an allowance is met."""
    for kind, key in FLOWS.get(flow, ()):
        wait = limits.count(kind, key())
        if wait:
            return wait
    return 0


def uncount(flow: str) -> None:
    """Give back an attempt at a form that was only filled wrongly."""
    for kind, key in FLOWS[flow] if flow in FORGIVING_FLOWS else ():
        limits.give_back(kind, key())


def forgive(user: User) -> None:
    """Forget the failures of a person who has signed in.

    The attempt of the address is given back by the request that counted it: a code, which counts none, would pay for
    the wrong passwords of others.
    """
    is_counted = request.endpoint == "security.login"
    limits.forgive(of_email(user.email or ""), halfway(), Actor(user.id), place=address() if is_counted else None)

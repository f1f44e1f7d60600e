"""How often each flow of an account may be tried, by account and by address; both count alike for unknown accounts."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, current_app, request, session

from app.accounts import limits
from app.accounts.limits import Key, Rules
from app.accounts.models.people import User
from app.core.actor import Actor
from app.web.accounts.security_mail import canonical
from app.web.frame.network import address
from app.web.frame.session import me

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    kind: str
    key: Callable[[], Key]
    most: int
    within: timedelta


def account() -> Key:
    """Name the account of the address that was typed, whether or not it exists."""
    return of_email(request.form.get("email", ""))


def of_email(email: str) -> Key:
    return f"email:{canonical(email)}"


def halfway() -> Key:
    """Name the account whose password was right and whose code is awaited."""
    return f"halfway:{session.get('tf_user_id', '')}"


LIMITS = {
    "login": (Limit("sign_in", account, 10, QUARTER), Limit("sign_in", address, 50, QUARTER)),
    "register": (Limit("register", account, 5, HOUR), Limit("register", address, 20, HOUR)),
    "forgot_password": (Limit("forgot", account, 5, HOUR), Limit("forgot", address, 20, HOUR)),
    "send_confirmation": (Limit("confirm", account, 5, HOUR), Limit("confirm", address, 20, HOUR)),
    "reset_password": (Limit("reset", address, 20, HOUR),),
    "two_factor_token_validation": (Limit("code", halfway, 10, QUARTER),),
    "mf_recovery": (Limit("code", halfway, 10, QUARTER),),
    "two_factor_setup_validate": (Limit("code", me, 10, QUARTER),),
    "verify": (Limit("password", me, 10, QUARTER),),
    "change_password": (Limit("password", me, 10, QUARTER),),
    "change_email": (Limit("change_email", me, 5, HOUR),),
}
NOT_YET_DONE = ("register",)


def init_app(app: Flask) -> None:
    @app.before_request
    def open_counting() -> None:
        config = current_app.config
        limits.rules.set(Rules(config["SECRET_KEY"], bool(config["RATELIMIT_ENABLED"]), address()))

    @app.teardown_request
    def close_counting(_error: BaseException | None) -> None:
        limits.rules.set(Rules())


def counted(flow: str) -> int:
    """Count one attempt of a flow; give the seconds to wait, or 0."""
    for limit in LIMITS.get(flow, ()):
        wait = limits.count(limit.kind, limit.key(), most=limit.most, within=limit.within)
        if wait:
            return wait
    return 0


def uncount(flow: str) -> None:
    """Forget an attempt that only had a mistake in it."""
    for limit in LIMITS[flow] if flow in NOT_YET_DONE else ():
        limits.give_back(limit.kind, limit.key())


def succeeded(user: User) -> None:
    """Forget the failures of somebody who has now shown who they are."""
    limits.forgive(of_email(user.email or ""), halfway(), Actor(user.id), place=address())

"""How often each flow of an account may be tried, by account, existing or not, and by network address."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, request, session

from app.accounts import limits
from app.accounts import queries as accounts
from app.accounts.limits import AccountAndPlace, Key, Rules
from app.accounts.models.people import User
from app.core import keys
from app.core.actor import Actor
from app.core.errors import TooMany
from app.web.accounts import known_browser, pending_code
from app.web.accounts.security_mail import canonical
from app.web.frame import hall
from app.web.frame.form_limits import Limit, counted_by_service, unlimited
from app.web.frame.network import network_key
from app.web.frame.session import me


def get_account_key() -> str:
    """Return the key of the address that was typed, whether or not an account has it."""
    return of_email(request.form.get("email", ""))


def of_email(email: str) -> str:
    return f"email:{canonical(email)}"


def get_pending_account_key() -> str:
    """Return the key of the account whose password was right and whose code is awaited."""
    return f"halfway:{session.get(pending_code.WHO, '')}"


def key_here(key: Callable[[], str]) -> Callable[[], AccountAndPlace]:
    """Return a function that makes the key of an account with the network address of the request."""
    return lambda: pair(key())


def pair(key: str) -> AccountAndPlace:
    return AccountAndPlace(key, network_key())


CODES = (("code", key_here(get_pending_account_key)), ("code_all", get_pending_account_key))
# The kinds that each flow counts (`app/accounts/allowances.py` has the figures), and for whom.
FLOWS: dict[str, tuple[tuple[str, Callable[[], Key]], ...]] = {
    "login": (("sign_in", key_here(get_account_key)), ("sign_in_all", get_account_key), ("sign_in_at", network_key)),
    "register": (("register_at", network_key),),
    "forgot_password": (("forgot_at", network_key),),
    "send_confirmation": (("confirm_at", network_key),),
    **dict.fromkeys(pending_code.FLOWS, CODES),
    "two_factor_setup_validate": (("code", me),),
    "verify": (("password", me),),
    "change_password": (("password", me),),
    "change_email": (("change_email", me),),
}
# The limit of each form of Flask-Security, whose views declare none; those of flows are counted by `count`.
LIMITS: dict[str, Limit] = {
    **{flow: counted_by_service(*(kind for kind, _key in counts)) for flow, counts in FLOWS.items()},
    "confirm_email": counted_by_service("password", "open_at"),
    "mf_recovery_codes": "account",
    "two_factor_setup": "account",
    "change_email_confirm": unlimited("the link of a mail, good for one address"),
    "reset_password": unlimited("the link of a mail, good for one account"),
    "logout": unlimited("leaving is always possible"),
    "tf_select": unlimited("there is no such page here"),
    "two_factor_rescue": unlimited("there is no such page here"),
}
# What these answer without a message, and why.
WITHOUT_MESSAGE = {
    **dict.fromkeys(("login", *pending_code.FLOWS), "the page that asked for a sign-in opens"),
    "register": "the page that comes next says what was sent, and where",
    "verify": "the page that asked for the password opens",
}
# Where a browser known to the account goes on by its own count, whatever others tried; so it does halfway.
BY_TYPED_ADDRESS = ("login", "forgot_password")
FORGIVING_FLOWS = ("register",)


def init_app(app: Flask) -> None:
    @app.before_request
    def open_counting() -> None:
        config = current_app.config
        is_on = bool(config["RATELIMIT_ENABLED"])
        seats = hall.places_here() if is_on else 0
        limits.rules.set(Rules(keys.get_keys(config), is_on, network_key(), seats))

    @app.teardown_request
    def close_counting(_error: BaseException | None) -> None:
        limits.rules.set(Rules())


def declare(app: Flask) -> None:
    """Give the views of Flask-Security what our routes declare of their forms. Raise RuntimeError for one without."""
    for rule in app.url_map.iter_rules():
        blueprint, _dot, name = rule.endpoint.partition(".")
        if blueprint != "security" or "POST" not in (rule.methods or ()):
            continue
        if name not in LIMITS:
            raise RuntimeError(f"{rule.rule} takes a form: write {name!r} in LIMITS of app/web/accounts/attempts.py")
        view: Any = app.view_functions[rule.endpoint]
        view.limit, view.without_message = LIMITS[name], WITHOUT_MESSAGE.get(name, "")


def count_attempt(flow: str) -> TooMany | None:
    """Count one attempt of a flow; or count nothing and return the refusal, where an allowance is met.

    A known browser that failed too often is one like any other until it succeeds.
    """
    return None if _count_known(flow) else _count([(kind, key()) for kind, key in FLOWS.get(flow, ())])


def count_opening(email: str) -> TooMany | None:
    """Count one password given with the link of an address, whose reader alone feeds the count of the address."""
    return _count([("password", f"confirmation:{email}"), ("open_at", network_key())])


def _count_known(flow: str) -> bool:
    browser = known_browser.get_name(_uniquifier(flow)) if known_browser.is_one() else ""
    return bool(browser) and _count([("known", _of_browser(browser))]) is None


def _count(attempts: list[tuple[str, Key]]) -> TooMany | None:
    refusal = limits.count_or_refuse(*attempts) if attempts else None
    g.attempts = [] if refusal else attempts
    return refusal


def _uniquifier(flow: str) -> str:
    """Return the secret of the account that a flow is about, or an empty text."""
    if flow in BY_TYPED_ADDRESS:
        user = accounts.find_by_email(canonical(request.form.get("email", "")))
        return user.fs_uniquifier if user else ""
    return str(session.get(pending_code.WHO, "")) if flow in pending_code.FLOWS else ""


def _of_browser(name: str) -> Key:
    return f"browser:{name}"


def uncount(flow: str) -> None:
    """Give back an attempt at a form that was only filled wrongly."""
    for kind, key in g.get("attempts", ()) if flow in FORGIVING_FLOWS else ():
        limits.give_back(kind, key)


def forgive(user: User) -> None:
    """Forget the failures of a person who has signed in, here; those of others elsewhere stay.

    What this request counted for the whole account and for the network address is given back: it was no failure.
    """
    mine: list[Key] = [pair(of_email(user.email or "")), pair(get_pending_account_key()), Actor(user.id)]
    browser = known_browser.get_name(user.fs_uniquifier)
    shared = [(kind, key) for kind, key in g.get("attempts", ()) if kind.endswith(("_all", "_at"))]
    limits.forgive(*mine, *([_of_browser(browser)] if browser else []), attempts=shared)


def forgive_all(user: User) -> None:
    """Forget the failures of all at an account whose person has just chosen a new password by a mail."""
    email = of_email(user.email or "")
    limits.forgive(email, pair(email), Actor(user.id))

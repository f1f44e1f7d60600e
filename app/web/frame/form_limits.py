"""The limit of a form, which its route declares: a kind of `app/accounts/allowances.py`, or one of the two others here.

The counts are rows of `attempts`, so that all workers share them.
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user

from app.accounts import limits
from app.accounts.allowances import ALLOWANCES
from app.web.frame import network
from app.web.frame.session import me


@dataclass(frozen=True)
class Uncounted:
    """What the door does not count: the service of the form counts these `kinds`, or nothing does, for a `reason`."""

    kinds: tuple[str, ...] = ()
    reason: str = ""


Limit = str | Uncounted


def counted_by_service(*kinds: str) -> Uncounted:
    """Say that more than the form decides: a copy that is sent twice counts once, several keys count, or failures."""
    return Uncounted(kinds=kinds)


def unlimited(reason: str) -> Uncounted:
    return Uncounted(reason=reason)


def is_known(limit: Limit) -> bool:
    """Tell whether a limit has its figures, or a reason to have none."""
    if isinstance(limit, str):
        return limit in ALLOWANCES
    return ALLOWANCES.keys() >= set(limit.kinds) and bool(limit.kinds or limit.reason)


def init_app(app: Flask) -> None:
    app.before_request(_count)


def _count() -> None:
    """Count an act for the account, else for the network address. Raise TooMany; the page gives back what was typed."""
    if request.method != "POST" or not limits.rules.get().is_on:
        return
    view: Any = current_app.view_functions.get(request.endpoint or "")
    kind = getattr(view, "limit", None)
    if isinstance(kind, str):
        limits.take(kind, me() if current_user.is_authenticated else network.network_key())

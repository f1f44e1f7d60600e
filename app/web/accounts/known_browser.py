"""A browser in which an account was opened before is known to it: what others try elsewhere does not stop it.

Its cookie says which accounts, for whoever holds the key of the site alone, and goes with the forms of a sign-in only:
whoever reads without an account is as unknown with it as without. A new password, a new address or the end of all
sessions makes it void.
"""

import json
import secrets
from datetime import timedelta
from typing import Any

from flask import after_this_request, current_app, request
from flask_security.utils import hash_data
from werkzeug.wrappers import Response

from app.accounts.models.people import User
from app.core import clock, keys
from app.core.keys import Keys, Purpose

LASTS = timedelta(days=365)
# Where the cookie is sent: to the forms that strangers can have refused.
PATHS = ("/login", "/forgot")
# How many accounts one browser is known to, the last that signed in first: a family shares one.
MOST = 5


def remember(user: User) -> None:
    """Have the answer make this browser known to an account, whose person has just shown who they are.

    It keeps its name: with a new one at each sign-in, each former cookie would have tries of its own.
    """
    mark, name = _mark(user.fs_uniquifier), get_name(user.fs_uniquifier) or secrets.token_hex(8)
    pairs = [[mark, name], *(pair for pair in _read() if pair[0] != mark)][:MOST]

    @after_this_request
    def write(answer: Response) -> Response:
        stamped = _keys().stamp(Purpose.KNOWN_BROWSER, json.dumps(pairs))
        for path in PATHS:
            answer.set_cookie(
                _name(), stamped, max_age=LASTS, path=path, secure=request.is_secure, httponly=True, samesite="Lax"
            )
        return answer


def is_one() -> bool:
    """Tell whether this browser is known to any account, whichever."""
    return bool(_read())


def get_name(uniquifier: str) -> str:
    """Return the name of this browser for an account, by the secret of its links; empty where it is a stranger."""
    mark = _mark(uniquifier)
    return next((name for account, name in _read() if account == mark), "")


def _read() -> list[Any]:
    found = _keys().read_stamp(Purpose.KNOWN_BROWSER, request.cookies.get(_name(), ""))
    return json.loads(found[0]) if found and found[1] > clock.now() - LASTS else []


def _mark(uniquifier: str) -> str:
    """Stand for an account as long as its password, its address and its sessions are what they were."""
    return hash_data(f"known browser {uniquifier}")[:32]


def _name() -> str:
    return "__Secure-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"


def _keys() -> Keys:
    return keys.get_keys(current_app.config)

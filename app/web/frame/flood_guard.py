"""The flood guard: a limit of requests a minute for each endpoint. Limits that must be exact count rows instead.

A hall, whose people share one network address, has a limit by its places (`hall.py`).
"""

from flask import Flask, request, session
from flask_babel import gettext as _
from flask_limiter import Limiter

from app.core import jobs
from app.web.frame import hall
from app.web.frame.network import network_key

MOST = 600
# Where the page cache says that this address asked for this page too often.
FLOODED = "reflexe.flooded"


class Flood(Exception):
    """The page cache counted too many requests for this page."""


def _key() -> str:
    """Return the key under which a request counts: the account of the cookie, else the network address.

    It asks nothing of the database.
    """
    return f"account:{session['_user_id']}" if _is_signed_in() else network_key()


def _is_signed_in() -> bool:
    return bool(session.get("_user_id"))


def _most_here() -> int:
    return MOST if _is_signed_in() else max(MOST, hall.PAGES * hall.places_here())


limiter = Limiter(
    _key, default_limits=[lambda: f"{_most_here()} per minute"], headers_enabled=False, swallow_errors=True
)


def init_app(app: Flask) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = jobs.with_timeouts(app.config["REDIS_URL"]) or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(app.config["REDIS_URL"])
    limiter.init_app(app)
    app.extensions["flood_guard"] = limiter
    app.before_request(_refuse_flooded)


def _refuse_flooded() -> None:
    if FLOODED in request.environ:
        raise Flood()


def explain_flood() -> str:
    """Explain to a reader whom the guard stopped what it counted, and what to do."""
    if _is_signed_in():
        return _(
            "Ce genre de page a été demandé plus de %(most)s fois en une minute avec votre compte, tous vos "
            "appareils comptés ensemble. Attendez une minute, puis réessayez.",
            most=MOST,
        )
    return _(
        "Ce genre de page a été demandé plus de %(most)s fois en une minute depuis votre adresse réseau. D'autres "
        "personnes la partagent peut-être : celles d'un bureau, d'une école, d'une bibliothèque. Attendez une "
        "minute, puis réessayez; une fois votre session ouverte, seules vos demandes sont comptées.",
        most=_most_here(),
    )

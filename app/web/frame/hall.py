"""Whether the network of a request is that of a hall, and what is allowed there.

In a hall many people share one network address: pages and forms that are asked without a cookie have there a ceiling
by its places. What an account or a registration counts stays its own, and so do the tries of a password.
"""

from flask import Flask, current_app, request

from app.core import keys
from app.core.keys import Purpose
from app.events.halls import KnownHalls
from app.web.frame.network import OF_MACHINES, network_key

# How many pages of a kind a hall may be given in a minute, for each of its places.
PAGES = 60


def init_app(app: Flask) -> None:
    with app.app_context():
        app.extensions["halls"] = KnownHalls()


def places_here() -> int:
    """Return for how many places the network of this request is a hall; 0: it is none."""
    known: KnownHalls = current_app.extensions["halls"]
    if request.endpoint not in OF_MACHINES:
        known.learn()
    return find_places(current_app, network_key())


def find_places(app: Flask, network: str) -> int:
    """Return for how many places a network is a hall, as far as this process knows; it reads nothing."""
    known: KnownHalls = app.extensions["halls"]
    return known.find_places(keys.get_keys(app.config).digests(Purpose.LIMIT, network))


def most_pages(app: Flask, network: str, may_read: bool) -> int:
    """Return how many pages of a kind a hall may be given in a minute; 0 where it is none, or where that is too old."""
    known: KnownHalls = app.extensions["halls"]
    if may_read:
        known.learn()
    return 0 if known.is_old else PAGES * find_places(app, network)


def forget() -> None:
    """Have this process read the halls again: one was said or withdrawn."""
    current_app.extensions["halls"].forget()

"""Statements that depend on who asks: to build one costs more than to run it, so it is built once for each actor."""
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from app.communities.queries import catalogue
from app.core.actor import Actor

S = TypeVar("S")
# The last so many actors who asked: the public first, and whoever is here now.
ACTORS = 200


def prepared(select_for: Callable[[Actor], S]) -> Callable[[Actor], S]:
    """Keep the statement that `select_for(actor)` builds; what else it depends on is a parameter, given when it runs.

    The law of a facilitator also depends on which communities there are (`twins.stands_in`).
    """

    @lru_cache(maxsize=ACTORS)
    def build(actor: Actor, _community_ids: tuple[int, ...]) -> S:
        return select_for(actor)

    @wraps(select_for)
    def find(actor: Actor) -> S:
        return build(actor, tuple(catalogue().by_id) if actor.facilitates else ())

    return find

"""Statements that depend on who asks: to build one costs more than to run it, so it is built once for all of a kind."""
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Integer, bindparam

from app.communities.queries import catalogue
from app.core.actor import Actor

P = ParamSpec("P")
S = TypeVar("S")
# The last so many kinds of actors that a statement was built for: the public first, then those without a charge.
KINDS = 200
ME: Any = bindparam("me", type_=Integer)
"""The number of whoever asks, in a statement that all who have their rights share."""


def prepared(select_for: Callable[Concatenate[Actor, P], S]) -> Callable[Concatenate[Actor, P], S]:
    """Keep the statement that `select_for(actor, …)` builds for all whose rights are the same.

    The `id` of the actor that it is given is `ME`. What else the statement depends on is either told apart by the other
    arguments or a parameter, given when it runs (`values`). The law of a facilitator also depends on which communities
    there are (`twins.stands_in`).
    """

    @lru_cache(maxsize=KINDS)
    def build(kind: Actor, _community_ids: tuple[int, ...], *shape: P.args, **names: P.kwargs) -> S:
        return select_for(replace(kind, id=ME) if kind.is_someone else kind, *shape, **names)

    @wraps(select_for)
    def find(actor: Actor, *shape: P.args, **names: P.kwargs) -> S:
        community_ids = tuple(catalogue().by_id) if actor.facilitates else ()
        return build(actor.kind, community_ids, *shape, **names)  # type: ignore[arg-type]  # They can be hashed.

    return find


def values(actor: Actor, **others: Any) -> dict[str, Any]:
    """Return the parameters of a prepared statement, by their names."""
    return {ME.key: actor.id, **others}

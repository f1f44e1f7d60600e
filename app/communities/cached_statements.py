"""Statements that depend on who asks: to build one costs more than to run it, so it is built once for all of a kind."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, or_

from app.communities.queries import get_public_rooms, get_rooms
from app.core import dialect
from app.core.actor import Actor
from app.core.db import number_parameter

P = ParamSpec("P")
S = TypeVar("S")
# The last so many statements that one function built, of all kinds and shapes: the heaviest take almost 2 MB each.
MOST = 40
ME: Any = number_parameter("me")
"""The number of whoever asks, in a statement that all who have their rights share."""


def cached_statement(select_for: Callable[Concatenate[Actor, P], S]) -> Callable[Concatenate[Actor, P], S]:
    """Keep the statement that `select_for(actor, …)` builds for all whose rights are the same.

    The actor that it is given is of a kind (`reader_key`), whose `id` is `ME`. What else the statement depends on is
    told apart by the other arguments, or a parameter given when it runs (`reader_parameters`). The law of a facilitator
    also depends on which communities there are (`sql_policy.stands_in`); that of a coordinator on links does too, and
    on which are private (`links.decided_by`), which is not looked at here: it is for no statement that is kept.
    """

    def build(actor: Actor, _community_ids: tuple[int, ...], *shape: P.args, **names: P.kwargs) -> S:
        return select_for(replace(actor, id=ME) if actor.is_someone else actor, *shape, **names)

    built: Callable[..., S] = lru_cache(maxsize=MOST)(build)

    @wraps(select_for)
    def find(actor: Actor, *shape: P.args, **names: P.kwargs) -> S:
        community_ids = tuple(get_rooms().by_id) if actor.facilitates else ()
        return built(reader_key(actor), community_ids, *shape, **names)

    return find


def reader_key(actor: Actor) -> Actor:
    """Return what statements depend on of an actor: not who it is, nor what only acts ask for.

    Whoever reads a public content need not belong to its community: only private ones are told apart.
    """
    if not actor.is_someone:
        return actor
    inside = actor.memberships and actor.memberships.difference(get_public_rooms().by_id)
    return Actor(
        id=0,
        role=actor.role,
        facilitates=actor.facilitates,
        memberships=inside,
        charges=actor.charges,
        reported_subjects=actor.reported_subjects,
    )


def reader_parameters(actor: Actor, **others: Any) -> dict[str, Any]:
    """Return the parameters of a cached statement, by their names."""
    return {ME.key: actor.id, **others}


def is_by_another(author_id: Any) -> ColumnElement[bool]:
    """Match what whoever asks did not write: somebody else did, or nobody who has an account."""
    written_by = dialect.unindexed(author_id)
    return or_(written_by.is_(None), written_by != ME)

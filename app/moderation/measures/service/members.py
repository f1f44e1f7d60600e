"""Measures on a member: warn, suspend for a time, block; in a community, or everywhere as a coordinator."""

from datetime import datetime
from typing import Any

from app.accounts.models.people import User
from app.communities.models import Restriction
from app.communities.queries import get_rooms
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.unit import command
from app.moderation.measures import policy, queries
from app.moderation.measures.models import Measure, Target
from app.moderation.measures.service.record import record

PAST = N_("La fin de la suspension doit être dans l'avenir.")
ALREADY = {
    "suspend": N_("Cette personne est déjà suspendue là. Annulez d'abord cette suspension."),
    "block": N_("Cette personne est déjà bloquée là."),
}


@command
def warn(
    actor: Actor,
    user: User,
    *,
    community_id: int | None,
    reason: str,
    about: dict[str, int] | None = None,
) -> None:
    """Tell a member that something is not done here; `about` names the content, as `{"comment_id": 12}`.

    Raise Forbidden without the right to.
    """
    require(actor, policy.WARN, _target(user, community_id, about))
    _record(actor, "warn", user, community_id, reason, about or {})


@command
def suspend(
    actor: Actor,
    user: User,
    *,
    community_id: int | None,
    reason: str,
    until: datetime,
    about: dict[str, int] | None = None,
) -> None:
    """Keep a member from taking part until a time; they still read, sign in and appeal. `about` is as in `warn`.

    Raise Forbidden without the right to, Invalid for a time that is past, Conflict where they are suspended already.
    """
    require(actor, policy.RESTRICT, _target(user, community_id, about))
    if until <= clock.now():
        raise Invalid(PAST, "until")
    _restrict(actor, "suspend", user, community_id, reason, until, about or {})


@command
def block(
    actor: Actor,
    user: User,
    *,
    community_id: int | None,
    reason: str,
    about: dict[str, int] | None = None,
) -> None:
    """Keep a member from taking part until somebody lifts it. `about` is as in `warn`.

    Raise Forbidden without the right to, Conflict where they are blocked already.
    """
    require(actor, policy.RESTRICT, _target(user, community_id, about))
    _restrict(actor, "block", user, community_id, reason, None, about or {})


def _target(user: User, community_id: int | None, about: dict[str, int] | None) -> Target:
    content = next(((column.removesuffix("_id"), row_id) for column, row_id in (about or {}).items()), None)
    return Target(queries.build_person(user), community_id, content)


def _restrict(
    actor: Actor,
    kind: str,
    user: User,
    community_id: int | None,
    reason: str,
    until: datetime | None,
    about: dict[str, int],
) -> None:
    if queries.find_restriction_in_force(user.id, community_id, kind):
        raise Conflict(ALREADY[kind])
    restriction = Restriction(
        user_id=user.id,
        community_id=community_id,
        kind=kind,
        reason=reason,
        by_id=actor.id,
        at=clock.now(),
        until=until,
    )
    db.session.add(restriction)
    db.session.flush()
    end = {"until": until.isoformat()} if until else {}
    _record(actor, kind, user, community_id, reason, {"restriction": restriction.id} | end | about)


def _record(
    actor: Actor,
    kind: str,
    user: User,
    community_id: int | None,
    reason: str,
    data: dict[str, Any],
    undoes_id: int | None = None,
) -> None:
    room = get_rooms().by_id.get(community_id or 0)
    record(
        actor,
        kind,
        reason,
        community_id=community_id,
        is_private=bool(room and room.is_private),
        user_id=user.id,
        data=data,
        undoes_id=undoes_id,
    )


def lift(actor: Actor, user: User, measure: Measure, reason: str) -> None:
    """Undo a measure on a member, inside the command that required the permission; a restriction ends."""
    restriction = db.session.get(Restriction, (measure.data or {}).get("restriction", 0))
    if restriction:
        restriction.lifted_at, restriction.lifted_by = clock.now(), actor.id
    _record(actor, "lift", user, measure.community_id, reason, {}, undoes_id=measure.id)

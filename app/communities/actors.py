"""How a person becomes an actor."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Integer, Select, and_, null, true, union_all

from app.accounts import queries as accounts
from app.accounts import sessions, trust
from app.accounts.models.people import User
from app.accounts.models.sessions import Session
from app.communities.actor_rows import ACCOUNT, ROWS_OF_ALL, ROWS_OF_STAFF, RowName, select_actor_row
from app.communities.models import Facilitator, Membership, Restriction, Sitting
from app.communities.queries import in_force, is_out
from app.core import versions
from app.core.actor import ANYONE, Actor
from app.core.db import NOW, constant, db


class SignedIn(NamedTuple):
    """Who is signed in: the account, the session of this browser, and the rows that the actor is made of."""

    user: User
    session: Session
    rows: Sequence[Any]


def find_signed_in(token: str) -> SignedIn | None:
    """Return who is signed in by this token, all in one query; None when the session or the account is over.

    The version numbers, which every page asks for, are read with it.
    """
    rows = db.session.execute(_select_signed_in(), sessions.session_parameters(token)).all()
    if not rows:
        return None
    versions.remember(rows[0].numbers)
    return SignedIn(rows[0].User, rows[0].Session, rows)


def actor_for(user: User | None, rows: Sequence[Any] | None = None) -> Actor:
    """Return the actor behind an account: their communities and charges, and what they may not do for now.

    Whoever is suspended has no charge meanwhile. `rows` are those of `find_signed_in`, where they were read already.
    """
    if user is None:
        return ANYONE
    rows = list(rows or _read(user, _select_rows()))
    if user.site_role == "coordinator" or any(row.name == "facilitator" for row in rows):
        rows += _read(user, _select_rows_of_staff())

    def numbers(name: RowName) -> frozenset[Any]:
        return frozenset(row.number for row in rows if row.name == name)

    is_suspended = None in numbers("barred")
    barred_ids = numbers("barred") - {None}
    charges = frozenset() if is_suspended or user.site_role == "admin" else numbers("facilitator") - barred_ids
    return Actor(
        id=user.id,
        role="member" if is_suspended else user.site_role,
        is_confirmed=user.confirmed_at is not None,
        facilitates=charges,
        memberships=numbers("member"),
        barred_ids=barred_ids,
        is_suspended=is_suspended,
        holds=frozenset() if is_suspended else numbers("holder"),
        doors=frozenset() if is_suspended else numbers("door"),
        secretary_of=frozenset() if is_suspended else numbers("secretary"),
        is_new=not charges and trust.is_new(user),
        owes_charter=any(user.charter_version < number for number in numbers("charter") if number),
        sits=numbers("sitting"),
        charges=frozenset((row.number, row.account) for row in rows if row.name == "charge"),
        reported_subjects=frozenset((row.noun, row.number) for row in rows if row.name == "reported"),
    )


def _read(user: User, query: CompoundSelect[Any]) -> Sequence[Any]:
    return db.session.execute(query, {ACCOUNT.key: user.id}).all()


@cache
def _select_signed_in() -> Select[Any]:
    rows = _select_rows_of(sessions.ACCOUNT_ID).subquery()
    return sessions.SIGNED_IN.add_columns(versions.NUMBERS, rows.c.name, rows.c.number).join(rows, true())


@cache
def _select_rows() -> CompoundSelect[Any]:
    return _select_rows_of(ACCOUNT)


def _select_rows_of(account: Any) -> CompoundSelect[Any]:
    """Select the rows of every actor; the charter gives one row to everybody, so the query is never empty."""
    charges = select_actor_row("facilitator", Facilitator.community_id)
    return union_all(
        charges.where(Facilitator.user_id == account, Facilitator.running()),
        select_actor_row("member", Membership.community_id).where(Membership.user_id == account),
        select_actor_row("barred", Restriction.community_id).where(Restriction.user_id == account, in_force()),
        select_actor_row("charter", accounts.select_charter_asked()),
        *(query for select_rows in ROWS_OF_ALL for query in select_rows(account)),
    )


@cache
def _select_rows_of_staff() -> CompoundSelect[Any]:
    """Select what only whoever has a charge is told: who else has one, where they sit, what they reported."""
    sittings = select_actor_row("sitting", Sitting.community_id).where(Sitting.user_id == ACCOUNT, Sitting.until > NOW)
    return union_all(*_charges(), sittings, *(query for select_rows in ROWS_OF_STAFF for query in select_rows()))


def _charges() -> list[Select[Any]]:
    """Select who has the charge of each community now, and who coordinates them all."""
    able = and_(User.closed_at.is_(None), User.active.is_(True))
    teams = select_actor_row("charge", Facilitator.community_id, account=User.id).join(
        User, User.id == Facilitator.user_id
    )
    coordinators = select_actor_row("charge", null().cast(Integer), account=User.id)
    coordinators = coordinators.where(able, User.site_role == constant("coordinator"))
    return [
        teams.where(Facilitator.running(), able, User.site_role != "admin", ~is_out(Facilitator.community_id)),
        coordinators.where(~is_out(None)),
    ]

"""What happens to an account; what follows the acts of Flask-Security is in web/accounts/signing.py."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.accounts import changes, limits, policy, presentation, profiles, queries, requests, sessions
from app.accounts.models.accesses import Access
from app.accounts.models.documents import Consent
from app.accounts.models.people import SITE_ROLES, User
from app.accounts.models.sessions import Session, Submission
from app.accounts.signals import AccountClosed, SiteRoleGiven
from app.core import account_mails, clock, dead_addresses, dialect, jobs
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.text.plain import clean_line, sort_key
from app.core.unit import command, unit
from app.reference import service as reference

T = TypeVar("T")
SUBMISSION_RETENTION = timedelta(days=7)
REFUSAL_RETENTION = timedelta(days=90)
TAKEN = N_("Un compte existe déjà avec cette adresse.")
UNKNOWN_ROLE = N_("Ce rôle n'existe pas.")
LAST_ADMIN = N_("Le site doit garder au moins une personne à l'administration: nommez d'abord quelqu'un d'autre.")


def as_one(run: Callable[[], T]) -> T:
    """Run what writes by itself as one transaction; once more if somebody took the same address meanwhile."""
    try:
        with unit():
            return run()
    except IntegrityError:
        with unit():
            return run()


@command
def create(
    *,
    name: str,
    email: str,
    password: str | None,
    role: str = "member",
    locale: str = "fr",
    is_demo: bool = False,
) -> User:
    """Make an account for the terminal or the seeds, confirmed and trusted since whoever holds the server opens it.

    `email` is normalised and `password` hashed already.
    Raise Conflict for an address that is taken, Invalid for an unknown role.
    """
    _check_role(role)
    if db.session.scalar(select(User.id).where(User.email == email)):
        raise Conflict(TAKEN)
    return _add(
        name=name,
        email=email,
        password=password,
        site_role=role,
        locale=locale,
        is_demo=is_demo,
        confirmed_at=clock.now(),
        trusted_at=clock.now(),
    )


@command
def register(
    *,
    name: str,
    email: str,
    password: str,
    locale: str,
    territory_id: int | None,
    organisation: str,
) -> User:
    """Make the account of somebody who has just confirmed their address; `password` is hashed already.

    Raise Invalid for an archived organisation, or a name that is too short or too long for one.
    """
    return _add(
        name=name,
        email=email,
        password=password,
        locale=locale,
        territory_id=territory_id,
        confirmed_at=clock.now(),
        organisation_id=reference.get_or_add_organisation(organisation) if organisation else None,
    )


def _add(*, name: str, **values: object) -> User:
    name = clean_line(name)
    user = User(name=name, sort_key=sort_key(name), active=True, fs_uniquifier=secrets.token_hex(32), **values)
    db.session.add(user)
    db.session.flush()
    return user


@command
def consent(user: User, versions: Mapping[str, str], *, charter: int = 0) -> None:
    """Record which version of each document the person accepted; accepting twice changes nothing.

    `charter` is the number of its version, if it is among them.
    """
    user.charter_version = charter or user.charter_version
    for document, version in versions.items():
        dialect.insert_once(Consent, user_id=user.id, document=document, version=version, accepted_at=clock.now())


@command
def edit_profile(
    actor: Actor,
    user: User,
    *,
    name: str,
    about: str,
    territory_id: int | None,
    organisation: str,
    shows: Mapping[str, bool],
    signs: Iterable[str] = (),
    waiting: str | None = None,
) -> bool:
    """Change what a person says of themselves, and what of it is shown.

    Raise Invalid for an archived organisation, Conflict where another change waits than `waiting`, which the page
    showed, TooMany past the limit.

    What is doubtful among the public words waits; the rest changes at once, above all what is shown no more. Return
    whether all waits: the words of a hidden profile are read by the team before anybody else.
    """
    require(actor, policy.MANAGE, user)
    words = {"name": name, "about": about, "organisation": organisation}
    user.territory_id, user.shows_territory = territory_id, shows["shows_territory"]
    user.shows_activity, user.shows_in_search = shows["shows_activity"], shows["shows_in_search"]
    profile = queries.find_hidden_profile(user)
    if profile is None:
        presentation.write_or_hold(actor, user, words, shows, signs=signs, waiting=waiting)
        return False
    user.shows_about, user.shows_organisation = shows["shows_about"], shows["shows_organisation"]
    return profiles.hold_words(profile, words)


@command
def choose_language(actor: Actor, user: User, *, locale: str) -> None:
    """Keep the language in which the person reads the site and receives mails."""
    require(actor, policy.MANAGE, user)
    user.locale = locale


@command
def revive_address(actor: Actor, user: User) -> None:
    """Try the address of an account again, although its server said that it does not exist."""
    require(actor, policy.MANAGE, user)
    dead_addresses.revive(user.email or "")


@command
def grant_site_role(actor: Actor, user: User, role: str) -> None:
    """Grant a site role to somebody (an administrator's act).

    Raise Invalid for an unknown role, Conflict for the last administrator.
    """
    require(actor, policy.CHANGE, user)
    give_site_role(user, role, by=actor.id)


@command
def give_site_role(user: User, role: str, *, by: int | None = None) -> None:
    """Grant a site role without asking who gives it: for the terminal, which whoever holds the server may use."""
    _check_role(role)
    if user.site_role == role:
        return
    if user.site_role == "admin":
        _keep_one_admin(user)
    user.site_role = role
    tell(SiteRoleGiven(user.id, role, by=by))


@command
def drop_second_factor(user: User) -> None:
    """Turn a second factor off for somebody who lost it, and close their sessions: for the terminal."""
    _clear_second_factor(user)
    sessions.end_all(user)


def _clear_second_factor(user: User) -> None:
    user.tf_primary_method = user.tf_totp_secret = user.tf_last_counter = user.mf_recovery_codes = None


@command
def close(actor: Actor, user: User) -> None:
    """Empty an account for good: what it published stays, under « ancien membre ».

    Raise Conflict for the last administrator.
    """
    require(actor, policy.MANAGE, user)
    if user.site_role == "admin":
        _keep_one_admin(user)
    erase_account(user)


def erase_account(user: User) -> None:
    """Empty an account, whoever it is of: what a restoration opened again is closed without asking anybody."""
    _forget_around(user)
    email = user.email or ""
    user.name = user.sort_key = user.about = ""
    user.email = user.password = user.territory_id = user.organisation_id = None
    _clear_second_factor(user)
    user.shows_about = user.shows_territory = user.shows_organisation = user.shows_activity = False
    user.shows_in_search = False
    user.site_role, user.active, user.closed_at, user.charter_version = "member", False, clock.now(), 1
    sessions.renew_links(user)
    tell(AccountClosed(user.id, email))
    jobs.enqueue("words")
    jobs.enqueue("backups")


def _forget_around(user: User) -> None:
    """Remove what is kept about a person beside their account."""
    profile = queries.get_profile(user)
    if profile.id:
        profiles.empty(profile)
        profile.delete(user.id)
    for table in (Session, Consent, Submission):
        db.session.execute(delete(table).where(table.user_id == user.id))
    changes.forget(user.id)
    requests.forget(user.id, user.email)
    limits.forget(Actor(user.id), f"email:{user.email}")
    account_mails.forget(user.id, user.email or "")


@command
def purge() -> None:
    """Forget the keys of forms sent long ago, and the accounts that nobody confirmed.

    None is made any more: what was typed to open one waits as a registration, and so do those that there were.
    """
    unconfirmed = select(User).where(User.confirmed_at.is_(None), User.closed_at.is_(None))
    for user in db.session.scalars(unconfirmed.limit(500)).all():
        erase(user)
    db.session.execute(delete(Submission).where(Submission.at < clock.now() - SUBMISSION_RETENTION))
    changes.purge(clock.now() - REFUSAL_RETENTION)


@command
def erase(user: User) -> None:
    """Remove an account that nobody ever confirmed, and all that is kept about it."""
    _forget_around(user)
    db.session.execute(delete(Access).where(Access.user_id == user.id))
    db.session.delete(user)


def _check_role(role: str) -> None:
    if role not in SITE_ROLES:
        raise Invalid(UNKNOWN_ROLE, field="role")


def _keep_one_admin(user: User) -> None:
    """Refuse to lose the last one; two that leave at once wait for each other."""
    dialect.take_turn("admins")
    others = select(User.id).where(User.site_role == "admin", User.id != user.id, User.active.is_(True))
    if db.session.scalar(others.limit(1)) is None:
        raise Conflict(LAST_ADMIN)

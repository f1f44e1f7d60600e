"""The demonstration's people: four accounts that open with the demonstration password, and those who never sign in."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models.documents import Consent
from app.accounts.models.people import User
from app.communities.models import Community, Facilitator, Membership
from app.core import clock
from app.core.db import db
from app.core.dialect import insert_once
from app.core.text.plain import sort_key
from app.core.unit import command
from app.operations.demo import book
from app.reference.models import Organisation, Territory

PASSWORD = "demonstration-2026"
ROLES = {"coordination": "coordinator", "admin": "admin"}
ACCOUNTS = (
    ("member", "membre@exemple.test"),
    ("facilitator (Sécurité alimentaire)", "animation@exemple.test"),
    ("coordinator", "coordination@exemple.test"),
    ("admin", "admin@exemple.test"),
)
# Accounts are older than the first idea of the story, and those of newcomers than their own first idea.
ACCOUNT_AGE, NEWCOMER_AGE = timedelta(days=420), timedelta(days=3)
CONSENTS = {"charter": "demonstration", "privacy": "demonstration"}


@command
def seed(hash_password: Callable[[str], str]) -> dict[str, int]:
    """Add the people who were never added, and return everybody's id by key; nobody who is there is changed."""
    facts = book.load("people")
    user_ids = book.get_ids("person")
    missing = [fact for fact in facts["people"] if fact["key"] not in user_ids]
    if missing:
        user_ids |= _add(missing, {fact["key"]: fact["name"] for fact in facts["organisations"]}, hash_password)
        missing_keys = {fact["key"] for fact in missing}
        _give_charges([fact for fact in facts["facilitators"] if fact["person"] in missing_keys], user_ids)
    return user_ids


def _add(facts: list[dict[str, Any]], names: dict[str, str], hash_password: Callable[[str], str]) -> dict[str, int]:
    organisations = {key: _organisation(name) for key, name in names.items()}
    places = dict(db.session.execute(select(Territory.code, Territory.id)).tuples().all())
    ids_by_email = dict(db.session.execute(select(User.email, User.id)).tuples().all())
    sign_in_emails = {email for _role, email in ACCOUNTS}
    user_ids = {}
    for fact in facts:
        user_ids[fact["key"]] = ids_by_email.get(fact["email"]) or _person(
            fact,
            organisation_id=organisations.get(fact["organisation"]),
            territory_id=places.get(fact["territory"]),
            password=hash_password(PASSWORD) if fact["email"] in sign_in_emails else None,
        )
        book.note("person", fact["key"], user_ids[fact["key"]])
    return user_ids


def _organisation(name: str) -> int:
    found = db.session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        found = Organisation(name=name, sort_key=sort_key(name))
        db.session.add(found)
        db.session.flush()
    return found.id


def _person(
    fact: dict[str, Any], *, organisation_id: int | None, territory_id: int | None, password: str | None
) -> int:
    joined_at, about = clock.now() - (NEWCOMER_AGE if fact.get("is_new") else ACCOUNT_AGE), fact["about"] or ""
    user = User(
        email=fact["email"],
        password=password,
        name=fact["name"],
        sort_key=sort_key(fact["name"]),
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        confirmed_at=joined_at,
        created_at=joined_at,
        is_demo=True,
        site_role=ROLES.get(fact["key"], "member"),
        about=about,
        territory_id=territory_id,
        organisation_id=organisation_id,
        shows_about=bool(about),
        shows_territory=territory_id is not None,
        shows_organisation=organisation_id is not None,
        shows_activity=True,
        trusted_at=None if fact.get("is_new") else joined_at,
    )
    db.session.add(user)
    db.session.flush()
    db.session.add_all(
        Consent(user_id=user.id, document=name, version=version, accepted_at=joined_at)
        for name, version in CONSENTS.items()
    )
    return user.id


def _give_charges(facts: list[dict[str, str]], people: dict[str, int]) -> None:
    rooms = dict(db.session.execute(select(Community.slug, Community.id)).tuples().all())
    for fact in facts:
        user_id, community_id = people[fact["person"]], rooms[fact["community"]]
        insert_once(Facilitator, user_id=user_id, community_id=community_id, granted_at=clock.now() - ACCOUNT_AGE)
        insert_once(Membership, user_id=user_id, community_id=community_id, joined_at=clock.now() - ACCOUNT_AGE)

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
    ("member", "membre@exemple.test"), ("facilitator (Sécurité alimentaire)", "animation@exemple.test"),
    ("coordinator", "coordination@exemple.test"), ("admin", "admin@exemple.test"))
# They came before the first word of the story, and newcomers just before theirs.
JOINED, JOINED_LATE = timedelta(days=420), timedelta(days=3)
CONSENTS = {"charter": "demonstration", "privacy": "demonstration"}


@command
def seed(hash_password: Callable[[str], str]) -> dict[str, int]:
    """Add the people who were never added, and return everybody's id by key; nobody who is there is changed."""
    facts = book.load("people")
    known = book.ids("person")
    missing = [fact for fact in facts["people"] if fact["key"] not in known]
    if missing:
        known |= _add(missing, {fact["key"]: fact["name"] for fact in facts["organisations"]}, hash_password)
        _give_charges([fact for fact in facts["facilitators"] if fact["person"] in {m["key"] for m in missing}], known)
    return known


def _add(facts: list[dict[str, Any]], names: dict[str, str], hash_password: Callable[[str], str]) -> dict[str, int]:
    organisations = {key: _organisation(name) for key, name in names.items()}
    places = dict(db.session.execute(select(Territory.code, Territory.id)).tuples().all())
    taken = dict(db.session.execute(select(User.email, User.id)).tuples().all())
    opening = {email for _role, email in ACCOUNTS}
    people = {}
    for fact in facts:
        people[fact["key"]] = taken.get(fact["email"]) or _person(
            fact, organisation_id=organisations.get(fact["organisation"]), territory_id=places.get(fact["territory"]),
            password=hash_password(PASSWORD) if fact["email"] in opening else None)
        book.note("person", fact["key"], people[fact["key"]])
    return people


def _organisation(name: str) -> int:
    found = db.session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        found = Organisation(name=name, sort_key=sort_key(name))
        db.session.add(found)
        db.session.flush()
    return found.id


def _person(
        fact: dict[str, Any], *, organisation_id: int | None, territory_id: int | None, password: str | None) -> int:
    joined, about = clock.now() - (JOINED_LATE if fact.get("is_new") else JOINED), fact["about"] or ""
    user = User(
        email=fact["email"], password=password, name=fact["name"], sort_key=sort_key(fact["name"]), active=True,
        fs_uniquifier=secrets.token_hex(32), confirmed_at=joined, created_at=joined, is_demo=True,
        site_role=ROLES.get(fact["key"], "member"), about=about, territory_id=territory_id,
        organisation_id=organisation_id, shows_about=bool(about), shows_territory=territory_id is not None,
        shows_organisation=organisation_id is not None, shows_activity=True,
        trusted_at=None if fact.get("is_new") else joined)
    db.session.add(user)
    db.session.flush()
    db.session.add_all(
        Consent(user_id=user.id, document=name, version=version, accepted_at=joined)
        for name, version in CONSENTS.items())
    return user.id


def _give_charges(facts: list[dict[str, str]], people: dict[str, int]) -> None:
    rooms = dict(db.session.execute(select(Community.slug, Community.id)).tuples().all())
    for fact in facts:
        user_id, community_id = people[fact["person"]], rooms[fact["community"]]
        insert_once(Facilitator, user_id=user_id, community_id=community_id, granted_at=clock.now() - JOINED)
        insert_once(Membership, user_id=user_id, community_id=community_id, joined_at=clock.now() - JOINED)

"""What a person says of themselves to everybody: their name, and what they choose to show of the rest."""
from collections.abc import Iterable, Mapping

from app.accounts import changes
from app.accounts.changes import Change
from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.core.text.plain import sort_key
from app.reference import service as reference
from app.reference.models import Organisation

FLAGS = {"about": "shows_about", "organisation": "shows_organisation"}


def take(
        actor: Actor, user: User, typed: Mapping[str, str], shows: Mapping[str, bool], *,
        signs: Iterable[str] = (), waiting: str | None = None) -> None:
    """Write these words, and whether they are shown; those that are doubtful wait, the others do not wait for them."""
    row, signs = changes.of(user_id=user.id), list(signs)
    before = public(user, db.session.get(Organisation, user.organisation_id or 0))
    changed = {name: (before[name], _public_text(name, typed[name], shows)) for name in typed
               if before[name] != _public_text(name, typed[name], shows)}
    drift = row.drift if row else {}
    waits = {name: pair for name, pair in changed.items() if changes.doubts(actor, Change({name: pair}), drift, signs)}
    held = waits or changed
    if changes.appears(actor, Change(held), {name: typed[name] for name in held}, signs=signs, waiting=waiting,
                       user_id=user.id):
        held = {}
    elif rest := {name: pair for name, pair in changed.items() if name not in held}:
        changes.count(actor)
        changes.drift_on(actor, rest, user_id=user.id)
    write(user, {name: typed[name] for name in typed if name not in held}, shows)


def public(user: User, organisation: Organisation | None) -> dict[str, str]:
    """Return the words of a profile that everybody reads; "" for what is not shown."""
    return {"name": user.name, "about": user.about if user.shows_about else "",
            "organisation": organisation.name if organisation and user.shows_organisation else ""}


def _public_text(name: str, text: str, shows: Mapping[str, bool]) -> str:
    return text if name not in FLAGS or shows[FLAGS[name]] else ""


def write(user: User, typed: Mapping[str, str], shows: Mapping[str, bool]) -> None:
    """Write some words of a profile and whether they are shown, inside the command that let them appear."""
    if "name" in typed:
        user.name, user.sort_key = typed["name"], sort_key(typed["name"])
    if "about" in typed:
        user.about, user.shows_about = typed["about"], shows["shows_about"]
    if "organisation" in typed:
        present, named = user.organisation_id, typed["organisation"]
        user.organisation_id = reference.organisation(named, present=present) if named else None
        user.shows_organisation = shows["shows_organisation"]


def admit(user: User, words: Mapping[str, str]) -> None:
    """Write the words that the team read, and show them."""
    write(user, words, dict.fromkeys(FLAGS.values(), True))

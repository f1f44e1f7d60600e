"""What a person says of themselves to everybody: their name, and what they choose to show of the rest."""

from collections.abc import Iterable, Mapping

from app.accounts import changes
from app.accounts.changes import Change
from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.text.plain import sort_key
from app.reference import queries as reference_queries
from app.reference import service as reference
from app.reference.models import Organisation

FLAGS = {"about": "shows_about", "organisation": "shows_organisation"}


def write_or_hold(
    actor: Actor,
    user: User,
    words: Mapping[str, str],
    shows: Mapping[str, bool],
    *,
    signs: Iterable[str] = (),
    waiting: str | None = None,
) -> None:
    """Write these words, and whether they are shown; those that are doubtful wait, the others do not wait for them."""
    row, signs = changes.find_held_revision(user_id=user.id), list(signs)
    drift = row.drift if row else {}
    parts = _compare(user, words, shows)
    doubtful = {
        name: pair for name, pair in parts.items() if changes.list_doubts(actor, Change({name: pair}), drift, signs)
    }
    to_weigh = doubtful or parts
    if changes.admit_or_hold(
        actor, Change(to_weigh), {name: words[name] for name in to_weigh}, signs=signs, waiting=waiting, user_id=user.id
    ):
        write_words(user, words, shows)
        return
    rest = {name: pair for name, pair in parts.items() if name not in to_weigh}
    if rest:
        changes.count_change(actor)
        changes.add_drift(actor, rest, user_id=user.id)
    write_words(user, {name: text for name, text in words.items() if name not in to_weigh}, shows)


def _compare(user: User, words: Mapping[str, str], shows: Mapping[str, bool]) -> dict[str, tuple[str, str]]:
    """Return what would change of the words that everybody reads, each before and after."""
    before = get_public_words(user, reference_queries.get_present(user.organisation_id))
    after = {name: _public_text(name, text, shows) for name, text in words.items()}
    return {name: (before[name], after[name]) for name in words if before[name] != after[name]}


def get_public_words(user: User, organisation: Organisation | None) -> dict[str, str]:
    """Return the words of a profile that everybody reads; "" for what is not shown."""
    return {
        "name": user.name,
        "about": user.about if user.shows_about else "",
        "organisation": organisation.name if organisation and user.shows_organisation else "",
    }


def _public_text(name: str, text: str, shows: Mapping[str, bool]) -> str:
    return text if name not in FLAGS or shows[FLAGS[name]] else ""


def write_words(user: User, words: Mapping[str, str], shows: Mapping[str, bool]) -> None:
    """Write some words of a profile and whether they are shown, inside the command that let them appear."""
    if "name" in words:
        user.name, user.sort_key = words["name"], sort_key(words["name"])
    if "about" in words:
        user.about, user.shows_about = words["about"], shows["shows_about"]
    if "organisation" in words:
        present, name = user.organisation_id, words["organisation"]
        user.organisation_id = reference.get_or_add_organisation(name, present=present) if name else None
        user.shows_organisation = shows["shows_organisation"]


def admit(user: User, words: Mapping[str, str]) -> None:
    """Write the words that the team read, and show them."""
    write_words(user, words, dict.fromkeys(FLAGS.values(), True))

"""A change of a text that is public: what is doubtful waits for the team, and what is published stays meanwhile.

A service asks `admit_or_hold` inside its command, once it holds the row of the text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from app.accounts import limits, trust
from app.accounts.models.changes import HeldRevision
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.text.plain import fold

OTHER_WAITS = N_(
    "Ce qui attend d'être lu n'est plus ce que cette page montrait; ce que vous venez d'envoyer n'est pas "
    "encore enregistré. Relisez-le ci-dessous : en l'envoyant de nouveau, vous remplacez ce qui attend."
)


Parts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """What a person would change: `parts` of a text, each before and after, and what goes with it.

    `beside` is a text that stands alone (the summary of a version), whose links are weighed; `tags` counts new tags.
    `is_recast`: it says why something else changes than the texts.
    """

    parts: Parts
    beside: str = ""
    tags: int = 0
    is_recast: bool = False

    @property
    def is_any(self) -> bool:
        return self.is_recast or self.tags > 0 or any(before != after for before, after in self.parts.values())


def find_held_revision(**subject: int) -> HeldRevision | None:
    """Return the row of a text (`idea_id`, `comment_id` or `user_id`), whatever its state."""
    return db.session.scalar(select(HeldRevision).filter_by(**subject))


def find_own_revision(actor: Actor, **subject: int) -> HeldRevision | None:
    """Return what an author wrote that waits, or that was refused: their form begins with it."""
    row = find_held_revision(**subject)
    return row if row and row.by_id == actor.id and row.state != "closed" else None


def admit_or_hold(
    actor: Actor,
    change: Change,
    words: dict[str, Any],
    *,
    signs: Iterable[str] = (),
    waiting: str | None = None,
    **subject: int,
) -> bool:
    """Tell whether a change may appear at once; else its `words` wait, in the place of those that waited before.

    `waiting` names what the page showed of a change that waits ("" for nothing, None where there was no page): raise
    Conflict where another waits by now, TooMany past the limit of changes of the hour. The same words sent again
    change nothing.
    """
    row = find_held_revision(**subject)
    _check_shown(row, words, waiting)
    if not change.is_any:
        drop(**subject)
        return True
    if row and row.is_open and row.words == words:
        return False
    found = _weigh(actor, change, row.drift if row else {}, signs)
    if row is None and (found or actor.is_new):
        row = _begin(actor, subject)
    if row and found:
        row.hold(words, " ".join(found))
    elif row:
        row.close()
        row.drift = _drift(change.parts, row.drift) if actor.is_new else {}
    return not found


def hold_again(
    actor: Actor,
    change: Change,
    words: dict[str, Any],
    *,
    signs: Iterable[str] = (),
    waiting: str | None = None,
    **subject: int,
) -> None:
    """Let other words of a text that the team hid wait for it, whoever wrote them; what is hidden stays so meanwhile.

    Raise Invalid for words that were refused as they are, and what `admit_or_hold` raises.
    """
    row = find_held_revision(**subject)
    _check_shown(row, words, waiting)
    is_known = row is not None and row.words == words
    if not change.is_any or (is_known and row is not None and row.state == "refused"):
        raise Invalid(trust.SAME_WORDS)
    if is_known and row is not None and row.is_open and row.is_again:
        return
    found = [trust.AGAIN, *_weigh(actor, change, {}, signs)]
    (row or _begin(actor, subject)).hold(words, " ".join(found))


def _weigh(actor: Actor, change: Change, drift: Mapping[str, int], signs: Iterable[str]) -> list[str]:
    """Say by codes why a change must wait, and count it. Raise TooMany past the limit of the hour."""
    found = list_doubts(actor, change, drift, signs)
    count_change(actor)
    return found + trust.list_bursts(actor, "change")


def _check_shown(row: HeldRevision | None, words: dict[str, Any], waiting: str | None) -> None:
    """Raise Conflict where another change waits than the page showed (`waiting`), unless these words do."""
    present = row.version if row and row.state != "closed" else ""
    if waiting not in (None, present) and not (row and row.words == words):
        raise Conflict(OTHER_WAITS)


def keep_former(actor: Actor, words: dict[str, str], **subject: int) -> None:
    """Keep the words of a first post that was refused, inside the command that writes others in their place."""
    row = find_held_revision(**subject) or _begin(actor, subject)
    row.former, row.at = words, clock.now()


def add_drift(actor: Actor, parts: Parts, **subject: int) -> None:
    """Add the words that appeared of a text while the rest waits to its drift."""
    row = find_held_revision(**subject)
    if row and actor.is_new:
        row.drift = _drift(parts, row.drift)


def count_change(actor: Actor) -> None:
    """Count a change of a text inside its command, whatever the text."""
    limits.take("change", actor)


def list_doubts(actor: Actor, change: Change, drift: Mapping[str, int], signs: Iterable[str]) -> list[str]:
    """Return the codes of why a change must wait; one of an account that is not new, only where a trap was filled."""
    traps = [sign for sign in signs if sign == trust.TRAP]
    if not actor.is_new:
        return traps
    texts = [*change.parts.values(), ("", change.beside)]
    counts = {
        "links": sum(trust.count_new_links(*pair) for pair in texts),
        "tags": change.tags,
        "mentions": max(trust.count_excess(after).get("mentions", 0) for _before, after in texts),
    }
    is_other = any(_is_other(*pair, drift.get(name, 0)) for name, pair in change.parts.items())
    found = [f"{name}:{number}" for name, number in counts.items() if number]
    found += [*(["words"] if is_other else []), *traps]
    return [trust.NEW, *found] if found else []


def _is_other(before: str, after: str, drift: int) -> bool:
    """Tell whether more than half of the words of a text are others, with those that changed before."""
    changed_count, count = _count_changed_words(before, after)
    return changed_count > 0 and (changed_count + drift) * 2 > count


def _count_changed_words(before: str, after: str) -> tuple[int, int]:
    """Count the words that differ between two texts, and those of the longer one."""
    old, new = fold(before).split(), fold(after).split()
    longest = max(len(old), len(new))
    return longest - (Counter(old) & Counter(new)).total(), longest


def _drift(parts: Parts, drift: Mapping[str, int]) -> dict[str, int]:
    return {**drift} | {name: drift.get(name, 0) + _count_changed_words(*pair)[0] for name, pair in parts.items()}


def _begin(actor: Actor, subject: dict[str, int]) -> HeldRevision:
    row = HeldRevision(by_id=actor.own_id, words={}, drift={}, **subject)
    db.session.add(row)
    return row


def drop(**subject: int) -> None:
    """Forget what waits of a text: it was taken back, or what it changed is no more."""
    row = find_held_revision(**subject)
    if row:
        row.former = None
        row.close()


def forget_hiding(**subject: int) -> None:
    """Make an ordinary change of what its author sent for a hidden text, once the team shows it again as it was."""
    row = find_held_revision(**subject)
    if row and row.is_again:
        row.suspect = " ".join(code for code in row.suspect.split() if code != trust.AGAIN)


def forget(user_id: int) -> None:
    """Erase what waits of a person who leaves."""
    run(delete(HeldRevision).where(HeldRevision.by_id == user_id))


def purge(before: Any) -> None:
    """Erase the words that were refused before a moment, and that nobody took up since."""
    run(
        update(HeldRevision)
        .where(HeldRevision.state == "refused", HeldRevision.at < before)
        .values(state="closed", words={}, suspect="", reason="")
    )
    run(update(HeldRevision).where(HeldRevision.former.is_not(None), HeldRevision.at < before).values(former=None))

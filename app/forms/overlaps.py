"""A form of what several people may change: what a colleague wrote meanwhile is never written over unseen.

`seen` says what the page showed: for each field a digest of its value, after a "?" where the page asked whose stays.
What a field was before is not needed: what only one of the two changed stays, and what both did is asked for.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, time
from typing import Any, ClassVar, NamedTuple, Self

from flask import request
from wtforms import Field, HiddenField
from wtforms.validators import Length

from app.core.errors import N_, Conflict
from app.forms.base import Form

THEIRS, YOURS = "theirs", "yours"
LONGEST = 2_000
CHANGED = N_("Quelqu'un a changé la même chose pendant que vous écriviez : dites ci-dessous ce qui reste.")
PERSONAL_CHANGED = N_(
    "Ceci a changé pendant que vous écriviez, par une autre page ou par l'équipe : dites ci-dessous ce qui reste."
)


class Part(NamedTuple):
    """What is compared as one: a field, or the rows of a group. `value` is plain, for JSON."""

    label: Any
    value: Any
    fields: Sequence[Field]


class Overlap(NamedTuple):
    """What two people changed, each otherwise: as it is stored now, and as it was typed here."""

    name: str
    stored: Part
    typed: Part


class SharedForm(Form):
    """`compare` finds what others changed since the page was shown; `IS_PERSONAL` is for what one person writes.

    `ASIDE` names fields that say something of the sending, not of the thing.
    """

    IS_PERSONAL: ClassVar[bool] = False
    ASIDE: ClassVar[tuple[str, ...]] = ()
    seen = HiddenField(validators=[Length(max=LONGEST)])
    _sent: str | None = None
    overlaps: Sequence[Overlap] = ()
    taken: Sequence[Any] = ()

    def parts(self) -> dict[str, Part]:
        """Return what the form holds of the thing, by name."""
        return {
            field.name: Part(field.label.text, plain(field.data), [field])
            for field in self
            if field.name not in self.ASIDE and not isinstance(field, HiddenField)
        }

    def write_seen(self) -> str:
        """Return what the page shows, for its hidden field."""
        return self.seen.data or _write(self.parts())

    def reconcile(self, present: Self) -> None:
        """Take what only others changed since the page was shown; `present` is the form as stored now.

        Raise Conflict where both changed something, until this person says whose stays.
        """
        self.compare(present)
        if self.overlaps:
            raise Conflict(PERSONAL_CHANGED if self.IS_PERSONAL else CHANGED)

    def compare(self, present: Self) -> None:
        """Put what only others changed in the form, and note what is asked and what the next page shows."""
        self._sent = self._sent if self._sent is not None else self.seen.data or ""
        seen = dict(mark.partition("=")[::2] for mark in self._sent.split())
        stored, overlaps = present.parts(), []
        for name, typed in self.parts().items():
            if name not in stored or typed.value == stored[name].value:
                continue
            whose = _judge(name, _digest(typed), _digest(stored[name]), seen.get(name, ""))
            if whose == THEIRS:
                self.take(name, present)
                if not seen.get(name, "").startswith("?") and typed.label not in self.taken:
                    self.taken = [*self.taken, typed.label]
            elif whose is None:
                overlaps.append(Overlap(name, stored[name], typed))
        self.overlaps = overlaps
        self.seen.data = _write(stored, [one.name for one in overlaps])

    def take(self, name: str, present: Self) -> None:
        """Put what is stored now in a field."""
        self[name].data, self[name].raw_data, self[name].errors = present[name].data, None, ()


def _judge(name: str, typed: str, stored: str, seen: str) -> str | None:
    """Tell whose value stays of a field that is not stored as it was typed; None where it is to be asked."""
    was_asked, shown = seen.startswith("?"), seen.removeprefix("?")
    if was_asked:
        chosen = request.form.get(f"keep-{name}")
        return chosen if stored == shown and chosen in (THEIRS, YOURS) else None
    if stored == shown:
        return YOURS
    return THEIRS if typed == shown else None


def _write(parts: dict[str, Part], asked: Sequence[str] = ()) -> str:
    return " ".join(f"{name}={'?' if name in asked else ''}{_digest(part)}" for name, part in parts.items())


def _digest(part: Part) -> str:
    return hashlib.sha256(json.dumps(part.value, sort_keys=True).encode()).hexdigest()[:16]


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: an empty field is "", boxes come in one order, a day or an hour is its text."""
    if value is None or value == []:
        return ""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return sorted(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else value

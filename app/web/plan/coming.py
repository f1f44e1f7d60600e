"""What a file would bring, in words: the differences by kind, and each refusal with its line."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.exchange.plan_file.differences import Difference
from app.exchange.plan_file.rows import Refusal
from app.web.frame import locale, plan_words

# How many lines of a kind, or refusals, one page shows.
MOST = 300
KINDS = {
    "added": _l("Ajouté au plan"), "changed": _l("Changé"), "removed": _l("Retiré du plan"),
    "reordered": _l("Dans un autre ordre"), "reached": _l("Jalons franchis"),
    "moved": _l("Actions qui changent d'état"), "declared": _l("Avancement déclaré")}
LEVELS = {
    "plan": _l("Plan"), "orientation": _l("Orientation"), "objective": _l("Objectif"), "action": _l("Action"),
    "milestone": _l("Jalon")}


@dataclass(frozen=True)
class Group:
    """The differences of one kind, as lines of (level, code and title, detail); `more` were left out."""

    title: Any
    count: int
    lines: list[tuple[str, str, str]]
    more: int


def groups(differences: Sequence[Difference]) -> list[Group]:
    """Return the differences by kind, in the order in which a person weighs them."""
    found = {kind: [one for one in differences if one.kind == kind] for kind in KINDS}
    return [Group(KINDS[kind], len(ones), list(map(_line, ones[:MOST])), max(0, len(ones) - MOST))
            for kind, ones in found.items() if ones]


def _line(one: Difference) -> tuple[str, str, str]:
    name = f"{one.code} {one.title}".strip() or _("Des parties du plan changent de place.")
    return str(LEVELS[one.level]), name, _detail(one)


def _detail(one: Difference) -> str:
    if one.kind == "reached":
        return _("le %(day)s", day=locale.date_day(date.fromisoformat(one.detail)))
    if one.kind == "declared":
        return _("%(number)s sur 100", number=one.detail)
    return str(plan_words.STATES[one.detail]) if one.kind == "moved" else ""


def refusals(found: Sequence[Refusal]) -> list[list[str]]:
    """Return the first refusals as rows: the line, the column, what stands there, why."""
    return [[str(one.row or "–"), one.column or "–", one.value or "–", reason(one)] for one in found[:MOST]]


def reason(refusal: Refusal) -> str:
    return str(_(refusal.message) % refusal.values)

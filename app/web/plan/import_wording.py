"""What an import would change and what it refuses, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.progress import ProgressChange
from app.exchange.plan_file.rows import Refusal
from app.forms.times import explain
from app.web.frame import locale, plan_words

# How many refusals one page shows.
MOST = 300
KINDS = {
    "reached": _l("Jalons franchis"),
    "moved": _l("Actions qui changent d'état"),
    "declared": _l("Avancement déclaré"),
}


def summarise(counts: Mapping[str, int]) -> str:
    """Return how many parts of the plan become what: « 3 ajouts · 1 retrait »."""
    words = {"added": _added, "changed": _changed, "removed": _removed}
    return " · ".join(say(counts[kind]) for kind, say in words.items() if kind in counts)


def _added(count: int) -> str:
    return str(ngettext("%(num)s ajout", "%(num)s ajouts", count))


def _changed(count: int) -> str:
    return str(ngettext("%(num)s changement", "%(num)s changements", count))


def _removed(count: int) -> str:
    return str(ngettext("%(num)s retrait", "%(num)s retraits", count))


@dataclass(frozen=True)
class ProgressGroup:
    """What changes in one way, as lines of (code and title, detail)."""

    title: Any
    lines: list[tuple[str, str]]


def group_progress(changes: Sequence[ProgressChange]) -> list[ProgressGroup]:
    """Return what changes in the progress of actions, by kind."""
    lines = {kind: [(f"{one.code} {one.title}", _detail(one)) for one in changes if one.kind == kind] for kind in KINDS}
    return [ProgressGroup(KINDS[kind], ones) for kind, ones in lines.items() if ones]


def _detail(one: ProgressChange) -> str:
    if one.kind == "reached":
        return locale.format_date_day(date.fromisoformat(one.detail))
    if one.kind == "declared":
        return _("%(number)s sur 100", number=one.detail)
    return str(plan_words.STATES[one.detail])


def compare_files(before: PlanFile, after: PlanFile) -> str:
    """Say what answers changed in how a file is read: how many rows of it are understood now that were not."""
    count = len(_rows_refused(before)) - len(_rows_refused(after))
    actions = len(after.progress) - len(before.progress)
    if actions > 0:
        return ngettext("%(num)s action de plus est comprise.", "%(num)s actions de plus sont comprises.", actions)
    if count > 0:
        return ngettext("%(num)s ligne de plus est comprise.", "%(num)s lignes de plus sont comprises.", count)
    if count < 0:
        return ngettext("%(num)s ligne de plus est refusée.", "%(num)s lignes de plus sont refusées.", -count)
    return _("Le fichier est relu avec vos réponses.")


def _rows_refused(file: PlanFile) -> set[int]:
    return {one.row for one in file.refusals}


def list_refusals(refusals: Sequence[Refusal]) -> list[list[str]]:
    """Return the first refusals as rows: the line, the column, what stands there, why."""
    return [[str(one.row or "–"), one.column or "–", one.value or "–", explain(one)] for one in refusals[:MOST]]

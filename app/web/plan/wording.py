"""What an outline holds and what changed in it, in words: labels, days, amounts, names of places and communities."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.text import markdown
from app.core.text.diff import Piece, word_diff
from app.forms.places import place_name
from app.plan.differences import Change, Difference
from app.plan.outline import ActionOutline, IndicatorOutline, parse_day
from app.reference.queries import get_catalogue
from app.web.frame import locale
from app.web.frame.filters import compose, french, label
from app.web.frame.session import rooms

LEVELS = {
    "plan": _l("Plan"),
    "orientation": _l("Orientation"),
    "objective": _l("Objectif"),
    "action": _l("Action"),
    "milestone": _l("Jalon"),
    "indicator": _l("Indicateur"),
}
KINDS = {"added": _l("Ajout"), "removed": _l("Retrait"), "changed": _l("Changement")}
MARKS = {"added": _l("Nouveau"), "changed": _l("Changé"), "moved": _l("Déplacé"), "removed": _l("Enlevé")}
FIELDS = {
    "code": _l("Code"),
    "title": _l("Titre"),
    "name": _l("Nom"),
    "summary": _l("Présentation"),
    "body": _l("Texte"),
    "weight": _l("Poids"),
    "lead": _l("Responsable"),
    "partners": _l("Partenaires"),
    "community": _l("Communauté"),
    "communities": _l("Autres communautés"),
    "territories": _l("Territoires"),
    "issues": _l("Enjeux"),
    "starts_on": _l("Début"),
    "ends_on": _l("Fin"),
    "due_on": _l("Date prévue"),
    "budget": _l("Budget"),
    "funding": _l("Financement"),
    "documents": _l("Documents"),
    "unit": _l("Unité"),
    "baseline": _l("Départ"),
    "target": _l("Cible"),
    "order": _l("Ordre"),
}
TEXTS = ("summary", "body")
OF_PLAN = ("title", "name", "unit", "order")
"""The other fields whose words are those of the plan, not of the interface."""
FACTS = (
    "lead",
    "partners",
    "community",
    "communities",
    "territories",
    "issues",
    "starts_on",
    "ends_on",
    "budget",
    "funding",
)


@dataclass(frozen=True)
class FieldDifference:
    """A field that changed: what it was and what it is ("" for nothing); of a long text, the pieces of both too."""

    label: Any
    before: str
    after: str
    pieces: list[Piece] = field(default_factory=list)
    is_order: bool = False


@dataclass(frozen=True)
class DifferenceView:
    """What became of one part of the plan; `moved` says from where to where, `parts` what changed inside."""

    level: Any
    kind: Any
    code: str
    title: str
    moved: str
    lines: list[FieldDifference]
    parts: list["DifferenceView"]


def view_differences(differences: Iterable[Difference]) -> list[DifferenceView]:
    return [_view(one) for one in differences]


def _view(one: Difference) -> DifferenceView:
    return DifferenceView(
        LEVELS[one.level],
        KINDS[one.kind],
        one.code,
        write_title(one.title, one.level),
        _write_move(one.moved),
        list(map(_compare_field, one.changes)),
        view_differences(one.parts),
    )


def list_changed_fields(one: Difference | None) -> list[str]:
    """Return the labels of what changed of a part, as words of a sentence."""
    labels = [FIELDS[change.field] for change in one.changes] if one else []
    labels += [LEVELS[part.level] for part in one.parts] if one else []
    words = map(str, dict.fromkeys(labels))
    return [word[:1].lower() + word[1:] for word in words]


def write_title(text: str, level: str = "action") -> str:
    """Return the title of a part; of an action without one this reader sees nothing more."""
    return text or (_("Action masquée") if level == "action" else "")


def _write_move(titles: tuple[str, str] | None) -> str:
    if titles is None:
        return ""
    before, after = map(french, titles)
    return compose(_("De « %(before)s » à « %(after)s »"), before=before, after=after)


def _compare_field(change: Change) -> FieldDifference:
    before, after = (
        "; ".join(filter(None, (write_value(change.field, one) for one in ones)))
        for ones in (change.before, change.after)
    )
    if change.field in TEXTS:
        return FieldDifference(FIELDS[change.field], before, after, word_diff(before, after))
    if change.field in OF_PLAN:
        before, after = (words and french(words) for words in (before, after))
    return FieldDifference(FIELDS[change.field], before, after, is_order=change.field == "order")


def list_facts(action: ActionOutline) -> list[tuple[Any, str]]:
    """List what an action says of itself beside its text, as (label, words) pairs."""
    found = []
    for name in FACTS:
        value = getattr(action, name)
        values = value if isinstance(value, list) else [value]
        words = [write_value(name, one) for one in values if one not in ("", None)]
        found.append((FIELDS[name], "; ".join(filter(None, words))))
    return [(name, words) for name, words in found if words]


def write_value(name: str, one: Any) -> str:
    """Write a value of an outline in words; an empty text for a community that this reader does not see."""
    return WRITERS.get(name, str)(one)


def render_body(body: str) -> str:
    """Return a text of a version, which keeps its Markdown alone, as HTML."""
    return markdown.render(body)


def write_day(text: str) -> str:
    day = parse_day(text)
    return locale.format_date_day(day) if day else ""


def write_dollars(amount: int) -> str:
    return _("%(amount)s $", amount=format_decimal(amount))


def write_funding(row: Any) -> str:
    years = str(row.first_year) if row.first_year == row.last_year else f"{row.first_year}-{row.last_year}"
    return _("%(source)s, %(amount)s, %(years)s", source=row.source, amount=write_dollars(row.amount), years=years)


def write_indicator(one: IndicatorOutline) -> str:
    """Say what is measured, from where to where: « Ménages (ménages) : de 0 à 40 »."""
    name = french(f"{one.name} ({one.unit})" if one.unit else one.name)
    if one.target is None:
        return name
    target = format_decimal(one.target)
    if one.baseline is None:
        return compose(_("%(name)s : cible de %(target)s"), name=name, target=target)
    return compose(
        _("%(name)s : de %(baseline)s à %(target)s"), name=name, baseline=format_decimal(one.baseline), target=target
    )


def _write_community(slug: str) -> str:
    room = rooms().by_slug.get(slug)
    return label(room) if room else ""


def _write_issue(slug: str) -> str:
    issue = get_catalogue().issue_at(slug)
    return label(issue) if issue else slug


def _write_territory(code: str) -> str:
    place = get_catalogue().place_at(code)
    return place_name(place) if place else code


def _write_document(row: Any) -> str:
    return f"{row.title} ({row.url})"


WRITERS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("starts_on", "ends_on", "due_on"), write_day),
    "budget": write_dollars,
    "funding": write_funding,
    **dict.fromkeys(("community", "communities"), _write_community),
    "issues": _write_issue,
    "territories": _write_territory,
    "documents": _write_document,
    **dict.fromkeys(("weight", "baseline", "target"), format_decimal),
}

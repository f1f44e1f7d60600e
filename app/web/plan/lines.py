"""An action as the lists of the plan show it: where, how far, until when, and how late in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.forms.places import place_name
from app.plan.tree import ActionRow
from app.reference.queries import get_catalogue
from app.web.frame import plan_words
from app.web.frame.locale import format_month

# Places that a line names before it says how many there are.
MOST_PLACES = 3


@dataclass(frozen=True)
class ActionLine:
    """`far` is how far the action is in words, `done` of `most` for the bar; `late` is "" on time; `when` its term."""

    row: ActionRow
    places: str
    far: str
    done: int
    most: int
    late: str
    when: str


def build_lines(rows: Iterable[ActionRow], today: date) -> list[ActionLine]:
    return [build_line(row, today) for row in rows]


def build_line(row: ActionRow, today: date) -> ActionLine:
    done, most = (row.tally.weight_reached, row.tally.weight) if row.tally.count else (row.progress, 100)
    return ActionLine(
        row,
        name_places(row.territories),
        plan_words.tell_progress(row.tally, row.progress),
        done,
        most,
        plan_words.tell_delay(row.late_since(today), today),
        tell_term(row, today),
    )


def tell_term(row: ActionRow, today: date) -> str:
    """Say when an action began, begins or ends: what matters in its state; "" where nobody said."""
    moved = format_month(row.state_at.astimezone(clock.ZONE).date())
    if row.state == "achieved":
        return _("Réalisée en %(month)s", month=moved)
    if row.state == "dropped":
        return _("Abandonnée en %(month)s", month=moved)
    if row.state == "planned" and row.starts_on and row.starts_on > today:
        return _("Début prévu : %(month)s", month=format_month(row.starts_on))
    return _("Fin prévue : %(month)s", month=format_month(row.ends_on)) if row.ends_on else ""


def name_places(ids: Iterable[int]) -> str:
    """Name the territories of an action in a few words; without any, it is for the whole region."""
    wanted = set(ids)
    names = [place_name(place) for place in get_catalogue().places if place.id in wanted]
    if not names:
        return _("Toute la région")
    more = len(names) - MOST_PLACES
    beyond = ngettext("et %(num)s autre", "et %(num)s autres", more) if more > 0 else ""
    return " ".join(filter(None, [", ".join(names[:MOST_PLACES]), beyond]))

"""The milestones of an action as stations of a road, and what each bulletin moved."""
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.core import clock
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone
from app.plan.queries.details import Details, Value
from app.web.frame import plan_words
from app.web.plan.lines import tell_delay


@dataclass(frozen=True)
class Station:
    """A milestone: its `state` is done, now (the next one to reach) or next; `late` is "" on time.

    `is_proven` says that what proves it may be shown.
    """

    milestone: Milestone
    state: str
    late: str
    is_proven: bool = False


@dataclass(frozen=True)
class Move:
    """What a bulletin changed, in words; `look` is block, good or plain."""

    text: str
    look: str


def stations(action: Action, details: Details) -> list[Station]:
    """Return the road of an action; nothing stands at "now" once it is achieved or dropped."""
    is_moving = action.state in ("planned", "underway") and action.removed_at is None
    ahead = next((step.id for step in details.milestones if not step.is_reached), None) if is_moving else None
    return [_station(step, is_now=step.id == ahead, is_moving=is_moving, is_proven=step.id in details.proven)
            for step in details.milestones]


def _station(step: Milestone, *, is_now: bool, is_moving: bool, is_proven: bool) -> Station:
    if step.is_reached:
        return Station(step, "done", "", is_proven)
    today = clock.today()
    is_late = is_moving and step.due_on is not None and step.due_on < today
    return Station(step, "now" if is_now else "next", tell_delay(step.due_on, today) if is_late else "")


def moves(bulletin: Bulletin, details: Details) -> list[Move]:
    """Return what a bulletin changed: what blocks, the state, the milestones that were reached, the values."""
    found = []
    if bulletin.blocker:
        found.append(Move(_("Bloqué : %(what)s", what=bulletin.blocker), "block"))
    if bulletin.has_moved:
        found.append(Move(_("Étape : %(state)s", state=plan_words.STATES[bulletin.state]), "good"))
    found += [Move(_("Jalon franchi : %(title)s", title=step.title), "good")
              for step in details.milestones if step.bulletin_id == bulletin.id]
    found += [Move(_measure(indicator.name, value), "plain") for indicator in details.indicators
              for value in details.values.get(indicator.id, ()) if value.bulletin_id == bulletin.id]
    return found


def _measure(name: str, value: Value) -> str:
    number = format_decimal(value.value)
    if value.before is None:
        return _("%(name)s : %(number)s", name=name, number=number)
    return _("%(name)s : %(before)s → %(number)s", name=name, before=format_decimal(value.before), number=number)

"""The milestones of an action in their order, and what each bulletin changed."""

from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.core import clock
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone
from app.plan.progress import late_since
from app.plan.queries.details import DataPoint, Details
from app.web.frame import plan_words
from app.web.frame.filters import compose, french, in_lang


@dataclass(frozen=True)
class MilestoneView:
    """A milestone: its `state` is done, now (the next one to reach) or next; `late` is "" on time.

    `lang` is the language of what proves it, "" where that is not shown.
    """

    milestone: Milestone
    state: str
    late: str
    lang: str = ""


@dataclass(frozen=True)
class Effect:
    """What a bulletin changed, in words; `look` is block, good or plain."""

    text: str
    look: str


def view_milestones(action: Action, details: Details) -> list[MilestoneView]:
    """Return the milestones of an action; none is at "now" once the action is achieved or dropped."""
    left = [milestone for milestone in details.milestones if not milestone.is_reached and action.is_unfinished]
    return [
        _view_milestone(action, one, is_now=left[:1] == [one], lang=details.proven.get(one.id, ""))
        for one in details.milestones
    ]


def _view_milestone(action: Action, milestone: Milestone, *, is_now: bool, lang: str) -> MilestoneView:
    if milestone.is_reached:
        return MilestoneView(milestone, "done", "", lang)
    today = clock.today()
    delay = plan_words.tell_delay(late_since(action.state, [milestone.due_on], today), today)
    return MilestoneView(milestone, "now" if is_now else "next", delay)


def list_effects(bulletin: Bulletin, details: Details) -> list[Effect]:
    """Return what a bulletin changed: what blocks, the state, the milestones that were reached, the values."""
    found = []
    if bulletin.blocker:
        found.append(Effect(compose(_("Bloqué : %(what)s"), what=in_lang(bulletin.blocker, bulletin.lang)), "block"))
    if bulletin.has_moved:
        found.append(Effect(_("État : %(state)s", state=plan_words.STATES[bulletin.state]), "good"))
    found += [
        Effect(compose(_("Jalon franchi : %(title)s"), title=french(milestone.title)), "good")
        for milestone in details.milestones
        if milestone.bulletin_id == bulletin.id
    ]
    found += [
        Effect(_describe(indicator.name, point), "plain")
        for indicator in details.indicators
        for point in details.values.get(indicator.id, ())
        if point.bulletin_id == bulletin.id
    ]
    return found


def _describe(name: str, point: DataPoint) -> str:
    name, number = french(name), format_decimal(point.value)
    if point.before is None:
        return compose(_("%(name)s : %(number)s"), name=name, number=number)
    before = format_decimal(point.before)
    return compose(_("%(name)s : %(before)s → %(number)s"), name=name, before=before, number=number)

"""What a hub is about, and which ideas and actions of the current plan touch it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.communities.queries import Room
from app.core import dialect
from app.events.queries.lists import EventFilters
from app.ideas.models import Idea, IdeaTag
from app.ideas.queries.facet_counts import Value
from app.ideas.queries.index_walks import Ids
from app.ideas.queries.lists import Filters
from app.ideas.queries.reading import in_public
from app.plan.models.links import Link
from app.plan.models.structure import (
    Action,
    ActionCommunity,
    ActionIssue,
    ActionPartner,
    ActionTerritory,
    Plan,
)
from app.plan.queries.links import is_in_force
from app.reference.models import Organisation
from app.reference.queries import Axis, Place, TagNow, get_catalogue, list_answering

FILED: dict[str, Any] = {
    "community": ActionCommunity.community_id,
    "issue": ActionIssue.issue_id,
    "territory": ActionTerritory.territory_id,
}
STATEMENTS = 200
"""Of how many subjects the statements are kept: to build one costs more than to run it."""


@dataclass(frozen=True)
class HubSubject:
    """A community, an issue, a territory, a tag or an organisation, by the numbers under which ideas have it.

    `value` is how the counts of facets name it. `around` are the territories whose actions concern it: those inside it
    and the one that holds it, as the filter of the plan has it.
    `inside` is a private community, for somebody who sees it: what is public is then shown with what is said there.
    """

    axis: str
    ids: tuple[int, ...]
    value: Value
    around: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()

    @property
    def is_organisation(self) -> bool:
        return self.axis == "organisation"

    def in_sight(self) -> ColumnElement[bool]:
        """Match the ideas that its page may show."""
        return in_public(self.inside)

    def has_idea(self) -> ColumnElement[bool]:
        """Match an idea that touches it; to be asked of ideas that something else finds."""
        if self.is_organisation:
            return dialect.has_row(self._links().where(Link.idea_id == Idea.id).correlate(Idea))
        return Filters(**self._filter()).tests()[0]

    def idea_ids(self) -> Ids:
        """Select the ideas that touch it, in every state, from an index that holds them together."""
        if self.is_organisation:
            return self._links()
        return Filters(**self._filter()).source(self.axis)

    def _links(self) -> Select[tuple[int]]:
        """Select the ideas that feed the actions of an organisation."""
        query = select(Link.idea_id).join(Action, Action.id == Link.action_id).join(Plan, Plan.id == Action.plan_id)
        return query.where(is_in_force(), in_current_plan(), _carries(self.ids))

    def event_filters(self) -> EventFilters:
        """Return what narrows the list of meetings to it."""
        return EventFilters(**self._filter())

    def _filter(self) -> dict[str, Any]:
        return {self.axis: self.ids}

    def has_action(self) -> ColumnElement[bool]:
        """Match an action that touches it."""
        if self.is_organisation:
            return _carries(self.ids)
        if self.axis == "tag":
            return dialect.has_row(_tagged(self.ids))
        if self.axis == "community":
            return or_(Action.community_id.in_(self.ids), self._is_filed())
        return self._is_filed()

    def _is_filed(self) -> ColumnElement[bool]:
        """Match an action that is filed under it."""
        column = FILED[self.axis]
        query = select(column.class_.action_id).where(column.in_(self.around or self.ids))
        return dialect.has_row(query.where(column.class_.action_id == Action.id).correlate(Action))


def _carries(organisation_ids: tuple[int, ...]) -> ColumnElement[bool]:
    """Match an action that these organisations lead or are partners of."""
    partner = (
        select(ActionPartner.action_id)
        .where(ActionPartner.action_id == Action.id, ActionPartner.organisation_id.in_(organisation_ids))
        .correlate(Action)
    )
    return or_(Action.lead_id.in_(organisation_ids), dialect.has_row(partner))


def _tagged(tag_ids: tuple[int, ...]) -> Select[tuple[int]]:
    """Select the links of an action from a public idea that bears one of these tags."""
    query = select(Link.id).join(Idea, Idea.id == Link.idea_id).join(IdeaTag, IdeaTag.idea_id == Idea.id)
    query = query.where(Link.action_id == Action.id, is_in_force(), in_public(), IdeaTag.tag_id.in_(tag_ids))
    return query.correlate(Action)


def in_current_plan() -> ColumnElement[bool]:
    """Match what the page of the current plan shows of its actions, where plans are joined."""
    return and_(Plan.is_current, Plan.number > 0, Action.removed_at.is_(None), Action.in_sight())


def of_community(room: Room) -> HubSubject:
    """Return a community that whoever asks sees."""
    return HubSubject(
        "community", (room.id,), ("community", str(room.id)), inside=(room.id,) if room.is_private else ()
    )


def of_issue(issue: Axis) -> HubSubject:
    return HubSubject("issue", (issue.id,), ("issue", str(issue.id)))


def of_place(place: Place) -> HubSubject:
    within = tuple(inner.id for inner in get_catalogue().within(place))
    around = within + ((place.parent_id,) if place.parent_id else ())
    return HubSubject("territory", within, ("mrc" if place.is_mrc else "territory", str(place.id)), around)


def of_tag(tag: TagNow) -> HubSubject:
    return HubSubject("tag", tag.ids, ("tag", str(tag.id)))


def of_organisation(organisation: Organisation) -> HubSubject:
    """Return an organisation, its own number first, then those merged into it."""
    ids = tuple(dict.fromkeys((organisation.id, *list_answering(organisation.id))))
    return HubSubject("organisation", ids, ("organisation", str(organisation.id)))

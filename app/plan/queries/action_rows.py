"""An action as lists show it, in one row: where it belongs, how far it is, and what was last said of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import aliased

from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, ActionCommunity, ActionIssue, ActionPartner, ActionTerritory, Funding
from app.plan.queries import tallies
from app.plan.tree import NOTHING, ActionRow, Explanation
from app.reference.models import NAMED, Organisation


def select_action_rows() -> Select[Any]:
    """Select actions, each with its lead, its milestones counted and its last bulletin in sight, where it has one."""
    tally = tallies.select_by_action().subquery()
    query = select(*_columns(), *(column for column in tally.c if column.key != "action_id"))
    query = query.outerjoin(Action.lead)
    query = query.outerjoin(tally, tally.c.action_id == Action.id)
    return query.outerjoin(Bulletin, Bulletin.id == last_bulletin())


def _columns() -> Sequence[Any]:
    money = select(func.coalesce(func.sum(Funding.amount), 0)).where(Funding.action_id == Action.id)
    return (
        Action.id,
        Action.objective_id,
        Action.code,
        Action.title,
        Action.state,
        Action.state_at,
        Action.weight,
        Action.progress,
        Action.starts_on,
        Action.ends_on,
        Organisation.id.label("lead_id"),
        Action.community_id,
        Organisation.sort_key,
        Organisation.name,
        money.correlate(Action).scalar_subquery().label("funding"),
        list_ids(ActionTerritory.territory_id).label("territories"),
        list_ids(ActionIssue.issue_id).label("issues"),
        list_ids(ActionCommunity.community_id).label("communities"),
        _list_partners().label("partners"),
        Bulletin.at.label("said_at"),
        Bulletin.state.label("said_state"),
        Bulletin.state_before,
        Bulletin.body_html,
        Bulletin.blocker,
        Bulletin.lang,
    )


def _list_partners() -> Any:
    """Select the partners of an action as `list_ids` does, each by the organisation that it answers as."""
    present_id = func.coalesce(NAMED.c.present_id, NAMED.c.id)
    ids = select(func.aggregate_strings(cast(present_id, String), " "))
    ids = ids.join(ActionPartner, ActionPartner.organisation_id == NAMED.c.id)
    return ids.where(ActionPartner.action_id == Action.id).correlate(Action).scalar_subquery()


def list_ids(column: Any, action_id: Any = Action.id) -> Any:
    """Select the rows of an axis where an action stands, by their ids, in one text that `read_ids` reads."""
    ids = select(func.aggregate_strings(cast(column, String), " ")).where(column.class_.action_id == action_id)
    return ids.correlate(Action).scalar_subquery()


def last_bulletin() -> Any:
    """Select the number of the last bulletin in sight of an action."""
    other = aliased(Bulletin)
    last = select(func.max(other.id)).where(other.action_id == Action.id, other.in_sight())
    return last.correlate(Action).scalar_subquery()


def build_action_row(row: Any, explanation: Explanation = NOTHING) -> ActionRow:
    """Return a row of `select_action_rows` as lists show it."""
    return ActionRow(
        row.id,
        row.objective_id,
        row.code,
        row.title,
        row.state,
        row.state_at,
        row.weight,
        row.progress,
        row.starts_on,
        row.ends_on,
        row.lead_id,
        (row.sort_key or "", row.name or ""),
        int(row.funding),
        tallies.build_tally(row),
        row.next_due,
        read_ids(row.territories),
        read_ids(row.issues),
        list_rooms(row),
        read_ids(row.partners),
        explanation,
    )


def list_rooms(row: Any) -> tuple[int, ...]:
    """Return the communities of an action, the one that leads it first."""
    own = (row.community_id,) if row.community_id else ()
    return tuple(dict.fromkeys((*own, *read_ids(row.communities))))


def read_ids(text: str | None) -> tuple[int, ...]:
    return tuple(sorted(set(map(int, (text or "").split()))))

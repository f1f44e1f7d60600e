"""The actions of the current plan that touch a subject, each with its last bulletin."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, select

from app.core.db import db
from app.hubs.queries.deeds import Deeds, LastBulletin, get_deeds
from app.hubs.queries.subjects import STATEMENTS, HubSubject
from app.plan.models.structure import Action
from app.plan.tree import ActionRow


@dataclass(frozen=True)
class HubAction:
    """An action that touches a subject, as lists show it, with its last bulletin if it has one."""

    row: ActionRow
    bulletin: LastBulletin | None


def list_actions(subject: HubSubject) -> list[HubAction]:
    """Return the actions that touch a subject in the order of the plan, whoever asks."""
    deeds = get_deeds()
    return [HubAction(row, deeds.bulletins.get(row.id)) for row in _list_touching(deeds, subject)]


def _list_touching(deeds: Deeds, subject: HubSubject) -> Sequence[ActionRow]:
    """Return the actions for which `HubSubject.has_action` holds."""
    if subject.axis == "tag":
        tied = set(db.session.scalars(_select_tied(subject)))
        return [row for row in deeds.actions if row.id in tied]
    if subject.axis == "territory":
        return deeds.in_places(subject.around or subject.ids)
    find = {"community": deeds.of_community, "issue": deeds.on_issue, "organisation": deeds.of_organisation}
    return find[subject.axis](subject.ids[0])


@lru_cache(maxsize=STATEMENTS)
def _select_tied(subject: HubSubject) -> Select[tuple[int]]:
    return select(Action.id).where(subject.has_action())


def count_without_territory() -> int:
    """Count the actions of the current plan that name no territory."""
    return sum(not row.territories for row in get_deeds().actions)

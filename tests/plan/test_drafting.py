"""The draft is written a part at a time, by several coordinators; nothing of it is public before it is published."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.plan import editing
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanDraft
from app.plan.outline import ActionOutline, ObjectiveOutline, OrientationOutline
from app.plan.queries import plans as queries
from app.plan.service import drafting, publishing
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of, outline_of


class Desk:
    """The desk of a coordinator who writes on what the page of now shows."""

    def __init__(self, plans: MakePlan, plan: Plan):
        self.actor, self.plan = actor_for(plans.boss), plan

    @property
    def now(self) -> queries.WorkingCopy:
        return queries.get_working_copy(self.plan)

    def write(self, level: str, part: Any, under: int) -> None:
        drafting.write_part(self.actor, self.plan, level, part, under=under)

    def move(self, part: Any, step: int, neighbour: Any) -> None:
        drafting.move_part(self.actor, self.plan, "actions", part.id, step=step, neighbour_id=neighbour.id)

    def remove(self, level: str, part: Any) -> None:
        drafting.remove_part(self.actor, self.plan, level, part.id, version=editing.compute_version(part))


@pytest.fixture
def desk(plans: MakePlan) -> Desk:
    return Desk(plans, plans.plan(action_of("Une tournée"), action_of("Une cuisine")))


def test_the_first_change_begins_the_draft_and_the_public_reads_the_plan_as_it_was(desk: Desk) -> None:
    objective = desk.now.outline.orientations[0].objectives[0]
    desk.write("actions", ActionOutline("Un jardin"), objective.id)
    desk.write("orientations", OrientationOutline("Se loger"), 0)
    orientation = desk.now.outline.orientations[1]
    desk.write("objectives", ObjectiveOutline("Rénover"), orientation.id)
    below = desk.now.outline.orientations[1].objectives[0]
    assert (orientation.id, below.id) == (-2, -3) and desk.now.draft and db.session.query(Action).count() == 2
    desk.write("actions", ActionOutline("Une cuisine ouverte", objective.actions[1].id), below.id)
    publishing.publish_draft(desk.actor, desk.plan, version=desk.now.draft.version, reason="Un jardin, un toit")
    assert [(part.title, part.code) for part in queries.get_published_outline(desk.plan).actions()] == [
        ("Une tournée", "1.1.1"),
        ("Un jardin", "1.1.2"),
        ("Une cuisine ouverte", "2.1.1"),
    ]
    assert db.session.get_one(Action, objective.actions[1].id).title == "Une cuisine ouverte"


def test_what_came_without_a_row_has_an_id_in_the_draft_and_a_code_that_no_other_part_has(desk: Desk) -> None:
    written = outline_of(
        ActionOutline("Une tournée", code="1.1.2"),
        ActionOutline("Une cuisine"),
        ActionOutline("Un jardin", code="1.1.2-2"),
    )
    publishing.save_draft(desk.actor, desk.plan, written, version="")
    assert [part.id for part in desk.now.outline.parts()] == [-1, -2, -3, -4, -5]
    publishing.publish_draft(desk.actor, desk.plan, version=desk.now.version, reason="Trois actions neuves")
    assert [part.code for part in queries.get_published_outline(desk.plan).actions()] == ["1.1.2", "1.1.2-3", "1.1.2-2"]


def test_what_is_sent_back_as_it_stands_begins_no_draft(desk: Desk) -> None:
    objective = desk.now.outline.orientations[0].objectives[0]
    desk.write("actions", objective.actions[0], objective.id)
    assert not db.session.query(PlanDraft).count()


def test_a_part_moves_among_its_neighbours_and_goes_with_what_it_holds(desk: Desk) -> None:
    objective = desk.now.outline.orientations[0].objectives[0]
    desk.move(objective.actions[0], 1, objective.actions[1])
    assert [part.title for part in desk.now.outline.actions()] == ["Une cuisine", "Une tournée"]
    with pytest.raises(Conflict):
        desk.move(objective.actions[0], 1, objective.actions[1])
    with pytest.raises(Conflict):
        desk.remove("objectives", objective)
    objective = desk.now.outline.orientations[0].objectives[0]
    desk.remove("objectives", objective)
    assert not list(desk.now.outline.actions())
    with pytest.raises(Conflict):
        desk.remove("objectives", objective)
    for level, part in (
        ("actions", ActionOutline("Orpheline")),
        ("objectives", ObjectiveOutline("Rien", objective.id)),
    ):
        with pytest.raises(Conflict):
            desk.write(level, part, objective.id)


def test_what_contradicts_the_plan_is_refused(desk: Desk, make: Make) -> None:
    objective = desk.now.outline.orientations[0].objectives[0]
    drafting.write_head(
        desk.actor, desk.plan, title="Autre titre", summary="", starts_on="2026-04-01", ends_on="2027-03-31"
    )
    with pytest.raises(Invalid):
        desk.write("actions", ActionOutline("Un jardin", code="1.1.1"), objective.id)
    with pytest.raises(Invalid):
        drafting.write_head(
            desk.actor, desk.plan, title="À rebours", summary="", starts_on="2026-04-01", ends_on="2025-03-31"
        )
    with pytest.raises(Forbidden):
        drafting.move_part(
            make.actor(), desk.plan, "actions", objective.actions[0].id, step=1, neighbour_id=objective.actions[1].id
        )
    assert desk.now.outline.title == "Autre titre" and len(list(desk.now.outline.actions())) == 2


def test_a_draft_that_changes_nothing_is_not_published_and_a_plan_without_a_version_is_not_the_current_one(
    desk: Desk,
) -> None:
    draft = publishing.save_draft(desk.actor, desk.plan, queries.get_published_outline(desk.plan), version="")
    with pytest.raises(Invalid):
        publishing.publish_draft(desk.actor, desk.plan, version=draft.version, reason="Pour rien")
    first, second = [
        publishing.begin(
            desk.actor,
            title="Le suivant",
            starts_on=desk.plan.ends_on,
            ends_on=desk.plan.ends_on.replace(year=2040),
            form_key="k",
        )
        for _n in "ab"
    ]
    assert first.id == second.id
    with pytest.raises(Conflict):
        publishing.make_current(desk.actor, first)

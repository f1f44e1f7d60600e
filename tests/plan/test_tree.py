"""The tree of the plan: progress adds up by weight from milestones to plan, and lists keep and group rows by what they are."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.plan import tree as plan_tree
from app.plan.models.structure import Action, Milestone, Objective, Orientation, Plan
from app.plan.outline import ActionOutline, MilestoneOutline, ObjectiveOutline, OrientationOutline, Outline
from app.plan.progress import Tally
from app.plan.queries import actions, late, month, tree
from app.plan.queries import plans as queries
from app.plan.service import bulletins, publishing
from app.plan.service.bulletins import BulletinWords, Completion
from app.plan.tree import ActionRow, Filters, Heading, Tree
from tests.support.clock import LONG_AGO
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import record_statements

DAY = date(2027, 5, 15)
WEIGHTS = st.integers(1, 100)


@st.composite
def action_rows(draw: st.DrawFn, number: int, objective_id: int) -> ActionRow:
    steps = draw(st.lists(st.tuples(WEIGHTS, st.booleans()), max_size=5))
    tally = Tally(len(steps), sum(done for _w, done in steps), sum(w for w, _d in steps), sum(w for w, d in steps if d))
    state = draw(st.sampled_from(("planned", "underway", "achieved", "dropped")))
    return ActionRow(
        number,
        objective_id,
        str(number),
        "",
        state,
        LONG_AGO,
        draw(WEIGHTS),
        draw(st.integers(0, 100)),
        tally=tally,
        ends_on=draw(st.sampled_from((None, DAY, DAY - timedelta(1)))),
        territories=tuple(draw(st.sets(st.integers(1, 3)))),
    )


@st.composite
def shapes(draw: st.DrawFn) -> tuple[list[Heading], list[Heading], list[ActionRow]]:
    orientations = [Heading(n, str(n), "", draw(WEIGHTS)) for n in range(1, draw(st.integers(1, 4)))]
    objectives = [
        Heading(n, str(n), "", draw(WEIGHTS), parent_id=draw(st.sampled_from(orientations)).id)
        for n in range(1, draw(st.integers(1, 6)))
        if orientations
    ]
    actions = [
        draw(action_rows(n, draw(st.sampled_from(objectives)).id))
        for n in range(1, draw(st.integers(1, 9)))
        if objectives
    ]
    return orientations, objectives, actions


def recount(
    orientations: Sequence[Heading], objectives: Sequence[Heading], actions: Sequence[ActionRow]
) -> Fraction | None:
    """Add up in exact numbers, level by level, what is not dropped."""

    def whole(parts: list[tuple[int, Fraction | None]]) -> Fraction | None:
        counted = [(weight, done) for weight, done in parts if done is not None]
        return sum((w * d for w, d in counted), Fraction()) / sum(w for w, _d in counted) if counted else None

    def far(action: ActionRow) -> Fraction:
        has_steps = action.tally.weight
        return Fraction(action.tally.weight_reached, has_steps) if has_steps else Fraction(action.progress, 100)

    of_objective = {
        o.id: whole([(a.weight, far(a)) for a in actions if a.objective_id == o.id and a.state != "dropped"])
        for o in objectives
    }
    of_orientation = {
        p.id: whole([(o.weight, of_objective[o.id]) for o in objectives if o.parent_id == p.id]) for p in orientations
    }
    return whole([(p.weight, of_orientation[p.id]) for p in orientations])


@pytest.mark.one_engine
@given(shape=shapes())
@settings(max_examples=150)
def test_progress_adds_up_by_weight_and_stays_within_bounds(
    shape: tuple[list[Heading], list[Heading], list[ActionRow]],
) -> None:
    built = plan_tree.build_tree(*shape, DAY)
    expected = recount(*shape)
    assert built.rollup.done == (None if expected is None else pytest.approx(float(expected)))
    levels = [
        built.rollup,
        *(b.rollup for b in built.orientations),
        *(o.rollup for b in built.orientations for o in b.objectives),
    ]
    assert all(0 <= level.percent <= 100 and 0 <= level.reached <= level.milestones for level in levels)
    actions = shape[2]
    assert built.rollup.count == len(built.actions) == sum(built.rollup.states.values()) == len(actions)
    assert built.rollup.milestones == sum(a.tally.count for a in actions if a.state != "dropped")
    kept = plan_tree.filter_tree(built, Filters(territory={1}, state={"underway"}, late=True))
    assert {row.id for row in kept.actions} == {
        a.id for a in actions if 1 in a.territories and a.state == "underway" and a.ends_on and a.ends_on < DAY
    }
    assert all(objective.actions for branch in kept.orientations for objective in branch.objectives)


@pytest.mark.parametrize("seed", range(3))
def test_the_tree_equals_a_recount_of_the_tables_whatever_moved(plans: MakePlan, seed: int) -> None:
    dice = Random(seed)
    plan = _publish(plans, dice)
    boss = actor_for(plans.boss)
    for action in db.session.query(Action).order_by(Action.id).all():
        _move(plans, action, dice)
    outline = queries.get_published_outline(plan)
    outline.orientations[0].objectives[0].actions.pop()
    outline.orientations[0].weight = dice.randint(1, 100)
    outline.orientations.append(OrientationOutline("Une orientation à remplir"))
    publishing.publish(boss, plan, outline, reason="Une année plus tard")
    hidden = db.session.query(Action).filter_by(removed_at=None).order_by(Action.id).first()
    assert hidden
    plans.make.at(hidden, hidden_at=clock.now(), hidden_reason="hors du sujet")
    found, rows = tree.get_tree(plan), _rows(plan)
    expected = recount(*rows)
    assert expected is not None and found.rollup.done == pytest.approx(float(expected))
    assert {row.id for row in found.actions} == {row.id for row in rows[2]} and hidden.id not in {
        row.id for row in found.actions
    }
    assert found.rollup.late == sum(row.late_since(clock.today()) is not None for row in rows[2]) > 0
    assert [orientation.heading.title for orientation in found.orientations][-1] == "Une orientation à remplir"
    _check_twins(found)


def _check_twins(found: Tree) -> None:
    """Ask the database again what is late, how many milestones were reached and what it all comes to."""
    today = clock.today()
    assert [action.id for action in late.list_late_actions(today)] == sorted(
        row.id for row in found.actions if row.late_since(today)
    )
    assert {row.id: row.tally for row in found.actions} == {row.id: actions.get_tally(row.id) for row in found.actions}
    current = month.find_current_tree()
    assert current and current.rollup == found.rollup


def _publish(plans: MakePlan, dice: Random) -> Plan:
    yesterday = clock.today() - timedelta(1)
    orientations = [
        OrientationOutline(
            f"Orientation {n}",
            weight=dice.randint(1, 9),
            objectives=[
                ObjectiveOutline(
                    f"Objectif {n}.{m}",
                    weight=dice.randint(1, 9),
                    actions=[
                        ActionOutline(
                            f"Action {n}.{m}.{k}",
                            weight=dice.randint(1, 9),
                            milestones=[
                                MilestoneOutline(
                                    f"Jalon {j}",
                                    weight=dice.randint(1, 9),
                                    due_on=dice.choice(["", yesterday.isoformat()]),
                                )
                                for j in range(dice.randint(0, 3))
                            ],
                        )
                        for k in range(3)
                    ],
                )
                for m in range(2)
            ],
        )
        for n in range(2)
    ]
    boss = actor_for(plans.boss)
    plan = publishing.begin(boss, title="Un plan", starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31))
    publishing.publish(
        boss, plan, Outline("Un plan", "2026-04-01", "2029-03-31", orientations=orientations), reason="Première version"
    )
    return plan


def _move(plans: MakePlan, action: Action, dice: Random) -> None:
    """Reach some milestones, declare how far it is without any, drop one action in six."""
    steps = db.session.query(Milestone).filter_by(action_id=action.id).order_by(Milestone.id).all()
    reached = [Completion(step.id, clock.today(), "C'est fait") for step in steps if dice.random() < 0.5]
    words = BulletinWords(
        "Un pas.", blocker="Il pleut.", completions=reached, progress=None if steps else dice.randint(0, 100)
    )
    bulletins.post(actor_for(plans.boss), action, words)
    if dice.random() < 0.17:
        bulletins.post(actor_for(plans.boss), action, BulletinWords("Faute de moyens.", state="dropped"))


def _rows(plan: Plan) -> tuple[list[Heading], list[Heading], list[ActionRow]]:
    """Read the tables row by row."""
    orientations = db.session.query(Orientation).filter_by(plan_id=plan.id, removed_at=None).all()
    parents = {o.id for o in orientations}
    objectives = [o for o in db.session.query(Objective).filter_by(removed_at=None) if o.orientation_id in parents]
    actions = []
    for action in db.session.query(Action).filter_by(plan_id=plan.id, removed_at=None, hidden_at=None):
        steps = db.session.query(Milestone).filter_by(action_id=action.id, removed_at=None).all()
        left = [step.due_on for step in steps if step.due_on and not step.reached_on]
        tally = Tally(
            len(steps),
            sum(step.is_reached for step in steps),
            sum(step.weight for step in steps),
            sum(step.weight for step in steps if step.is_reached),
        )
        actions.append(
            ActionRow(
                action.id,
                action.objective_id,
                action.code,
                action.title,
                action.state,
                action.state_at,
                action.weight,
                action.progress,
                action.starts_on,
                action.ends_on,
                tally=tally,
                next_due=min(left, default=None),
            )
        )
    return (
        [Heading(o.id, o.code, o.title, o.weight) for o in orientations],
        [Heading(o.id, o.code, o.title, o.weight, parent_id=o.orientation_id) for o in objectives],
        actions,
    )


def test_a_row_says_where_an_action_belongs_and_what_blocks_it(plans: MakePlan) -> None:
    action = plans.action(
        lead="La Tablée",
        partners=["Au volant", "La Tablée"],
        community="securite-alimentaire",
        communities=["transport-collectif"],
        territories=["70052"],
        issues=["education"],
        ends_on="2020-01-01",
    )
    plans.say(action, blocker="Il manque un local.")
    [row] = tree.get_tree(db.session.query(Plan).one()).actions
    assert (row.lead[1], len(row.partners), len(row.communities), len(row.territories), len(row.issues)) == (
        "La Tablée",
        2,
        2,
        1,
        1,
    )
    assert row.explanation.text == "Il manque un local." and row.late_since(clock.today()) == date(2020, 1, 1)
    plans.say(action, "On **arrête**, faute de local.", state="dropped")
    [row] = tree.get_tree(db.session.query(Plan).one()).actions
    assert (
        row.explanation.text == "On arrête, faute de local."
        and row.late_since(clock.today()) is None
        and not row.is_counted
    )


def test_five_hundred_actions_cost_as_many_statements_as_one(plans: MakePlan) -> None:
    plan, counts = plans.plan(action_of("Action", milestones=1, partners=["Au volant"])), []
    for number in (1, 500):
        plans.fill(plan, number - 1)
        assert plan.id
        with record_statements() as statements:
            assert len(tree.get_tree(plan).actions) == number
        counts.append(len(statements))
    assert counts == [2, 2]

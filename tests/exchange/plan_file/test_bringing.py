"""A file becomes a version of the plan: what would come is told first, and a second time nothing is left to bring."""

from datetime import timedelta

import pytest

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.exchange import plan_imports
from app.exchange.plan_file.contents import PlanFile
from app.journal.models import Entry
from app.plan import policy
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanImport, PlanVersion
from app.plan.queries import actions
from app.plan.queries import plans as plan_queries
from app.plan.queries.plans import name_version
from app.plan.service import publishing
from app.plan.service.bulletins import Completion
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again, count, every
from tests.support.sheets import FRAME, HEAD, PLACE, csv_of, read, table

FULL = [*HEAD, "Jalon", "Échéance", "Franchi le", "Preuve", "État", "Avancement", "Indicateur"]


def full_file(**changes: str) -> PlanFile:
    """Read the file of `full_rows`."""
    return read(full_rows(**changes))


def full_rows(**changes: str) -> bytes:
    """A file of two actions: one whose first milestone was reached, one half done without milestones."""
    rows = [
        [*PLACE, "Une tournée", "Le camion", "2027-06-30", "2026-05-01", "Il roule", "", "", "Ménages"],
        ["", "", "", "La liste", "2027-12-31"],
        ["", "", "Une cuisine", "", "", "", "", "en cours", "40"],
    ]
    return csv_of(FULL, *([changes.get(cell, cell) for cell in row] for row in rows))


def publish(plans: MakePlan, file: PlanFile, plan: Plan | None) -> Plan:
    return plan_imports.publish(
        actor_for(plans.boss), plan, file, version=name_version(plan.number if plan else 0), reason="Adopté le 12 mai"
    )


def test_a_file_begins_a_plan_with_what_was_reached_and_brought_twice_adds_nothing(plans: MakePlan) -> None:
    preview = plan_imports.build_preview(full_file(), None)
    assert preview.counts == {"added": 4, "reached": 1, "moved": 1, "declared": 1} and not preview.refusals
    plan = publish(plans, full_file(), None)
    first, second = db.session.query(Action).order_by(Action.position)
    assert (plan.title, plan.number, first.code, first.state, second.state, second.progress) == (
        FRAME.title,
        1,
        "1.1.1",
        "underway",
        "underway",
        40,
    )
    assert [(one.title, one.is_reached, one.proof) for one in actions.list_milestones(first.id)] == [
        ("Le camion", True, "Il roule"),
        ("La liste", False, ""),
    ]
    assert [row.body for row in db.session.query(Bulletin)] == ["Adopté le 12 mai"] * 2
    assert plan_imports.build_preview(full_file(), plan).changes == []
    with pytest.raises(Conflict):
        publish(plans, full_file(), plan)
    assert count(PlanVersion) == 1 and count(Bulletin) == 2 and [line.kind for line in every(Entry)] == ["plan"]


def test_another_file_changes_what_it_says_and_loses_nothing_of_what_was_lived(plans: MakePlan) -> None:
    plan = publish(plans, full_file(), None)
    first, second = db.session.query(Action).order_by(Action.position)
    plans.say(first, completions=[Completion(actions.list_milestones(first.id)[1].id, clock.today(), "La voici")])
    file = read(
        csv_of(
            ["Code", *HEAD, "Jalon", "Description"],
            ["1.1.1", *PLACE, "Une grande tournée", "La liste", "Elle passe."],
            ["", "", "", "", "Le camion", ""],
            ["", "", "", "", "Le bilan", ""],
            ["", "", "Bouger", "Un circuit", "", ""],
        )
    )
    preview = plan_imports.build_preview(file, plan)
    assert [(one.kind, one.level, one.title) for one in preview.changes] == [
        ("changed", "action", "Une grande tournée"),
        ("added", "objective", "Bouger"),
        ("added", "action", "Un circuit"),
        ("removed", "action", "Une cuisine"),
    ]
    assert [(one.kind, one.title) for one in preview.structure[0].parts] == [("added", "Le bilan"), ("changed", "")]
    publish(plans, file, plan)
    assert (again(first).title, again(first).body, again(second).state) == (
        "Une grande tournée",
        "Elle passe.",
        "dropped",
    )
    assert [(one.title, one.is_reached, str(one.due_on)) for one in actions.list_milestones(first.id)] == [
        ("La liste", True, "2027-12-31"),
        ("Le camion", True, "2027-06-30"),
        ("Le bilan", False, "None"),
    ]
    assert actions.list_indicators(first.id)[0].name == "Ménages"
    assert [line.kind for line in every(Entry)] == ["plan", "action", "plan"]


def test_progress_alone_makes_no_version_and_a_state_is_taken_at_its_word(plans: MakePlan) -> None:
    plan = publish(plans, full_file(), None)
    file = full_file(**{"en cours": "réalisée", "40": ""})
    assert plan_imports.build_preview(file, plan).counts == {"moved": 1}
    publish(plans, file, plan)
    assert [line.kind for line in every(Entry)] == ["plan", "action"]
    action = db.session.query(Action).order_by(Action.position.desc()).limit(1).one()
    assert (again(plan).number, action.state) == (1, "achieved")
    assert not plan_imports.build_preview(full_file(**{"en cours": "", "40": "50"}), plan).changes


def test_what_contradicts_the_plan_is_refused_before_anything_is_written(plans: MakePlan) -> None:
    plan, boss = publish(plans, full_file(), None), actor_for(plans.boss)
    early = read(csv_of([*HEAD, "Jalon", "État"], [*PLACE, "Une tournée", "La liste", "réalisée"]))
    assert [(one.row, one.column) for one in plan_imports.build_preview(early, plan).refusals] == [(2, "État")]
    double = read(csv_of(["Code de l'orientation", *HEAD], ["1.1.1", *PLACE, "Une tournée"]))
    assert plan_imports.build_preview(double, plan).refusals[0].values == {"code": "1.1.1"}
    alike = read(csv_of(["Code", *HEAD], ["a", *PLACE, "Une tournée"], ["A", "Bien manger", "Partager", "Un four"]))
    assert [(one.row, one.column) for one in plan_imports.build_preview(alike, plan).refusals] == [(3, "Code")]
    for file, number, reason, refusal in (
        (early, 1, "Oui", Invalid),
        (full_file(), 1, " ", Invalid),
        (full_file(**{"Le camion": "x"}), 0, "Oui", Conflict),
    ):
        with pytest.raises(refusal):
            plan_imports.publish(boss, plan, file, version=name_version(number), reason=reason)
    draft = publishing.save_draft(boss, plan, plan_queries.get_published_outline(plan), version="")
    with pytest.raises(Conflict):
        plan_imports.publish(boss, plan, full_file(**{"Le camion": "x"}), version=draft.version, reason="Oui")
    assert (
        not plan_imports.build_preview(full_file(**{"en cours": "réalisée", "40": ""}), plan).refusals
        and count(PlanVersion) == 1
    )


def test_an_action_that_moderation_hid_is_not_dropped_by_a_file_that_can_not_have_it(
    make: Make, plans: MakePlan
) -> None:
    plan = plans.plan(action_of("Une tournée"), action_of("Une cuisine", 1))
    hidden = db.session.query(Action).filter_by(title="Une cuisine").one()
    make.at(hidden, hidden_at=clock.now(), hidden_reason="Des noms")
    file = read(csv_of(HEAD, ["Se loger", "Construire", "Un toit"]))
    assert ("removed", "Une cuisine") not in [
        (one.kind, one.title) for one in plan_imports.build_preview(file, plan).changes
    ]
    publish(plans, file, plan)
    outline = plans_outline(plan)
    assert outline == {
        "Se loger": {"Construire": ["Un toit"]},
        "Bien manger": {"Rapprocher les aliments": ["Une cuisine"]},
    }
    assert (again(hidden).state, again(hidden).removed_at) == ("planned", None)
    told = read(
        csv_of(
            [*HEAD, "État"],
            ["Bien manger", "Rapprocher les aliments", "Une cuisine", "en cours"],
            ["Se loger", "Construire", "Un toit", ""],
        )
    )
    assert plan_imports.build_preview(told, plan).counts == {"changed": 1}
    moved = read(
        csv_of(
            ["Code de l'objectif", *HEAD],
            [outline_codes(plan)["Rapprocher les aliments"], "Se loger", "Manger ici", "Un four"],
        )
    )
    publish(plans, moved, plan)
    assert plans_outline(plan) == {"Se loger": {"Manger ici": ["Un four", "Une cuisine"]}}


def test_a_hidden_action_stays_under_its_objective_where_the_file_has_that_no_more(make: Make, plans: MakePlan) -> None:
    plan = publish(plans, read(csv_of(HEAD, [*PLACE, "Une tournée"], ["", "Cultiver", "Un jardin"])), None)
    make.at(
        db.session.query(Action).filter_by(title="Un jardin").one(), hidden_at=clock.now(), hidden_reason="Des noms"
    )
    publish(plans, read(csv_of(HEAD, [*PLACE, "Une grande tournée"])), plan)
    assert plans_outline(plan) == {PLACE[0]: {PLACE[1]: ["Une grande tournée"], "Cultiver": ["Un jardin"]}}


def plans_outline(plan: Plan) -> dict[str, dict[str, list[str]]]:
    db.session.expire_all()
    return {
        one.title: {objective.title: [action.title for action in objective.actions] for objective in one.objectives}
        for one in plan_queries.get_published_outline(plan).orientations
    }


def outline_codes(plan: Plan) -> dict[str, str]:
    return {part.title: part.code for part in plan_queries.get_published_outline(plan).parts()}


def test_a_file_waits_30_days_for_who_sent_it_and_for_nobody_else(make: Make, plans: MakePlan) -> None:
    boss, other, plan = actor_for(plans.boss), make.actor(role="coordinator"), plans.plan()
    plan_import = plan_imports.store(boss, plan, table(full_rows()), file_name="plan.csv")
    with pytest.raises(NotFound):
        plan_imports.get_plan_import(other, plan_import.id, policy.CONFIRM_IMPORT)
    with pytest.raises(Forbidden):
        plan_imports.confirm(other, plan_import, version="published-1", reason="Oui")
    with pytest.raises(Forbidden):
        plan_imports.store(make.actor(), plan, table(full_rows()), file_name="plan.csv")
    assert (
        plan_imports.get_file(plan_import) == full_file()
        and plan_imports.get_plan_import(boss, plan_import.id, policy.CONFIRM_IMPORT) is plan_import
    )
    late = plan_imports.store(boss, plan, table(full_rows()), file_name="plan.csv")
    late.at = clock.now() - timedelta(days=31)
    db.session.commit()
    with pytest.raises(NotFound):
        plan_imports.get_plan_import(boss, late.id, policy.CONFIRM_IMPORT)
    plan_imports.purge()
    assert count(PlanImport) == 1
    assert (
        plan_imports.confirm(boss, plan_import, version="published-1", reason="Adopté").number == 2
        and count(PlanImport) == 0
    )

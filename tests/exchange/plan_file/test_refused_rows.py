"""What is in the way of one row does not stop the file: the rest comes in, and nothing that was there is lost by it."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core.errors import Invalid
from app.exchange import plan_imports, sheets
from app.exchange.plan_file import reading, refused_rows
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import PlanFile
from app.plan.models.structure import Plan
from app.plan.outline import ActionOutline, FundingOutline, MilestoneOutline
from app.plan.queries import plans as queries
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import last
from tests.support.sheets import FRAME, HEAD, csv_of, read, table

PLACE = ["Bien manger", "Rapprocher les aliments"]


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    tour = action_of(
        "Une tournée",
        [MilestoneOutline("Le camion", due_on="2027-06-30"), MilestoneOutline("La liste")],
        budget=500,
        lead="Moisson",
        funding=[FundingOutline("Ville", 300, 2026, 2027)],
    )
    return plans.plan(tour, action_of("Une cuisine"))


def answered(data: bytes, **answers: Any) -> PlanFile:
    return reading.parse(table(data), FRAME, Answers(**answers))


def write(plans: MakePlan, plan: Plan | None, file: PlanFile) -> list[ActionOutline]:
    """Write a file in the draft; return the actions of that."""
    version = plan_imports.build_preview(file, plan).version
    plan_imports.write_draft(actor_for(plans.boss), plan, file, version=version)
    return list(queries.get_working_copy(plan or last(Plan)).outline.actions())


def test_a_refused_cell_leaves_what_is_in_the_plan_and_a_new_part_without_it(plans: MakePlan, plan: Plan) -> None:
    file = read(
        csv_of(
            [*HEAD, "Budget", "Responsable", "Jalon", "Échéance", "Source de financement", "Montant", "Première année"],
            [*PLACE, "Une tournée", "beaucoup", "Centraide", "Le camion", "bientôt", "Ville", "x", "2026"],
            ["", "", "", "", "", "La liste", "2028-01-31", "", "", ""],
            ["", "", "Une cuisine", "", "", "", "", "", "", ""],
            ["", "", "Un four", "trop", "Moisson", "Le bois", "demain", "Ville", "y", "2026"],
        )
    )
    tour, _kitchen, four = write(plans, plan, file)
    assert (tour.budget, tour.lead, tour.funding) == (500, "Centraide", [FundingOutline("Ville", 300, 2026, 2027)])
    assert [(one.title, one.due_on) for one in tour.milestones] == [
        ("Le camion", "2027-06-30"),
        ("La liste", "2028-01-31"),
    ]
    assert (four.budget, four.lead, four.funding, four.milestones) == (
        None,
        "Moisson",
        [],
        [MilestoneOutline("Le bois")],
    )
    with pytest.raises(Invalid):
        plan_imports.publish(
            actor_for(plans.boss), plan, file, version=queries.get_working_copy(plan).version, reason="Non"
        )


def test_nothing_leaves_the_plan_while_a_row_has_no_place_in_it(plans: MakePlan, plan: Plan) -> None:
    file = read(
        csv_of(
            ["Code", *HEAD, "Jalon"],
            ["", "", "", "Sans orientation", ""],
            ["", *PLACE, "Un four", "Le bois"],
            ["9", "", "", "", "Un jalon d'une action sans titre"],
            ["", "", "", "Une tournée", "x" * 400],
        )
    )
    found = plan_imports.build_preview(file, plan)
    assert found.unplaced == [2, 4, 5] and found.counts == {"added": 1}
    assert [one.title for one in write(plans, plan, file)] == ["Une tournée", "Une cuisine", "Un four"]


def test_a_code_that_another_part_has_and_too_many_of_a_thing_are_refused_alone(plans: MakePlan, plan: Plan) -> None:
    rows = [["", *PLACE, "Un four", f"Jalon {n}"] for n in range(42)]
    file = read(
        csv_of(
            ["Code", *HEAD, "Jalon"],
            ["1.1.2", *PLACE, "Une tournée", ""],
            ["a", *PLACE, "Un abri", ""],
            ["A", PLACE[0], "Se loger", "Un toit", ""],
            *rows,
        )
    )
    found = plan_imports.build_preview(file, plan)
    assert [(one.row, one.column) for one in found.refusals] == [(4, "Code"), (5, "Jalon")]
    assert found.obstacle is None
    actions = write(plans, None, file)
    assert [(one.code, len(one.milestones)) for one in actions] == [("1.1.2", 0), ("a", 0), ("", 40), ("", 0)]


def test_a_partial_file_adds_and_changes_and_its_empty_cells_say_nothing(plans: MakePlan, plan: Plan) -> None:
    data = csv_of(
        [*HEAD, "Budget", "Responsable", "Jalon", "Échéance", "Source de financement", "Montant", "Première année"],
        [*PLACE, "Une tournée", "", "Centraide", "La liste", "2028-01-31", "Centraide", "48 000", "2026"],
        [*PLACE, "Un four", "", "", "Le bois", "", "", "", ""],
    )
    tour, four, kitchen = write(plans, plan, answered(data, is_partial=True))
    assert (tour.budget, tour.lead, [one.source for one in tour.funding]) == (500, "Centraide", ["Ville", "Centraide"])
    assert [(one.title, one.due_on) for one in tour.milestones] == [
        ("Le camion", "2027-06-30"),
        ("La liste", "2028-01-31"),
    ]
    assert (four.title, kitchen.title) == ("Un four", "Une cuisine")
    assert not plan_imports.build_preview(answered(data, is_partial=True), plan).changes


def test_refused_rows_are_a_file_to_mend_that_brings_the_rest_in(plans: MakePlan, plan: Plan) -> None:
    data = csv_of(
        [*HEAD, "Budget", "Jalon", "Franchi le", "Preuve"],
        [*PLACE, "Une tournée", "500", "Le camion", "2026-05-01", "Il roule"],
        ["", "", "", "", "La liste", "hier", "=La voici"],
        ["", "", "Une cuisine", "1x", "", "", ""],
    )
    file = read(data)
    write(plans, plan, file)
    reasons = {one.row: [one.message] for one in plan_imports.build_preview(file, plan).refusals}
    rows = list(refused_rows.list_refused_rows(table(data), Answers(), reasons, heading="Pourquoi"))
    assert rows[0] == [*HEAD, "Budget", "Jalon", "Franchi le", "Preuve", "Pourquoi"]
    assert [row[:7] for row in rows[1:]] == [
        [*PLACE, "Une tournée", "", "La liste", "hier", "=La voici"],
        [*PLACE, "Une cuisine", "1x", "", "", ""],
    ]
    mended = "".join(sheets.csv_lines(rows)).replace("hier", "2026-05-02").replace("1x", "900").encode()
    found = plan_imports.build_preview(answered(mended, is_partial=True), plan)
    assert not found.refusals and found.counts == {"changed": 1, "reached": 1}
    assert found.progress[0].completions[0][1].proof == "=La voici"


def test_one_proof_is_asked_for_once_and_a_number_beside_milestones_is_a_note(plans: MakePlan, plan: Plan) -> None:
    data = csv_of(
        [*HEAD, "Avancement", "Jalon", "Franchi le"],
        [*PLACE, "Une tournée", "40", "Le camion", "2026-05-01"],
        ["", "", "", "", "La liste", "2026-05-02"],
    )
    file = read(data)
    found = plan_imports.build_preview(file, plan)
    assert [(one.kind, one.rows) for one in file.questions] == [("proof", (2, 3))]
    assert [(one.row, one.column) for one in found.refusals] == [(2, "Preuve"), (3, "Preuve")] and not found.progress
    assert [(one.row, one.value) for one in found.guesses] == [(2, "40")]
    told = plan_imports.build_preview(answered(data, proof="Fichier de suivi"), plan)
    assert (
        not told.refusals
        and [one.proof for _milestone, one in told.progress[0].completions] == ["Fichier de suivi"] * 2
    )

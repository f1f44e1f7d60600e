"""The table of a plan comes in in the shape that its maker gave it; what is left out of it is said, with why."""

import pytest

from app.exchange.plan_file import leftovers, numbering, reading, tables
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import PlanFile
from tests.support.sheets import FRAME, HEAD, PLACE, csv_of, read, table

pytestmark = pytest.mark.usefixtures("app")


def tree(file: PlanFile) -> list[tuple[str, ...]]:
    """Return the codes and titles of orientations, objectives and actions, from the outside in, in their order."""
    assert not file.refusals, file.refusals
    return [
        (f"{one.code} {one.title}", f"{two.code} {two.title}", f"{three.code} {three.title}")
        for one in file.outline.orientations
        for two in one.objectives
        for three in two.actions
    ]


def left_out(file: PlanFile) -> list[tuple[int, str]]:
    return [(one.row, one.message) for one in file.left_out]


def test_the_numbers_of_titles_become_their_codes() -> None:
    file = read(
        csv_of(
            HEAD,
            ["ORIENTATION 1 : Bien manger", "Objectif 1.1 – Partager", "1.1.1 Glaner"],
            ["", "", "1.1.2. Cuisiner"],
            ["Axe II – Bouger", "Objectif A - Marcher", "A1 Ouvrir des sentiers"],
            ["", "", "3 cuisines de plus"],
        )
    )
    assert tree(file) == [
        ("1 Bien manger", "1.1 Partager", "1.1.1 Glaner"),
        ("1 Bien manger", "1.1 Partager", "1.1.2 Cuisiner"),
        ("II Bouger", "A Marcher", "A1 Ouvrir des sentiers"),
        ("II Bouger", "A Marcher", " 3 cuisines de plus"),
    ]
    assert not file.guesses and file.titles["action.code"] == "Action"


def test_a_number_that_starts_again_is_no_code_and_the_preview_says_so() -> None:
    file = read(csv_of(HEAD, ["1. Manger", "1. Partager", "1) Glaner"], ["2. Bouger", "1. Marcher", "1) Ouvrir"]))
    assert tree(file) == [("1 Manger", " Partager", " Glaner"), ("2 Bouger", " Marcher", " Ouvrir")]
    assert [(one.row, one.value, one.understood, one.message) for one in file.guesses] == [
        (2, "1. Partager", "Partager", numbering.RESTARTS),
        (2, "1) Glaner", "Glaner", numbering.RESTARTS),
    ]
    counted = read(csv_of(["No", *HEAD, "Jalon"], ["1", *PLACE, "Glaner", "a"], ["2", *PLACE, "Glaner", "b"]))
    assert [action.code for action in counted.outline.actions()] == [""]
    assert [one.message for one in counted.guesses] == [numbering.COUNTS]
    kept = read(csv_of(["No", *HEAD], ["7", *PLACE, "Glaner"], ["9", *PLACE, "Cuisiner"]))
    assert [action.code for action in kept.outline.actions()] == ["7", "9"] and not kept.guesses


def test_totals_titles_said_again_doubles_and_notes_are_left_out_and_said() -> None:
    file = read(
        csv_of(
            ["Plan d'action de la table"],
            [],
            [*HEAD, "Budget", "Jalon"],
            [*PLACE, "Glaner", "4 000 $", "Un camion"],
            [*PLACE, "Glaner", "4 000 $", "Un camion"],
            ["Sous-total", "", "", "4 000 $"],
            ["Plan d'action de la table"],
            [*HEAD, "Budget", "Jalon"],
            [*PLACE, "Total des repas", "500"],
            ["TOTAL GÉNÉRAL", "", "", "4 500 $"],
            [],
            ["* Les montants sont ceux de 2026."],
        )
    )
    assert [action.title for action in file.outline.actions()] == ["Glaner", "Total des repas"]
    assert left_out(file) == [
        (5, leftovers.DOUBLE),
        (6, leftovers.TOTAL),
        (7, leftovers.TITLES_AGAIN),
        (8, leftovers.TITLES_AGAIN),
        (10, leftovers.TOTAL),
        (12, leftovers.NOTE),
    ]
    assert file.left_out[0].values == {"row": 4} and not file.refusals


def test_a_person_says_which_row_holds_the_titles_and_one_is_proposed() -> None:
    data = table(csv_of(["Notre plan"], ["Quoi?", "Dans quoi?", "Responsable"], ["Glaner", "Manger", "Moisson"]))
    assert data.head() is None and tables.propose_head(data) == 1
    answers = Answers({"quoi": "action.title", "dan quoi": "orientation.title"}, head=1)
    file = reading.parse(data, FRAME, answers)
    assert tree(file) == [(" Manger", " Manger", " Glaner")]
    assert tables.propose_head(table(csv_of(["a", "b"], ["1", "2"]))) is None

"""The page on the form of the file names each column as the code does."""

import pytest
from flask import Flask

from app import HOUSE
from app.exchange.plan_file.columns import COLUMNS, NEEDED
from app.exchange.plan_file.headings import list_unread, match_columns
from tests.support.sheets import csv_of, read

ROWS = [
    line.split("|") for line in (HOUSE / "docs" / "plan-file.md").read_text().splitlines() if line.count(" |") == 5
][1:]


def test_the_table_of_the_page_is_that_of_the_code() -> None:
    assert [(row[1].strip(), row[2].strip(), row[5].strip()) for row in ROWS] == [
        (column.fr, column.en, "yes" if column.key in NEEDED else "") for column in COLUMNS
    ]


def test_no_two_columns_share_a_name() -> None:
    names = [(name, column) for column in COLUMNS for name in (column.fr, column.en, *column.others)]
    others = [(name, column.key) for name, column in names if match_columns(["Jalon", name.upper()]).get(1) != column]
    assert [key for _name, key in others if key != "milestone.title"] == []


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("CdP", "action.community"),
        ("Budget total", "action.budget"),
        ("Coût estimé ($)", "action.budget"),
        ("% réalisé", "action.progress"),
        ("RÉALISÉ LE", "milestone.reached_on"),
        ("Réalisé", "action.state"),
        ("Statut de l'action", "action.state"),
        ("État d'avancement", "action.state"),
        ("Organisme(s) porteur(s)", "action.lead"),
        ("Porteur", "action.lead"),
        ("Resp.", "action.lead"),
        ("Partenaires impliqués", "action.partners"),
        ("Fin prévue", "action.ends_on"),
        ("Date de début (prévue)", "action.starts_on"),
        ("Axes", "orientation.title"),
        ("Grandes orientations", "orientation.title"),
        ("Objectifs spécifiques", "objective.title"),
        ("Activités", "action.title"),
        ("Actions à réaliser", "action.title"),
        ("Action (description)", "action.title"),
        ("Objectif stratégique", "objective.title"),
        ("Moyens d'action", "action.title"),
        ("Municipalité(s)", "action.territories"),
        ("Goal", "orientation.title"),
        ("Lead organization", "action.lead"),
        ("Status", "action.state"),
        ("Estimated cost", "action.budget"),
        ("Indicateurs de résultats", "indicator.name"),
        ("Notes de Julie", ""),
        ("Commentaires", ""),
    ],
)
def test_a_heading_is_known_by_its_meaning(heading: str, key: str) -> None:
    found = match_columns([heading])
    assert (found[0].key if found else "") == key


def test_a_due_date_is_that_of_the_action_where_there_are_no_milestones() -> None:
    assert match_columns(["Action", "Échéance"])[1].key == "action.ends_on"
    assert match_columns(["Action", "Jalon", "Échéance"])[2].key == "milestone.due_on"


def test_of_two_headings_that_say_one_thing_the_nearer_is_read_and_the_other_says_which() -> None:
    headings = ["Coût prévu", "Budget", "Action", "Notes"]
    columns = match_columns(headings)
    assert {place: column.key for place, column in columns.items()} == {1: "action.budget", 2: "action.title"}
    assert [(one.title, one.like) for one in list_unread(headings, columns, {})] == [
        ("Coût prévu", "Budget"),
        ("Notes", ""),
    ]


def test_what_a_person_chose_comes_before_what_a_heading_says() -> None:
    chosen = {"note": "action.body", "budget": ""}
    columns = match_columns(["Budget", "Notes"], chosen)
    assert {place: column.key for place, column in columns.items()} == {1: "action.body"}


def test_a_plan_without_objectives_has_its_orientations_for_them(app: Flask) -> None:
    file = read(csv_of(["Axe", "Activité"], ["Bien manger", "Une tournée"], ["", "Un jardin"]))
    [orientation] = file.outline.orientations
    [objective] = orientation.objectives
    assert (orientation.title, objective.title) == ("Bien manger", "Bien manger")
    assert [action.title for action in objective.actions] == ["Une tournée", "Un jardin"] and not file.refusals

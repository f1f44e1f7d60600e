"""A plan comes in from a spreadsheet as a person makes it, or each cell that can't be taken is refused in words."""

from datetime import date, datetime

import pytest
from flask import Flask

from app.core.errors import Invalid
from app.exchange.plan_file.contents import FileCompletion, FileProgress
from app.exchange.plan_file.xlsx_guard import HAS_ERROR, NO_VALUE
from app.plan.outline import DocumentOutline, FundingOutline, IndicatorOutline
from tests.support.make import Make
from tests.support.sheets import HEAD, PLACE, action_read, csv_of, read, read_rows, refused, xlsx_of

pytestmark = pytest.mark.usefixtures("app")


def test_a_workbook_with_merged_cells_a_title_empty_lines_and_a_column_more_comes_in() -> None:
    file = read(
        xlsx_of(
            ["Plan d'action 2026-2029"],
            [],
            [*HEAD, "Responsable", "Jalon", "Échéance", "Franchi le", "Preuve", "Notes de Julie"],
            ["Bien manger", "Rapprocher", "Une tournée", "Table de concertation", "Le camion", date(2027, 6, 30)],
            [None, None, None, None, "La liste", "30/06/2027", datetime(2026, 5, 1, 8), "Elle existe"],
            [],
            [None, None, "Une cuisine", None, "Un local", "30 juin 2027", None, None, "à voir"],
            [None, None, None, None, "Des bras", "juin 2027"],
            merged=["A4:A8", "B4:B8", "C4:C5", "D4:D5", "I7:I8"],
            before="Mode d'emploi",
        ),
        "Plan.XLSX",
    )
    assert not file.refusals and [one.title for one in file.unread] == ["Notes de Julie"] and file.sheet == "Plan"
    [orientation], [objective] = file.outline.orientations, file.outline.orientations[0].objectives
    assert (orientation.title, objective.title, file.outline.title) == (
        "Bien manger",
        "Rapprocher",
        "Plan d'action intégré",
    )
    first, second = objective.actions
    assert (first.lead, second.lead, second.title) == ("Table de concertation", "", "Une cuisine")
    assert [(one.title, one.due_on) for one in first.milestones + second.milestones] == [
        (title, "2027-06-30") for title in ("Le camion", "La liste", "Un local", "Des bras")
    ]
    assert file.progress == [
        FileProgress(4, completions=[None, FileCompletion("2026-05-01", "Elle existe")]),
        FileProgress(7, completions=[None, None]),
    ]


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "cp1252"), (",", "utf-8"), ("\t", "utf-16"), (";", "utf-8-sig")]
)
def test_a_csv_comes_in_whatever_its_separator_and_its_alphabet(separator: str, encoding: str) -> None:
    file = read(
        csv_of(
            ["OBJECTIFS", "orientation", "Action", "Echeance"],
            ["Être là; toujours, ici", "L’œuvre", "=1+1", ""],
            separator=separator,
            encoding=encoding,
        )
    )
    [objective] = file.outline.orientations[0].objectives
    assert (file.outline.orientations[0].title, objective.title) == ("L’œuvre", "Être là; toujours, ici")
    assert objective.actions[0].title == "=1+1" and not file.refusals and not file.unread


def test_everything_that_is_said_of_an_action_is_read_in_both_languages() -> None:
    head = [
        "Code",
        "Poids",
        "Partenaires",
        "Communauté",
        "Other communities",
        "Territoires",
        "Issues",
        "Start",
        "Fin",
        "Budget",
        "Description",
        "Financement",
        "Funding source",
        "Montant",
        "Première année",
        "Indicator",
        "Unité",
        "Départ",
        "Cible",
        "Document",
        "Lien",
    ]
    action = action_read(
        head,
        [
            "A-1",
            "3",
            'Moisson; "Centre; action"\nMoisson',
            "securite-alimentaire",
            "Transport collectif",
            "Beauharnois (70022); 68015",
            "Education",
            "2026",
            "mars 2028",
            "48 000 $",
            "Un **mot**.\nDeux.",
            "Centraide : 12 000 $ (2026-2028); Ville: 500 (2027)",
            "MAPAQ",
            "30 000,00",
            "2027",
            "Ménages",
            "ménages",
            "-1,5",
            "40",
            "Le rapport",
            "HTTPS://exemple.test/a",
        ],
        [
            "A-1",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "MAPAQ",
            "30 000",
            "2027",
            "Repas",
            "",
            "",
            "1200",
            "https://exemple.test/b",
            "",
        ],
    )
    assert (action.code, action.weight, action.budget, action.body) == ("A-1", 3, 48_000, "Un **mot**.\nDeux.")
    assert (action.partners, action.community, action.communities) == (
        ["Moisson", "Centre; action"],
        "securite-alimentaire",
        ["transport-collectif"],
    )
    assert (action.territories, action.issues) == (["70022", "68015"], ["education"])
    assert (action.starts_on, action.ends_on) == ("2026-01-01", "2028-03-31")
    assert action.funding == [
        FundingOutline("Centraide", 12_000, 2026, 2028),
        FundingOutline("Ville", 500, 2027, 2027),
        FundingOutline("MAPAQ", 30_000, 2027, 2027),
    ]
    assert action.indicators == [
        IndicatorOutline("Ménages", unit="ménages", baseline=-1.5, target=40.0),
        IndicatorOutline("Repas", target=1200.0),
    ]
    assert action.documents == [
        DocumentOutline("Le rapport", "https://exemple.test/a"),
        DocumentOutline("https://exemple.test/b", "https://exemple.test/b"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Échéance", "bientôt", "Ce n'est pas une date"),
        ("Échéance", "2300-01-01", "Ce n'est pas une date"),
        ("Échéance", "31/06/2027", "Ce n'est pas une date"),
        ("Échéance", "30 floréal 2027", "Ce n'est pas une date"),
        ("Budget", "beaucoup", "Ce n'est pas un nombre"),
        ("Poids", "0", "Écrivez un nombre entier, de 1 à 100"),
        ("Territoires", "Hemmingford", "Il y a plusieurs « Hemmingford »"),
        ("Territoires", "Paris", "« Paris » n'est pas connu ici"),
        ("Communauté", "cercle", "« cercle » est une communauté privée"),
        ("Enjeux", "Rien", "« Rien » n'est pas connu"),
        ("État", "presque", "Ce n'est pas un état"),
        ("Responsable", "X", "Le nom d'un organisme compte de 2 à"),
        ("Financement", "Centraide : 5 $ (2028-2026)", "Écrivez une année, ou deux"),
        ("Document", "Le rapport", ""),
        ("Lien", "javascript:alert(1)", "Ce n'est pas une adresse"),
        ("Lien", "https://[x", "Ce n'est pas une adresse"),
        ("Avancement", "130", "Écrivez un nombre entier, de 0 à 100"),
        ("Action", "a" * 301, "Ce texte dépasse 300 caractères"),
        ("Description", "a" * 20_001, "Ce texte dépasse 20000"),
    ],
)
def test_a_cell_that_can_not_be_taken_is_named_with_its_line_its_column_and_the_reason(
    make: Make, column: str, value: str, reason: str
) -> None:
    make.community(slug="cercle", name="Cercle", is_private=True)
    cells = {"Action": "Une tournée", "Jalon": "Un jalon"} | {column: value}
    file = read_rows(list(cells), ["Une cuisine", "Un autre jalon", *[""] * (len(cells) - 2)], list(cells.values()))
    [refusal] = file.refusals
    assert refusal.row == 3 and (refusal.message % refusal.values).startswith(reason)
    assert refusal.column == (column if reason else "Lien du document") and refusal.value == (
        value if len(value) < 80 else value[:79] + "…"
    ) * bool(reason)


def test_the_two_hemmingford_are_told_apart_by_their_codes() -> None:
    file = read_rows(["Action", "Territoires"], ["Une tournée", "Hemmingford"])
    assert "68010, 68015" in file.refusals[0].message % file.refusals[0].values
    assert action_read(["Territoires"], ["Hemmingford (68015)"]).territories == ["68015"]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (["Franchi le", "Preuve"], ["2026-05-01", ""], (2, "Preuve", "", "Dites ce qui montre")),
        (["Franchi le", "Preuve"], ["", "Un fait"], (2, "Franchi le", "", "Il y a une preuve")),
        (
            ["Franchi le", "Preuve"],
            ["2099-01-01", "Un fait"],
            (2, "Franchi le", "2099-01-01", "Cette date est à venir"),
        ),
        (["Cible"], ["30"], (2, "Indicateur", "", "Cette ligne en dit quelque chose")),
        (
            ["Montant", "Source de financement", "Première année", "Dernière année"],
            ["5", "Ville", "2027", "2026"],
            (2, "Dernière année", "2026", "Écrivez une année"),
        ),
        (["Montant", "Source de financement"], ["5", "Ville"], (2, "Première année", "", "Il manque une valeur")),
    ],
)
def test_what_does_not_go_together_is_refused(
    head: list[str], row: list[str], expected: tuple[int, str, str, str]
) -> None:
    [found] = refused(read_rows(["Action", "Jalon", *head], ["Une tournée", "Le camion", *row]))
    assert found[:3] == expected[:3] and found[3].startswith(expected[3])


def test_a_line_says_of_what_it_speaks_and_does_not_contradict_the_one_above() -> None:
    head = ["Code de l'orientation", *HEAD, "Code", "Responsable", "Jalon", "État", "Avancement"]
    assert refused(
        read(
            csv_of(
                head,
                ["", "", "", "", "", "", "Un jalon"],
                ["1", "Bien manger", "", "", "", "", ""],
                ["", "", "", "Une tournée", "", "", ""],
                ["", "", "Rapprocher", "Une tournée", "1", "Moisson", ""],
                ["", "", "", "une tournée", "A", "Table"],
                ["1", "Autre titre", "Rapprocher", "Une cuisine", "B", "", "", "réalisée", "40"],
                ["", "", "", "", "C", "", ""],
            )
        )
    ) == [
        (2, "Orientation", "", "De quelle orientation s'agit-il? Cette l"),
        (4, "Objectif", "", "De quel objectif s'agit-il? Cette ligne "),
        (5, "Code", "1", "Ce code est déjà celui d'une autre parti"),
        (7, "Orientation", "Autre titre", "La ligne 3 dit autre chose. Laissez la c"),
        (7, "Avancement", "40", "Une action réalisée l'est en entier : co"),
        (8, "Action", "", "Il manque le titre."),
    ]
    assert [
        row[:3]
        for row in refused(
            read(csv_of([*HEAD, "Responsable"], [*PLACE, "Une tournée", "Moisson"], ["", "", "Une tournée", "Table"]))
        )
    ] == [(3, "Responsable", "Table")]


def test_a_formula_comes_in_by_its_value_and_without_one_it_is_refused() -> None:
    file = read(
        xlsx_of(
            [*HEAD, "Budget", "Montant", "Notes"],
            [*PLACE, "Une tournée", "=40+8", "#N/A", "=1"],
            [*PLACE, "Une tournée"],
            merged=["D2:D3"],
        ),
        "plan.xlsx",
    )
    assert [(one.row, one.column, one.message) for one in file.refusals] == [
        (2, "Budget", NO_VALUE),
        (2, "Montant", HAS_ERROR),
    ]


def test_codes_are_texts_and_numbers_of_a_workbook_are_not_turned_into_others() -> None:
    file = read(
        xlsx_of(
            [*HEAD, "Code", "Avancement", "Jalon"],
            [*PLACE, 2027, 1.2, 0.35],
            [None, None, "Une autre", date(2026, 2, 1)],
            [None, None, datetime(2026, 2, 1, 8), "z"],
        ),
        "p.xlsx",
    )
    assert next(iter(file.outline.actions())).code == "1.2" and file.progress[0].progress == 35
    assert [one.title for one in file.outline.actions()] == ["2027", "Une autre", "2026-02-01"]
    assert refused(file) == [(3, "Code", "2026-02-01", "Le tableur a fait une date de ce code : ")]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (csv_of(HEAD), "plan.csv"),
        (csv_of(HEAD, [*PLACE, "x"]), "plan.ods"),
        (csv_of(["Un", "Deux"], ["a", "b"]), "plan.csv"),
        (b"\x81\x8d\xff", "plan.csv"),
        (b"a\x00b", "plan.csv"),
        (b"PK\x03\x04", "plan.xlsx"),
        (csv_of(HEAD, *[[*PLACE, "x"]] * 3_001), "plan.csv"),
        (csv_of(HEAD, ["x" * 140_000]), "plan.csv"),
        (b"x" * 900_001, "plan.csv"),
        (b"", "plan.csv"),
        (b"\xff\xfea", "plan.csv"),
    ],
)
def test_what_is_no_plan_is_refused_as_a_whole(app: Flask, data: bytes, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(data, name)
    assert refusal.value.field == "file"


def test_an_orientation_without_action_is_read_beside_those_that_have_some() -> None:
    file = read(
        csv_of(
            HEAD, [*PLACE, "Une tournée"], ["Se loger", "", ""], ["", " ", ""], ["Bouger", "Partager", ""], ["", "", ""]
        )
    )
    assert [[len(objective.actions) for objective in one.objectives] for one in file.outline.orientations] == [
        [1],
        [],
        [0],
    ]

"""Values as people write them: what is taken for sure, and what is a guess, which the preview says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.plan_file import cells, days, figures
from app.exchange.plan_file.cells import CellError, Guessed
from app.plan.outline import ActionOutline, FundingOutline
from app.reference import service as reference
from tests.support.make import Make
from tests.support.sheets import read_rows

pytestmark = pytest.mark.usefixtures("app")
SURE = ""


def read_one(column: str, value: str) -> tuple[ActionOutline, str]:
    """Return the action of one cell, and why it is a guess ("" where it is none); nothing is refused."""
    file = read_rows(["Action", "Jalon", column], ["Une tournée", "Le camion", value])
    assert not file.refusals, file.refusals
    [action] = file.outline.actions()
    assert len(file.guesses) <= 1
    return action, file.guesses[0].message if file.guesses else SURE


@pytest.mark.parametrize(
    ("value", "first", "last", "reason"),
    [
        ("30/06/2027", "2027-06-30", "2027-06-30", SURE),
        ("03/04/2027", "2027-04-03", "2027-04-03", days.DAY_FIRST),
        ("06/30/2027", "2027-06-30", "2027-06-30", days.MONTH_FIRST),
        ("1er juin 2027", "2027-06-01", "2027-06-01", SURE),
        ("June 30, 2027", "2027-06-30", "2027-06-30", SURE),
        ("30 juin", "2026-06-30", "2026-06-30", days.YEAR_OF_THE_PLAN),
        ("47727", "2030-09-01", "2030-09-01", days.OF_A_WORKBOOK),
        ("mars 2027", "2027-03-01", "2027-03-31", days.FIRST_OF_PERIOD),
        ("juin 27", "2027-06-01", "2027-06-30", days.FIRST_OF_PERIOD),
        ("06/2027", "2027-06-01", "2027-06-30", days.FIRST_OF_PERIOD),
        ("2027", "2027-01-01", "2027-12-31", days.FIRST_OF_PERIOD),
        ("T2 2027", "2027-04-01", "2027-06-30", days.FIRST_OF_PERIOD),
        ("30-juin-27", "2027-06-30", "2027-06-30", SURE),
        ("T2-T3 2027", "2027-04-01", "2027-09-30", days.FIRST_OF_PERIOD),
        ("2027-28", "2027-01-01", "2028-12-31", days.FIRST_OF_PERIOD),
        ("été", "2026-06-01", "2026-08-31", days.YEAR_OF_THE_PLAN),
        ("an 2", "2027-04-01", "2028-03-31", days.SINCE_THE_PLAN),
        ("d'ici juin 2027", "2027-06-01", "2027-06-30", days.DAY_ALONE),
        ("30 juin 2027 (AGA)", "2027-06-30", "2027-06-30", days.DAY_ALONE),
        ("2e trimestre 2027", "2027-04-01", "2027-06-30", days.FIRST_OF_PERIOD),
        ("automne 2026", "2026-09-01", "2026-11-30", days.FIRST_OF_PERIOD),
        ("hiver 2026-2027", "2026-12-01", "2027-02-28", days.FIRST_OF_PERIOD),
        ("fin 2027", "2027-09-01", "2027-12-31", days.FIRST_OF_PERIOD),
        ("mi-mars 2027", "2027-03-11", "2027-03-20", days.FIRST_OF_PERIOD),
        ("2026-2027", "2026-01-01", "2027-12-31", days.FIRST_OF_PERIOD),
        ("janvier à mars 2027", "2027-01-01", "2027-03-31", days.FIRST_OF_PERIOD),
        ("de mars 2027 à juin 2028", "2027-03-01", "2028-06-30", days.FIRST_OF_PERIOD),
        ("en continu", "2026-04-01", "2029-03-31", days.AS_THE_PLAN),
        ("à déterminer", "", "", cells.NOTHING_YET),
    ],
)
def test_a_day_is_read_as_people_write_it(value: str, first: str, last: str, reason: str) -> None:
    began, said = read_one("Début", value)
    ended, _said = read_one("Fin", value)
    assert (began.starts_on, ended.ends_on, said) == (first, last, reason)


@pytest.mark.parametrize(
    ("value", "budget", "reason"),
    [
        ("48 000 $", 48_000, SURE),
        ("3\u202f200,50\xa0$", 3_201, figures.ROUNDED),
        ("48 k$", 48_000, SURE),
        ("1,5 M$", 1_500_000, SURE),
        ("environ 5000 $", 5_000, figures.ABOUT),
        ("5 000 $ (estimé)", 5_000, figures.ABOUT),
        ("48,000", 48_000, figures.THOUSANDS),
        ("$48,000.00", 48_000, ""),
        ("48.000,50", 48_001, figures.ROUNDED),
        ("48,000.0", None, ""),
        ("N/A", None, cells.NOTHING_YET),
    ],
)
def test_money_is_read_as_people_write_it(value: str, budget: int | None, reason: str) -> None:
    if value == "48,000.0":
        assert read_rows(["Action", "Budget"], ["Une tournée", value]).refusals
        return
    action, said = read_one("Budget", value)
    assert (action.budget, said) == (budget, reason)


@pytest.mark.parametrize(
    ("value", "state", "is_guess"),
    [
        ("X", "achieved", False),
        ("oui", "achieved", False),
        ("non", "", False),
        ("Not started", "planned", False),
        ("À discuter", "planned", True),
        ("En retard", "underway", True),
        ("En cours (50 %)", "underway", True),
        ("récurrent", "underway", True),
        ("100 %", "achieved", True),
        ("N/A", "", True),
    ],
)
def test_a_state_is_read_as_people_write_it(value: str, state: str, is_guess: bool) -> None:
    file = read_rows(["Action", "Réalisé"], ["Une tournée", value])
    assert not file.refusals and (file.progress[0].state, bool(file.guesses)) == (state, is_guess)


def test_a_percentage_is_read_from_a_part_of_one() -> None:
    for value, is_guess in (("25 %", False), ("25", False), ("0,25", True)):
        file = read_rows(["Action", "% réalisé"], ["Une tournée", value])
        assert not file.refusals and (file.progress[0].progress, bool(file.guesses)) == (25, is_guess)


def test_a_sum_without_years_is_for_those_of_the_plan() -> None:
    for value in ("Centraide : 5 000 $", "Centraide 5 000"):
        action, said = read_one("Financement", value)
        assert action.funding == [FundingOutline("Centraide", 5_000, 2026, 2029)] and said


@pytest.mark.parametrize(
    ("value", "codes", "is_guess"),
    [
        ("Beauharnois, Salaberry-de-Valleyfield", ["70022", "70052"], False),
        ("Beauharnois / Valleyfield", ["70022", "70052"], True),
        ("St-Rémi et Beauharnois", ["68055", "70022"], True),
    ],
)
def test_places_are_parted_where_each_is_known(value: str, codes: list[str], is_guess: bool) -> None:
    action, said = read_one("Territoires", value)
    assert (action.territories, bool(said)) == (codes, is_guess)


def test_the_whole_region_is_its_mrcs() -> None:
    action, said = read_one("Territoires", "Toutes les MRC")
    assert len(action.territories) == 5 and said


def test_organisations_are_parted_where_each_part_looks_like_one(make: Make) -> None:
    reference.get_or_add_organisation("Table de concertation, secteur jeunesse")
    for value, partners, is_guess in (
        ("CCNS, FDE80", ["CCNS", "FDE80"], True),
        ("Table de concertation, secteur jeunesse", ["Table de concertation, secteur jeunesse"], False),
        ("Comité des loisirs, des sports et du plein air", ["Comité des loisirs, des sports et du plein air"], False),
        ('"CCNS, FDE80"', ["CCNS, FDE80"], False),
    ):
        action, said = read_one("Partenaires", value)
        assert (action.partners, bool(said)) == (partners, is_guess)


def test_of_several_leads_the_first_leads_and_the_others_are_partners() -> None:
    file = read_rows(["Action", "Porteur", "Partenaires"], ["Une tournée", "Moisson; CAB", "Ville; CAB"])
    [action] = file.outline.actions()
    assert (action.lead, action.partners) == ("Moisson", ["CAB", "Ville"]) and len(file.guesses) == 1


def test_a_description_in_html_becomes_markdown() -> None:
    action, said = read_one("Description", "<div><p>Un <b>mot</b>.</p><ul><li>Deux</li></ul></div>")
    assert "<" not in action.body and "**mot**" in action.body and not said


def test_hemmingford_is_asked_once_for_the_file() -> None:
    file = read_rows(["Action", "Territoires"], ["Une tournée", "Hemmingford"], ["Un jardin", "Hemmingford"])
    [question] = file.questions
    assert (question.key, question.rows) == ("territory:hemmingford", (2, 3)) and question.rows == (2, 3)
    assert [key for key, _name in question.choices] == ["68010", "68015"]


@given(st.text(max_size=80))
def test_no_text_is_read_by_accident_or_stops_a_reader(text: str) -> None:
    for read in (days.day_parser(days.FIRST), figures.parse_dollars, figures.parse_progress, cells.parse_state):
        try:
            found = read(text)
        except CellError:
            continue
        assert not isinstance(found, Guessed) or found.message


@given(st.dates(min_value=days.date(1990, 1, 1), max_value=days.date(2100, 12, 31)))
def test_a_day_that_is_printed_is_read_as_the_same(day: days.date) -> None:
    month = ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre").split()[
        day.month - 1
    ]
    for text in (day.isoformat(), f"{day.day} {month} {day.year}", f"{day.day:02}/{day.month:02}/{day.year}"):
        found = days.day_parser(days.LAST)(text)
        assert (found.value if isinstance(found, Guessed) else found) == day.isoformat()


@given(st.integers(0, 10**9))
def test_money_that_is_printed_is_read_as_the_same(amount: int) -> None:
    for text in (str(amount), f"{amount:,}".replace(",", " ") + " $", f"{amount},00 $", f"${amount:,}.00"):
        assert figures.parse_dollars(text) == amount

"""What is asked about the file of a plan is answered on the page that shows it, once, and remembered for the next."""

import io
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

from app.core.db import db
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanHeadings, PlanImport
from tests.support.browser import Browser
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import count, last
from tests.support.sheets import HEAD, PLACE, csv_of

ODD = csv_of(
    [*HEAD, "Qui fait quoi", "Porteur", "Couleur"],
    [*PLACE, "Une tournée", "CAB", "Table", "rouge"],
    ["", "", "Une cuisine", "Ville", "", "vert"],
)


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée"))


@pytest.fixture
def chief(plans: MakePlan, sign_in: Any) -> Browser:
    browser: Browser = sign_in(plans.boss)
    return browser


def bring(browser: Browser, data: bytes, name: str = "plan.csv") -> Any:
    """Return the page of a file that was just sent."""
    answer = browser.submit("/plan/import", "main form", file=FileStorage(io.BytesIO(data), name))
    return browser.get(answer.headers["Location"])


def answer(browser: Browser, page: Any, **fields: str) -> Any:
    """Press « Appliquer » with these answers, by the name of their field with _ for -."""
    typed: Any = {name.replace("_", "-"): value for name, value in fields.items()}
    return browser.submit(page, "form[action$=answers]", follow=True, **typed)


def value_of(page: Any, name: str) -> str:
    """Return what is chosen in a field of the page."""
    return str(page.soup.select_one(f"[name='{name}'] [selected]")["value"])


def test_a_column_that_is_not_read_says_why_and_is_read_as_one_chooses(chief: Browser, plan: Plan) -> None:
    shown = bring(chief, ODD)
    assert "Lire « Couleur » comme Ce titre n’est pas connu" in shown.words
    done = answer(chief, shown, column_qui_fait_quoi="action.partners", column_couleur="")
    assert "Le fichier est relu avec vos réponses" in done.words and "CAB" in done.words
    assert value_of(done, "column-qui-fait-quoi") == "action.partners"
    assert "Rien n’a changé" in answer(chief, done).words


def test_of_two_columns_that_say_one_thing_the_other_may_be_read(chief: Browser, plan: Plan) -> None:
    shown = bring(chief, csv_of([*HEAD, "Responsable", "Porteur"], [*PLACE, "Une cuisine", "CAB", "Table"]))
    assert "Elle dit la même chose que « Responsable », qui est lue" in shown.words and "Table" not in shown.words
    done = answer(chief, shown, column_porteur="action.lead")
    assert "Elle dit la même chose que « Porteur », qui est lue" in done.words
    assert last(PlanImport).answers["headings"] == {"porteur": "action.lead"}


def test_what_was_chosen_is_proposed_for_the_next_file_of_that_plan(chief: Browser, plan: Plan) -> None:
    answer(chief, bring(chief, ODD), column_qui_fait_quoi="action.partners")
    after = bring(chief, ODD)
    assert value_of(after, "column-qui-fait-quoi") == "action.partners" and "Comme la dernière fois" in after.words
    changed = answer(chief, after, column_qui_fait_quoi="")
    assert value_of(changed, "column-qui-fait-quoi") == ""
    assert db.session.query(PlanHeadings).one().headings == {"qui fait quoi": "", "couleur": ""}


def test_answers_without_which_no_plan_is_read_are_refused_and_change_nothing(chief: Browser, plan: Plan) -> None:
    shown = bring(chief, ODD)
    refused = chief.submit(shown, "form[action$=answers]", **{"column-action": ""})
    assert refused.status_code == 422 and "Aucune ligne de titres" in refused.words
    assert value_of(refused, "column-action") == "" and not last(PlanImport).answers["headings"]
    forged = chief.forge(f"/plan/import/{last(PlanImport).id}/answers", **{"column-couleur": "action.id"})
    assert forged.status_code == 422 and count(PlanHeadings) == 0
    folded = bring(chief, csv_of([*HEAD, *(f"Note {n}" for n in range(9))], [*PLACE, "Une cuisine"]))
    assert "9 colonnes ne sont pas lues" in folded.soup.select_one("form details summary").text


def test_a_name_that_two_places_have_is_asked_with_what_tells_them_apart(chief: Browser, plan: Plan) -> None:
    rows = ([*PLACE, "Une tournée", "Hemmingford"], ["", "", "Une cuisine", "Hemmingford"])
    shown = bring(chief, csv_of([*HEAD, "Territoires"], *rows))
    [field] = shown.soup.select("select[name='name-territory:hemmingford']")
    assert [option.text.strip() for option in field.select("option")[1:]] == [
        "Hemmingford (village)",
        "Hemmingford (canton)",
    ]
    assert "2 lignes attendent" in shown.words

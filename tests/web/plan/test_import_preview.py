"""The page of a file shows what was understood of it: each part in its place, what is a guess, what is not read."""

from typing import Any

import pytest

from app.plan.models.structure import Plan
from tests.support.browser import Browser
from tests.support.make_plan import MakePlan, action_of
from tests.support.sheets import HEAD, PLACE, csv_of
from tests.web.plan.test_import_answers import bring

FULL = [*HEAD, "Responsable", "Fin", "Budget", "Territoires"]


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée"))


@pytest.fixture
def chief(plans: MakePlan, sign_in: Any) -> Browser:
    browser: Browser = sign_in(plans.boss)
    return browser


def test_a_new_action_stands_in_its_place_with_what_the_file_says_and_its_guesses(chief: Browser, plan: Plan) -> None:
    row = [*PLACE, "Une cuisine", "Moisson", "mars 2027", "48 000 $", "Hemmingford"]
    page = bring(chief, csv_of(FULL, row, ["Total", "", "", "", "", "48 000"]))
    [part] = [one for one in page.soup.select(".plan-part") if "Une cuisine" in one.text]
    words = " ".join(part.text.split())
    assert "Bien manger › Rapprocher les aliments" in words and "Moisson" in words and "48" in words
    assert "Deviné Fin : « mars 2027 » → 2027-03-31" in words
    assert "1 action comprise · 1 case devinée · 1 case refusée" in page.words
    assert "1 ligne n’est pas lue" in page.words and "Cette ligne est un total" in page.words


def test_two_places_of_one_name_are_told_apart_by_their_kinds(chief: Browser, plan: Plan) -> None:
    page = bring(chief, csv_of([*HEAD, "Territoires"], [*PLACE, "Une cuisine", "Hemmingford"]))
    options = [option.text for option in page.soup.select("[name='name-territory:hemmingford'] option")]
    assert len(options) == 3 and "canton" in "".join(options) and "village" in "".join(options)


def test_many_parts_are_shown_a_page_at_a_time(chief: Browser, plan: Plan) -> None:
    page = bring(chief, csv_of(HEAD, *([*PLACE, f"Une cuisine {n}"] for n in range(60))))
    assert len(page.soup.select(".plan-part")) == 40
    more = chief.get(page.soup.select_one("a[rel=next]")["href"])
    assert "Une cuisine 59" in more.words and len(more.soup.select(".plan-part")) < 40

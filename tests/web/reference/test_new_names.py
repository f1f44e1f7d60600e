"""A name that no organisation has is said before it is made, with near ones; nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core.db import db
from app.plan.queries.plans import get_working_copy
from app.reference import service
from app.reference.models import Organisation
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import count

KNOWN = "Le Grenier partagé"


@pytest.fixture
def known(make: Make) -> int:
    return make.at(make.user("Bea"), organisation_id=service.get_or_add_organisation(KNOWN), shows_organisation=True).id


def choices(page: Any) -> list[list[str]]:
    return [[one.text for one in each.select("option")] for each in page.soup.select("select[name=new_names]")]


def answer(page: Any, nth: int, words: str) -> dict[str, Any]:
    """Return what is sent when this choice is made in the nth list."""
    options = page.soup.select("select[name=new_names]")[nth].select("option")
    return {"new_names": [one["value"] for one in options if words in one.text]}


def test_a_profile_is_asked_once_about_a_new_name_and_may_take_a_near_one(
    known: int, make: Make, sign_in: Callable[..., Browser]
) -> None:
    person = make.user("Ada")
    browser, before = sign_in(person), count(Organisation)
    page = browser.submit("/account/profile", "form.form", organisation="Grenier partage", about="Bonjour")
    assert page.status_code == 422 and count(Organisation) == before
    assert "Bonjour" in page.soup.select_one("[name=about]").text
    [[make_it, take_it]] = choices(page)
    assert "Créer" in make_it and "Grenier partage" in make_it and KNOWN in take_it
    assert browser.submit(page, "form.form", **answer(page, 0, KNOWN)).status_code == 303
    assert count(Organisation) == before and KNOWN in browser.get("/account/profile").text
    page = browser.submit("/account/profile", "form.form", organisation="Le Phare")
    assert browser.submit(page, "form.form").status_code == 303 and count(Organisation) == before + 1
    assert browser.submit("/account/profile", "form.form").status_code == 303


def test_a_name_that_members_keep_to_themselves_is_as_new_as_one_that_is_not_there(
    known: int, make: Make, sign_in: Callable[..., Browser]
) -> None:
    service.get_or_add_organisation("Le Refuge caché")
    db.session.commit()
    browser = sign_in(make.user("Ada"))
    page = browser.submit("/account/profile", "form.form", organisation="Le Refuge caché")
    assert len(choices(page)) == 1
    page = browser.submit("/account/profile", "form.form", organisation="Refuge cachée")
    assert choices(page) == [["Créer « Refuge cachée »".replace("« ", "«\u00a0").replace(" »", "\u00a0»")]]


def test_an_action_of_a_draft_asks_about_each_new_name(known: int, boss: Browser, plans: MakePlan) -> None:
    plan = plans.plan(action_of("Une tournée", lead=KNOWN))
    [action] = plans.actions(plan)
    address, before = f"/plan/{plan.id}/draft/actions/{action.id}/edit", count(Organisation)
    typed = {"lead": "Grenier partage", "partners-0-name": "Le Phare"}
    page = boss.submit(address, "form.form", **typed)
    assert page.status_code == 422 and len(choices(page)) == 2
    both = [*answer(page, 0, KNOWN)["new_names"], *answer(page, 1, "Créer")["new_names"]]
    assert boss.submit(page, "form.form", new_names=both).status_code == 303
    [part] = get_working_copy(db.session.merge(plan)).outline.actions()
    assert (part.lead, part.partners, count(Organisation)) == (KNOWN, ["Le Phare"], before)
    assert boss.submit(address, "form.form").status_code == 303, "what stands in the draft is asked once"
    page = boss.get(f"/plan/{plan.id}/draft/publication")
    assert "1 organisme sera créé" in page.words and "Le Phare" in page.words
    assert page.soup.select_one(f"a[href='{address}']")
    boss.submit(page, "form.form", reason="Un partenaire de plus")
    assert count(Organisation) == before + 1

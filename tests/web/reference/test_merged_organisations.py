"""Two names of one organisation: one answers as the other wherever it is named, and is itself again when asked."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core.db import db
from app.core.errors import Conflict
from app.hubs.queries.organisations import list_carriers
from app.reference import near_names, service
from app.reference.former_names import find_organisation
from app.reference.models import Organisation
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again

OLD, NEW, THIRD = "La Tablé", "La Tablée", "La Tablée du Suroît"


def named(name: str) -> Organisation:
    return db.session.get_one(Organisation, service.get_or_add_organisation(name))


@pytest.fixture
def carriers(plans: MakePlan) -> None:
    plans.plan(
        action_of("Menée par une seule", lead=OLD, partners=[NEW, "Le CAB"]),
        action_of("Appuyée par les deux", lead="Le CAB", partners=[OLD, NEW]),
    )


def merge(boss: Browser, name: str, into: str) -> Browser:
    return boss.submit(f"/reference/organisations/{named(name).id}/merge", "form.form", into=into, follow=True)


def read_carriers() -> dict[str, tuple[int, int]]:
    return {one.name: (one.as_lead, one.as_partner) for one in list_carriers()}


def test_a_merged_organisation_leads_on_and_its_actions_answer_under_the_other(
    boss: Browser, visitor: Browser, carriers: None
) -> None:
    old, new = named(OLD).id, named(NEW).id
    before = read_carriers()
    page = merge(boss, OLD, NEW.lower())
    assert "est fusionné avec" in page.words and "est devenu" in page.words
    assert visitor.get(f"/organisations/{old}").headers["Location"].endswith(f"/organisations/{new}")
    shown = visitor.get(f"/organisations/{new}").words
    assert "Menée par une seule" in shown and "Appuyée par les deux" in shown and OLD + " " not in shown
    assert read_carriers() == {"Le CAB": (1, 1), NEW: (1, 2)}
    assert f"{OLD} " not in f"{visitor.get('/plan').words} "
    assert find_organisation(OLD).id == new and near_names.list_new_organisations([OLD]) == []
    boss.submit(page, "form[action$='parting']", follow=True)
    assert read_carriers() == before and find_organisation(OLD).id == old
    assert visitor.get(f"/organisations/{old}").status_code == 200


def test_members_are_found_and_shown_under_the_other_and_keep_what_they_named(
    boss: Browser, visitor: Browser, make: Make, sign_in: Callable[..., Browser]
) -> None:
    old, new = named(OLD), named(NEW)
    person = make.at(make.user("Ada"), organisation_id=old.id, shows_organisation=True, shows_in_search=True)
    make.at(make.user("Bea"), organisation_id=new.id, shows_organisation=True)
    service.rename(make.actor(make.user(role="coordinator")), new, "Le Grenier")
    merge(boss, OLD, "Le Grenier")
    assert "Le Grenier" in visitor.get(f"/members/{person.id}").words
    browser = sign_in(person)
    assert browser.submit("/account/profile", "form.form").status_code == 303
    assert again(person).organisation_id == old.id
    boss.submit("/reference/organisations", f"form[action='/reference/organisations/{old.id}/parting']")
    assert OLD in visitor.get(f"/members/{person.id}").words


def test_a_chain_of_merges_is_undone_one_by_one(coordinator: Any) -> None:
    first, second, third = (named(name) for name in (OLD, NEW, THIRD))
    service.merge_organisation(coordinator, first, second)
    service.merge_organisation(coordinator, second, third)
    assert {find_organisation(name).id for name in (OLD, NEW)} == {third.id}
    service.part_organisation(coordinator, again(second))
    assert {find_organisation(name).id for name in (OLD, NEW)} == {second.id}
    service.part_organisation(coordinator, again(first))
    assert find_organisation(OLD).id == first.id


def test_one_that_was_merged_is_neither_chosen_nor_changed_nor_merged_again(coordinator: Any) -> None:
    first, second, third = (named(name) for name in (OLD, NEW, THIRD))
    service.merge_organisation(coordinator, first, second)
    for act in (
        lambda: service.rename(coordinator, again(first), "Autre"),
        lambda: service.archive(coordinator, again(first)),
        lambda: service.merge_organisation(coordinator, again(first), third),
        lambda: service.merge_organisation(coordinator, third, again(first)),
        lambda: service.merge_organisation(coordinator, second, again(first)),
        lambda: service.merge_organisation(coordinator, third, third),
    ):
        with pytest.raises(Conflict):
            act()
    assert OLD not in near_names.find_near("La Tabléé du village", 9)


def test_the_lists_show_what_may_be_one(boss: Browser, make: Make) -> None:
    for name in (OLD, NEW, "Le Grenier"):
        named(name)
    page = boss.get("/reference/organisations")
    [line] = page.soup.select("[aria-labelledby=doubles-title] li")
    assert OLD in line.text and NEW in line.text
    page = boss.get(line.select("a")[0]["href"])
    assert page.soup.select_one("[name=into]")["value"] == OLD
    assert boss.submit(page, "form.form", into="Inconnue").status_code == 422
    assert boss.submit(page, "form.form", follow=True).status_code == 200
    assert not boss.get("/reference/organisations").soup.select("#doubles-title")
    make.idea(tags=[db.session.get_one(service.Tag, n) for n in service.get_or_add_tags(["vélos", "vélo", "eau"])])
    assert "« vélo »" in boss.get("/reference/tags").soup.select_one("[aria-labelledby=doubles-title]").text.replace(
        "\u00a0", " "
    )

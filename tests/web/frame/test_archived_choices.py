"""What was put in the archives is chosen by nobody any more, and stays where it stands already."""

from typing import Any

import pytest
from sqlalchemy import update

from app.communities.models import Community
from app.core import clock, versions
from app.core.db import db
from app.core.unit import unit
from app.reference.models import Issue, Organisation, Territory
from tests.support.accounts import register

HERE = "securite-alimentaire"
pytestmark = pytest.mark.one_engine


@pytest.fixture
def organisation(make: Any) -> Organisation:
    return make.add(Organisation(name="Maison Goéland", sort_key="maison goeland"))


def archive(model: Any, *where: Any) -> None:
    with unit():
        db.session.execute(update(model).where(*where).values(archived_at=clock.now()))
        versions.touch("reference")


def test_nobody_registers_under_an_archived_organisation(organisation: Any, visitor: Any, sql: Any) -> None:
    archive(Organisation)
    page = register(visitor, organisation="maison goeland")
    assert page.status_code == 422 and "n’est plus offert" in page.soup.select_one("#organisation-error").get_text()
    assert page.soup.select_one("#organisation")["value"] == "maison goeland" and not sql("SELECT id FROM users")


def test_a_profile_keeps_its_archived_organisation_and_takes_no_other(
    make: Any, sign_in: Any, organisation: Any, sql: Any
) -> None:
    other = make.add(Organisation(name="Entraide du Lac", sort_key="entraide du lac"))
    browser = sign_in(make.user(organisation_id=organisation.id))
    ids = organisation.id, other.id
    archive(Organisation)
    assert browser.submit("/account/profile", "main form", about="Un mot.").status_code == 303
    page = browser.submit("/account/profile", "main form", about="Un autre.", organisation="Entraide du Lac")
    assert page.status_code == 422 and "n’est plus offert" in page.soup.select_one("#organisation-error").get_text()
    assert page.soup.select_one("#about").get_text().strip() == "Un autre."
    assert sql("SELECT about, organisation_id FROM users") == [("Un mot.", ids[0])]


def test_what_an_idea_holds_is_named_as_archived_and_nobody_else_is_offered_it(make: Any, sign_in: Any) -> None:
    author = make.user()
    idea = make.idea(author, HERE, issues=["education"], territories=["70052"], communities=["transport-collectif"])
    archive(Issue, Issue.slug == "education")
    archive(Territory, Territory.code == "70052")
    archive(Community, Community.slug == "transport-collectif")
    browser = sign_in(author)
    labels = [
        box.find_parent("label").get_text(strip=True)
        for box in browser.get(f"/ideas/{idea.id}/edit").soup.select("input[checked]")
        if box["type"] == "checkbox"
    ]
    assert labels == [
        f"{name} (aux archives)" for name in ("Transport collectif", "Éducation", "Salaberry-de-Valleyfield")
    ]
    assert not {"Transport collectif", "Éducation", "Salaberry-de-Valleyfield"} & {
        label.get_text(strip=True).removesuffix(" (aux archives)")
        for label in browser.get("/ideas/new").soup.select("label.check")
    }


def test_a_draft_is_not_published_in_a_community_that_was_archived_meanwhile(make: Any, sign_in: Any, sql: Any) -> None:
    author = make.user()
    draft = make.idea(author, HERE, "draft", title="Un titre assez long pour passer")
    archive(Community, Community.slug == HERE)
    browser = sign_in(author)
    page = browser.submit(f"/ideas/{draft.id}/edit", "main form", button="publish", body="Encore un mot.")
    assert page.status_code == 422 and "archivée" in page.soup.select_one("#community-error").get_text()
    assert "Encore un mot." in page.soup.select_one("#body").get_text() and sql("SELECT status FROM ideas") == [
        ("draft",)
    ]
    assert (
        browser.submit(
            page, "main form", button="publish", community=str(make.room("transport-collectif").id)
        ).status_code
        == 303
    )

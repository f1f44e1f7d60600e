"""What the form of an idea offers: the tags that exist, and each community once."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.ideas.models import Idea, IdeaCommunity, IdeaTerritory
from app.reference.models import Tag, Territory
from app.reference.queries import get_catalogue
from tests.support import tables
from tests.support.make import Make
from tests.support.rows import last
from tests.support.world import ELSEWHERE, HERE

pytestmark = pytest.mark.one_engine


def _tag(make: Make, name: str) -> Tag:
    return make.add(Tag(slug=name, name=name, sort_key=name))


def test_tags_that_readers_meet_are_suggested_and_no_other(make: Make, sign_in: Any) -> None:
    member = make.user()
    make.idea(community=HERE, tags=[_tag(make, "jardin")])
    make.idea(community=HERE, status="pending", suspect="first", tags=[_tag(make, "attente")])
    make.idea(member, community=HERE, status="draft", tags=[_tag(make, "brouillon")])
    page = sign_in(member).get("/ideas/new").soup
    field = page.select_one("#tags")
    assert [option["value"] for option in page.select(f"datalist#{field['list']} option")] == ["brouillon", "jardin"]
    assert "Déjà en usage : jardin." in page.select_one(f"#{field['aria-describedby'].split()[0]}").get_text().replace(
        "\u00a0", " "
    )


def test_the_community_that_leads_is_not_offered_again(make: Make, sign_in: Any) -> None:
    member, lead = make.user(), str(make.room(HERE).id)
    draft, shown = make.idea(member, HERE, "draft"), make.idea(member, HERE)
    browser = sign_in(member)
    for idea in (draft, shown):
        boxes = browser.get(f"/ideas/{idea.id}/edit").soup.select("[name=communities]")
        offered = [box["value"] for box in boxes if not box.find_parent("label").has_attr("hidden")]
        assert offered and lead not in offered
    browser.submit(
        f"/ideas/{draft.id}/edit",
        "form[data-autosave-url]",
        button="save",
        communities=[lead, str(make.room(ELSEWHERE).id)],
    )
    assert {row.community_id for row in db.session.query(IdeaCommunity) if row.idea_id == draft.id} == {
        make.room(ELSEWHERE).id
    }
    assert db.session.get(type(draft), draft.id).community_id == int(lead)


def test_an_address_chooses_the_kind_and_the_place(make: Make, sign_in: Any) -> None:
    browser = sign_in(make.user())
    page = browser.get("/ideas/new?kind=need&territory=70052")
    place = get_catalogue().place_at("70052")
    assert _ticked(page) == ["need", str(place.id)]
    assert page.soup.select_one(f"#place-{place.id}").find_parent("details", class_="more").has_attr("open")
    fields = {"title": "Un besoin dit d'ici", "body": "Un texte.", "community": str(make.room(HERE).id)}
    browser.submit(page, "main form.form", button="publish", **fields)
    idea = last(Idea)
    assert idea.kind == "need" and [row.territory_id for row in db.session.query(IdeaTerritory)] == [place.id]
    before = tables.photo()
    browser.submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish")
    assert not tables.changed_tables(before, tables.photo()) & {"ideas", "revisions", "idea_territories"}


@pytest.mark.parametrize(
    "query", ["kind=thing", "territory=1", "territory=70052&territory=70052", "kind=need&kind=idea"]
)
def test_an_address_that_no_page_makes_is_refused(make: Make, sign_in: Any, query: str) -> None:
    assert sign_in(make.user()).get(f"/ideas/new?{query}").status_code == 400


def test_a_place_that_is_archived_is_not_chosen(make: Make, sign_in: Any) -> None:
    place = db.session.scalars(select(Territory).where(Territory.code == "70052")).one()
    make.at(place, archived_at=clock.now())
    assert _ticked(sign_in(make.user()).get("/ideas/new?kind=need&territory=70052")) == ["need"]


def test_whoever_has_a_draft_keeps_what_the_address_chose(make: Make, sign_in: Any) -> None:
    member = make.user()
    make.idea(member, HERE, "draft")
    browser = sign_in(member)
    page = browser.get(f"/ideas/new?kind=need&territory=70052&community={HERE}")
    other = browser.get(page.soup.find("a", string="Commencer autre chose")["href"])
    assert _ticked(other) == _ticked(page) and not other.soup.select_one("#begun-title")
    assert other.soup.select_one("#community option[selected]")["value"] == str(make.room(HERE).id)


def test_the_page_of_a_place_leads_to_a_form_that_has_it(make: Make, sign_in: Any, visitor: Any) -> None:
    make.idea(territories=["70052"])
    page = sign_in(make.user()).get("/territories/70052").soup
    assert page.select_one("main .acts a[href^='/ideas/new']")["href"] == "/ideas/new?kind=need&territory=70052"
    way = visitor.get("/ideas/new?kind=need&territory=70052")
    assert way.status_code == 303 and "territory" in way.headers["Location"]


def _ticked(page: Any) -> list[str]:
    """Return the kind and the territories that a form has chosen."""
    return [box["value"] for box in page.soup.select("[name=kind][checked], [name=territories][checked]")]

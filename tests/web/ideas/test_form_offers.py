"""What the form of an idea offers: the tags that exist, and each community once."""

from typing import Any

import pytest

from app.core.db import db
from app.ideas.models import IdeaCommunity
from app.reference.models import Tag
from tests.support.make import Make
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

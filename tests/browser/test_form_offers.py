"""In the form of an idea, what leads is out of the way of the other boxes, and tags are suggested one after the other."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from app.reference.models import Tag
from tests.support.world import ELSEWHERE, HERE

Open = Callable[..., Page]


def test_the_box_of_the_community_that_is_chosen_is_out_of_the_way(page_for: Open, make: Any) -> None:
    lead, other = (str(make.room(slug).id) for slug in (HERE, ELSEWHERE))
    page = page_for(make.user(), width=360)
    page.goto("/ideas/new")
    page.locator("details.more > summary").first.click()
    boxes = {number: page.locator(f"#communities label:has([value='{number}'])") for number in (lead, other)}
    boxes[lead].locator("input").check()
    page.select_option("#community", lead)
    expect(boxes[lead]).to_be_hidden()
    expect(boxes[lead].locator("input")).not_to_be_checked()
    page.select_option("#community", other)
    expect(boxes[lead]).to_be_visible()
    expect(boxes[other]).to_be_hidden()


def test_tags_are_suggested_after_a_comma_too(page_for: Open, make: Any) -> None:
    for name in ("jardin", "marche"):
        make.idea(community=HERE, tags=[make.add(Tag(slug=name, name=name, sort_key=name))])
    page = page_for(make.user())
    page.goto("/ideas/new")
    page.locator("details.more > summary").first.click()
    page.locator("#tags").press_sequentially("jardin, m")
    values = page.locator("#known-tags option").evaluate_all("options => options.map((option) => option.value)")
    assert values == ["jardin, marche"]

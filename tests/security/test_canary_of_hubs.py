"""What is not for everybody stands on each axis; no page of a hub, nor any of its numbers, tells that it is there."""

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core import clock
from app.core.db import db
from app.plan.models.links import UpdateLink
from app.plan.models.structure import Action
from app.reference.models import Organisation
from tests.crawl.canaries import ALLOWED
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import HERE, ROLES, SECLUDED, World

PAGES = ("/issues/education", "/territories/70052", "/territories/70", "/tags/velo")
HIDDEN = ("draft", "pending", "hidden", "deleted", "merged", "private")


@pytest.fixture
def pages(make: Make, world: World) -> list[str]:
    """Let each hidden thing touch each page: links and news of hidden ideas, steps of them, a hidden partner."""
    plans = MakePlan(make, world.people["coordinator"])
    writer = world.people["facilitator"]
    for state in HIDDEN:
        plans.link(world.actions["locked"], world.ideas[state])
        news = make.update(writer, SECLUDED if state == "private" else HERE, f"Des travaux canari-lien-{state}")
        make.add(UpdateLink(update_id=news.id, idea_id=world.ideas[state].id, by_id=writer.id))
    news = make.update(writer, HERE, "Des travaux canari-lien-action")
    make.add(UpdateLink(update_id=news.id, action_id=world.actions["hidden"].id, by_id=writer.id))
    return [*PAGES, f"/organisations/{world.organisations['carrying'].id}"]


def head(page: Any) -> str:
    return " ".join(page.soup.select_one(".hub-sum").get_text(" ").split())


def test_a_hub_is_the_same_for_everybody_and_tells_of_nothing_hidden(
    world: World, people: dict[str, Browser], pages: list[str]
) -> None:
    public = {path: head(people["anyone"].get(path)) for path in pages}
    for role in ROLES:
        for path in pages:
            page = people[role].get(path)
            assert head(page) == public[path], (role, path)
            text = page.soup.main.get_text(" ")
            told = [
                word
                for word, readers in ALLOWED.items()
                if len(readers) < len(ROLES) and re.search(rf"{word}(?![\w-])", text)
            ]
            assert not told and "canari-lien" not in text, (role, path, told)


def test_the_numbers_of_a_hub_are_what_the_lists_of_the_public_hold(
    world: World, people: dict[str, Browser], pages: list[str]
) -> None:
    for path in PAGES:
        page = people["anyone"].get(path)
        for link in page.soup.select(".hub-sum a"):
            number = int(re.sub(r"\D", "", (link.b or link.find_next_sibling("b")).text))
            listed = people["anyone"].get(link["href"])
            assert (
                len(listed.soup.select(".deed" if link["href"].startswith("/plan") else "#results .rows > *")) == number
            ), link["href"]
    carried = people["anyone"].get(pages[-1])
    assert carried.soup.select_one(".hub-count b").text == "1" and len(carried.soup.select(".hub-actions > li")) == 1


def test_an_organisation_that_nothing_in_sight_names_is_as_one_that_never_was(
    make: Make, world: World, people: dict[str, Browser]
) -> None:
    make.at(db.session.get_one(Action, world.actions["visible"].id), hidden_at=clock.now())
    make.add(Organisation(name="canari-organisme", sort_key="canari-organisme"))
    for number in (row.id for row in db.session.query(Organisation).all()):
        assert {people[role].get(f"/organisations/{number}").status_code for role in ROLES} == {404}


def test_a_workbook_holds_no_word_that_is_not_for_its_reader(world: World, people: dict[str, Browser]) -> None:
    for role in ("facilitator", "coordinator", "neighbour"):
        for query in ("", f"?community={SECLUDED}", "?tag=velo"):
            answer = people[role].get(f"/ideas.xlsx{query}")
            if answer.status_code == 400 and role != "coordinator":
                continue
            sheet = load_workbook(io.BytesIO(answer.data)).active
            text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
            wrong = [
                word
                for word, readers in ALLOWED.items()
                if role not in readers and re.search(rf"{word}(?![\w-])", text)
            ]
            is_inside = SECLUDED in query
            assert not wrong and ("canari-idee-published" in text) != is_inside, (role, query, wrong)
            assert ("canari-idee-private" in text) == is_inside

"""The mark of a person or an organisation: a block of the quilt, from a number alone, and none where nobody is behind it."""

import gzip
import re
from collections import Counter

import pytest

from app.core import clock
from app.core.db import db
from app.web.frame import faces
from tests.support import quilt
from tests.support.make import idea_page
from tests.support.world import HERE

USED = re.compile(r"quilt\.[0-9a-f]{12}\.svg#b(\d+)$")


def blocks(page, selector=".face"):
    return [int(USED.search(use["href"])[1]) for use in page.soup.select(f"{selector} use")]


@pytest.mark.one_engine
def test_the_sprite_is_what_its_formula_draws_in_a_thousand_bytes():
    drawn = quilt.FILE.read_text()
    assert drawn == quilt.draw(), "write it again: python -m tests.support.quilt"
    paths = re.findall(r'<path id="b(\d+)" d="([^"]+)"/>', drawn)
    assert [int(number) for number, _path in paths] == list(range(faces.BLOCKS))
    assert len({path for _number, path in paths}) == faces.BLOCKS
    assert len(gzip.compress(drawn.encode(), 9)) <= 1_000


@pytest.mark.one_engine
def test_each_block_stands_for_about_as_many_numbers():
    counts = Counter(map(faces.find_block, range(1, 6_401)))
    assert len(counts) == faces.BLOCKS and max(counts.values()) < 2 * min(counts.values())


def test_two_people_of_one_name_have_each_their_own_mark_and_keep_it_under_another_name(make, visitor):
    people = [make.user("Maude Mésange") for _ in range(4)]
    found = [blocks(visitor.get(f"/members/{person.id}"), ".main .face") for person in people]
    assert found == [[faces.find_block(person.id)] for person in people] and len({*map(tuple, found)}) > 1
    people[0].name = "Odile Outarde"
    db.session.commit()
    assert blocks(visitor.get(f"/members/{people[0].id}"), ".main .face") == found[0]


def test_who_writes_and_who_answers_are_marked_and_who_left_is_not(make, visitor):
    writer, former = make.user("Maude Mésange"), make.user("Simon Sittelle")
    idea = make.idea(writer, HERE)
    make.comment(idea, writer, "Mes mots")
    make.comment(idea, former, "Ses mots")
    page = visitor.get(idea_page(idea))
    assert blocks(page, ".byline .face") == [faces.find_block(writer.id)]
    assert blocks(page, ".comment .face") == [faces.find_block(number) for number in (writer.id, former.id)]
    former.closed_at = clock.now()
    db.session.commit()
    assert blocks(visitor.get(idea_page(idea)), ".comment .face") == [faces.find_block(writer.id)]


def test_a_mark_is_hidden_from_who_hears_the_page_and_shows_no_number(make, visitor):
    idea = make.idea(make.user("Maude Mésange"), HERE)
    mark = visitor.get(idea_page(idea)).soup.select_one(".byline .face")
    assert mark["aria-hidden"] == "true" and mark.get_text(strip=True) == ""
    assert {use.name for use in mark.find_all(True)} == {"use"}


def test_administrators_see_a_mark_beside_each_open_account(make, sign_in):
    open_one, former = make.user("Maude Mésange"), make.user("Simon Sittelle", closed_at=clock.now())
    browser = sign_in(make.user(role="admin"))
    assert blocks(browser.get("/people?q=Maude"), "main .people .face") == [faces.find_block(open_one.id)]
    page = browser.get("/people?q=Simon&state=closed")
    assert page.soup.select_one(f"#row-{former.id}") and blocks(page, "main .people .face") == []

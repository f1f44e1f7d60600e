"""The issues that a community covers: said by the coordination, named on both pages and in the journal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.communities import queries, service
from app.communities.models import CommunityIssue
from app.core.db import db
from app.core.errors import Forbidden
from app.journal.models import Entry
from app.reference.entries import EntryWords
from app.reference.queries import get_catalogue
from tests.support import databases
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.migrated_databases import on
from tests.support.migration_cases import upgrade
from tests.support.rows import count, every, last

FOOD = "securite-alimentaire"
PAGE = f"/communities/{FOOD}"
HEALTH, TRANSPORT = "sante-et-securite-alimentaire", "transport"


def number(slug: str) -> str:
    issue = get_catalogue().issue_at(slug)
    assert issue
    return str(issue.id)


def named(browser: Browser, path: str) -> set[str]:
    return {str(a["href"]) for a in browser.get(path).soup.select("main .covers a")}


def test_the_fifth_element_covers_three_of_the_seven_issues_from_the_start(visitor: Browser) -> None:
    assert len(named(visitor, "/communities/5e-element")) == 3
    assert named(visitor, PAGE) == {f"/issues/{HEALTH}"}
    assert named(visitor, f"/issues/{HEALTH}") == {PAGE}


def test_the_coordination_says_what_a_community_covers_and_the_journal_names_it(
    boss: Browser, visitor: Browser
) -> None:
    boss.submit(f"{PAGE}/edit", "form.form", issues=[number(HEALTH), number(TRANSPORT)])
    assert named(visitor, PAGE) == {f"/issues/{HEALTH}", f"/issues/{TRANSPORT}"}
    assert PAGE in named(visitor, f"/issues/{TRANSPORT}")
    line = last(Entry)
    assert (line.kind, line.facts) == ("coverage", {"issues": f"{number(HEALTH)} {number(TRANSPORT)}"})
    said = visitor.get("/journal").words
    assert "Enjeux que couvre une communauté (Santé et sécurité alimentaire, Transport)" in said.replace("\xa0", " ")
    boss.submit(f"{PAGE}/edit", "form.form", issues=[])
    assert named(visitor, PAGE) == set() and not visitor.get(f"/issues/{HEALTH}").soup.select(".covers")


def test_a_form_sent_back_unchanged_writes_no_line(boss: Browser) -> None:
    boss.submit(f"{PAGE}/edit", "form.form")
    assert count(Entry) == 0 and len(queries.get_rooms().by_slug[FOOD].issue_ids) == 1


def test_a_new_community_may_cover_issues(boss: Browser) -> None:
    fields = {"name": "Culture et loisirs", "description": "Chanter ensemble.", "issues": [number("education")]}
    boss.submit("/communities/new", "form.form", **fields)
    room = queries.get_rooms().by_slug["culture-et-loisirs"]
    assert room.issue_ids == (int(number("education")),)


def test_nobody_else_says_it(make: Make, people: Any) -> None:
    room = make.room(FOOD)
    for who in ("facilitator", "member", "admin"):
        with pytest.raises(Forbidden):
            service.edit(people[who], room, EntryWords("Nourrir"), colour="food", slug=FOOD, issue_ids=[])
    assert count(CommunityIssue) == 7


def test_an_issue_names_no_private_community(boss: Browser, visitor: Browser) -> None:
    fields = {"name": "Cercle discret", "description": "Entre nous.", "issues": [number(TRANSPORT)], "is_private": "y"}
    boss.submit("/communities/new", "form.form", **fields)
    assert queries.get_rooms().by_slug["cercle-discret"].issue_ids
    assert "/communities/cercle-discret" not in named(visitor, f"/issues/{TRANSPORT}")
    assert "/communities/cercle-discret" not in named(boss, f"/issues/{TRANSPORT}")
    assert all(entry.is_private for entry in every(Entry)), "the line of a private community is its members'"


@pytest.fixture
def former(engine: str, tmp_path: Path) -> Iterator[Flask]:
    """A site of the version before, with two communities and two issues: one of each has another address by now."""
    with on(databases.new(engine, "reflexe_former", tmp_path), tmp_path) as app:
        upgrade(revision="0053")
        rows = [("communities", FOOD), ("communities", "bus"), ("issues", HEALTH), ("issues", TRANSPORT)]
        with db.engine.begin() as connection:
            for table, slug in rows:
                columns, values = "slug, name, description, position", ":slug, :slug, '', 0"
                if table == "communities":
                    columns += ", colour, is_private, wants_review, answer_days, stalled_days"
                    values += ", 'food', false, false, 30, 90"
                connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), {"slug": slug})
        yield app


@pytest.mark.both_engines
def test_a_site_that_is_upgraded_has_what_ships_where_the_addresses_are_the_same(former: Flask) -> None:
    upgrade()
    rooms = queries.get_rooms().by_id.values()
    found = {room.slug: [get_catalogue().issue[number].slug for number in room.issue_ids] for room in rooms}
    assert found == {FOOD: [HEALTH], "bus": []}

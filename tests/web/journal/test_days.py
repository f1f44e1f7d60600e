"""The page of the journal: by day, each line opens on its seal; the feed and the export say what they always said."""

import json
from typing import Any

import pytest

from app.core.db import db
from app.core.unit import unit
from app.journal import queries
from app.journal import service as journal
from app.journal.models import Entry, sealed_fields
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import HERE


def write(kind: str = "hide", **values: Any) -> Entry:
    with unit():
        journal.record(kind, **values)
    return db.session.get_one(Entry, queries.get_last_line()[0])


def plain(text: str) -> str:
    return " ".join(text.split()).replace("’", "'")


def test_lines_stand_under_the_day_of_the_region_on_which_they_were_written(visitor: Browser, clock: Any) -> None:
    for moment in ("2026-03-02T04:59", "2026-03-02T05:01", "2026-03-03T15:00"):
        clock.at(moment)
        write()
    days = visitor.get("/journal").soup.select(".journal-day")
    assert [day.h2.get_text().replace("\xa0", " ") for day in days] == ["3 mars 2026", "2 mars 2026", "1er mars 2026"]
    assert [[line["id"] for line in day.select("ol > li")] for day in days] == [["line-3"], ["line-2"], ["line-1"]]


def test_a_day_that_a_page_cuts_is_headed_again(visitor: Browser, clock: Any) -> None:
    clock.at("2026-03-02T15:00")
    with unit():
        for _n in range(25):
            journal.record("hide")
    page = visitor.get("/journal")
    following = visitor.get(page.soup.select_one("a[rel=next]")["href"])
    assert [day.h2.get_text() for day in page.soup.select(".journal-day")] == [
        day.h2.get_text() for day in following.soup.select(".journal-day")
    ]


def test_a_line_opens_on_its_hash_and_its_seal_and_is_shut_until_then(make: Make, visitor: Browser) -> None:
    line = write(community_id=make.room(HERE).id, on="idea")
    item = visitor.get("/journal").soup.select_one("#line-1")
    assert not item.details.has_attr("open") and line.hash not in item.summary.get_text()
    seals = [code.get_text() for code in item.select("details dd code")]
    assert seals == [line.hash, line.at.isoformat(timespec="microseconds")]
    assert plain(item.summary.get_text()).endswith("ligne 1")


@pytest.mark.parametrize(
    ("kind", "facts", "marks"),
    [
        ("status", {"status": "achieved"}, {"is-sun"}),
        ("status", {"status": "declined"}, {"is-end"}),
        ("status", {"status": "retained"}, set()),
        ("answer", {"status": "retained"}, set()),
        ("hide", {"on": "idea"}, {"is-end"}),
        ("event", {"state": "cancelled"}, {"is-end"}),
        ("action", {"state": "achieved"}, {"is-sun"}),
        ("something_new", {}, set()),
    ],
)
def test_the_mark_of_a_line_says_what_happened(
    make: Make, visitor: Browser, kind: str, facts: dict[str, Any], marks: set[str]
) -> None:
    write(kind, community_id=make.room(HERE).id, **facts)
    item = visitor.get("/journal").soup.select_one("#line-1")
    assert set(item.select_one(".dot")["class"]) == {"dot", *marks}
    assert f"c-{make.room(HERE).colour}" in item["class"] and item.select_one(".dot svg path")


def test_a_step_is_said_alone_where_the_title_of_its_idea_follows(make: Make, visitor: Browser) -> None:
    idea = make.idea(title="Un marché public", community=HERE)
    for facts in ({"idea_id": idea.id}, {}, {"idea_id": idea.id, "by": "author"}):
        write("status", community_id=idea.community_id, status="retained", **facts)
    titles = [plain(one.get_text()) for one in visitor.get("/journal").soup.select(".journal-day .title")]
    assert titles == [
        "Retenue (par la personne qui l'a écrite). Un marché public",
        "Étape d'une contribution : Retenue.",
        "Retenue. Un marché public",
    ]


def test_the_export_and_the_feed_say_what_they_always_said(make: Make, visitor: Browser, clock: Any) -> None:
    clock.at("2026-03-02T15:00")
    idea = make.idea(title="Un marché public", community=HERE)
    line = write(
        "status", reason="Le conseil l'étudie.", community_id=idea.community_id, idea_id=idea.id, status="under_review"
    )
    seals = {"digest": line.digest, "previous": line.previous, "hash": line.hash}
    assert visitor.get("/journal.jsonl").text == json.dumps(sealed_fields(line) | seals, ensure_ascii=False) + "\n"
    entry = visitor.get("/journal.atom").text.replace("’", "'").replace("\xa0", " ")
    assert "<title>Étape d'une contribution : Mise à l'étude</title>" in entry
    assert "#line-1" in entry and "Ligne 1, Sécurité alimentaire" in entry

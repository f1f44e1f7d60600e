"""The pages of the public journal: what anybody reads there, and what stays sealed."""

import json
import re
from typing import Any

import pytest

from app.communities.models import Membership
from app.core.db import db
from app.core.unit import unit
from app.journal import queries
from app.journal import service as journal
from app.journal.models import Entry
from app.moderation.measures.service import contents as measures
from app.web.frame import words
from app.web.journal.lines import list_months
from tests.support.queries import PUBLIC, cost, costs_alike

HERE = "securite-alimentaire"


def write(kind: str = "hide", **values: Any) -> Entry:
    with unit():
        journal.record(kind, **values)
    return db.session.get_one(Entry, queries.get_last_line()[0])


@pytest.fixture
def secret(make: Any) -> Any:
    """A line of a private community about an idea of its own; return its room."""
    room = make.community(slug="canari-cercle", name="canari-cercle", is_private=True)
    idea = make.idea(community=room, title="Une idée canari-titre")
    write("block", reason="Un motif canari-motif", community_id=room.id, is_private=True, idea_id=idea.id, on="user")
    return room


def test_an_empty_journal_says_so(visitor: Any) -> None:
    page = visitor.get("/journal")
    assert page.status_code == 200 and "Le journal est vide" in page.words
    assert visitor.get("/journal.jsonl").get_data() == b""


def test_a_line_says_what_was_decided_why_where_and_when(make: Any, visitor: Any, clock: Any) -> None:
    clock.at("2026-03-02T15:00")
    idea = make.idea(title="Un marché public", community=HERE)
    line = write(
        "status", reason="Le conseil l'étudie.", community_id=idea.community_id, idea_id=idea.id, status="under_review"
    )
    item = visitor.get("/journal").soup.select_one("#line-1")
    text = " ".join(item.get_text(" ").split())
    for word in (
        "Mise à l'étude.",
        "Un marché public",
        "Le conseil l'étudie.",
        "Sécurité alimentaire, 10 h",
        line.hash,
    ):
        assert word in text.replace("’", "'").replace("\xa0", " "), word
    assert item.select_one("a")["href"] == f"/ideas/{idea.id}-{idea.slug}"


@pytest.mark.parametrize("state", [{"hidden_at": "now"}, {"deleted_at": "now"}, {"status": "pending"}])
def test_the_title_of_an_idea_is_for_those_who_may_read_it_now(
    make: Any, visitor: Any, sign_in: Any, clock: Any, state: dict[str, Any]
) -> None:
    idea = make.idea(title="Une idée canari", community=HERE)
    write("status", community_id=idea.community_id, idea_id=idea.id, status="under_review")
    make.at(idea, **{name: clock.now() if value == "now" else value for name, value in state.items()})
    for browser in (visitor, sign_in(make.user()), sign_in(make.user(role="admin"))):
        page = browser.get("/journal")
        assert "canari" not in page.text and page.soup.select_one("#line-1")
    boss = sign_in(make.user(role="coordinator")).get("/journal")
    assert ("canari" in boss.text) == ("deleted_at" not in state)


def test_nobody_is_named(make: Any, visitor: Any) -> None:
    boss, author = make.user("Coco Coordo", role="coordinator"), make.user("Ana Auteure")
    idea = make.idea(author, title="Une idée secrète", community=HERE)
    measures.hide(make.actor(boss), idea, reason="Cela ne respecte pas la charte.")
    for path in ("/journal", "/journal.jsonl"):
        text = visitor.get(path).text
        assert "Coco" not in text and "Ana" not in text and "secrète" not in text
    assert json.loads(visitor.get("/journal.jsonl").text)["facts"] == {"on": "idea"}


@pytest.mark.parametrize("kind", [*words.JOURNAL, "something_new"])
def test_every_kind_has_a_sentence_and_one_without_words_breaks_nothing(visitor: Any, kind: str) -> None:
    write(kind, on="user", keys="trust_posts nothing", amount=3)
    title = visitor.get("/journal").soup.select_one("#line-1 .title").get_text()
    assert str(words.JOURNAL.get(kind, "Décision"))[:5] in title.replace("’", "'")


@pytest.mark.parametrize("path", ["/journal", "/journal?month={month}", "/journal.jsonl", "/journal/figures"])
@pytest.mark.parametrize("role", ["anyone", "member", "admin"])
def test_a_line_of_a_private_community_is_sealed_to_others(
    make: Any, secret: Any, visitor: Any, sign_in: Any, path: str, role: str
) -> None:
    line, browser = db.session.get_one(Entry, 1), visitor if role == "anyone" else sign_in(make.user(role=role))
    seals = (line.hash, line.digest)
    page = browser.get(path.format(month=next(iter(list_months(queries.get_ends()[0])))))
    assert page.status_code == 200 and "canari" not in page.text
    if path == "/journal/figures":
        assert not page.soup.select("table")
    else:
        assert all(seal in page.text for seal in seals)
    if path == "/journal":
        assert page.soup.select_one("#line-1.is-sealed .title").get_text().startswith("Ligne scellée")


def test_its_members_and_the_coordination_read_it(make: Any, secret: Any, sign_in: Any) -> None:
    member = make.user()
    make.add(Membership(user_id=member.id, community_id=secret.id))
    for browser in (sign_in(member), sign_in(make.user(role="coordinator"))):
        page = browser.get("/journal")
        assert all(word in page.text for word in ("canari-motif", "canari-titre", "canari-cercle"))
        assert json.loads(browser.get("/journal.jsonl").text)["reason"] == "Un motif canari-motif"
        assert browser.get("/journal?community=canari-cercle&kind=block").soup.select("#line-1")


def test_a_filter_tells_nothing_of_a_sealed_line(secret: Any, visitor: Any) -> None:
    assert not visitor.get("/journal?kind=block").soup.select(".journal li")
    assert (
        visitor.get("/journal?community=canari-cercle").status_code
        == visitor.get("/journal?community=nulle-part").status_code
        == 400
    )


@pytest.mark.parametrize(
    "query", ["kind=x", "month=2026-13", "month=1990-01", "after=0", "after=x", "kind=hide&kind=lock"]
)
def test_an_address_that_means_nothing_is_refused(visitor: Any, query: str) -> None:
    write()
    assert visitor.get(f"/journal?{query}").status_code == 400


def test_the_journal_is_filtered_by_kind_community_and_month(make: Any, visitor: Any, clock: Any) -> None:
    here, there = make.room(HERE).id, make.room("transport-collectif").id
    for moment, kind, room in (
        ("2026-01-01T04:59", "hide", here),
        ("2026-01-01T05:01", "lock", here),
        ("2026-02-10", "hide", there),
    ):
        clock.at(moment)
        write(kind, community_id=room)

    def numbers(query: str) -> list[int]:
        return [
            int(item["id"].removeprefix("line-"))
            for item in visitor.get(f"/journal?{query}").soup.select(".journal-day li")
        ]

    assert numbers("") == [3, 2, 1]
    assert numbers("kind=hide") == [3, 1] and numbers(f"community={HERE}") == [2, 1]
    assert numbers("month=2026-01") == [2] and numbers("month=2025-12") == [1], "a month is the region's"
    assert numbers("month=2026-02&kind=lock") == []
    assert "Aucune ligne ne correspond" in visitor.get("/journal?kind=merge").words


def test_the_journal_is_paged_by_place(visitor: Any) -> None:
    with unit():
        for n in range(45):
            journal.record("lock" if n % 2 else "hide", n=n)
    line_ids, page = [], visitor.get("/journal")
    while True:
        line_ids += [int(item["id"].removeprefix("line-")) for item in page.soup.select(".journal-day li")]
        following = page.soup.select_one("a[rel=next]")
        if following is None:
            break
        page = visitor.get(following["href"])
    assert line_ids == list(range(45, 0, -1))
    assert "kind=lock" in visitor.get("/journal?kind=lock").soup.select_one("a[rel=next]")["href"]


def test_the_page_says_how_anybody_verifies(visitor: Any) -> None:
    write()
    page = visitor.get("/journal/verification")
    program = visitor.get("/journal/verify_journal.py")
    assert program.mimetype == "text/x-python" and program.text.strip() in page.soup.select_one("pre").get_text()
    assert queries.get_last_line()[1] in page.text and page.soup.select_one("a[href='/journal.jsonl']")
    assert visitor.get("/").soup.select_one("footer a[href='/journal']")


def test_the_journal_costs_the_same_for_one_line_and_for_twenty(make: Any, visitor: Any, sign_in: Any) -> None:
    def fill(times: int) -> None:
        for _n in range(times):
            idea = make.idea()
            write("status", idea_id=idea.id, community_id=idea.community_id, status="under_review")

    paths = ("/journal", "/journal?kind=status", "/journal/verification", "/journal.jsonl")
    member = sign_in(make.user())
    costs_alike(fill, *((browser, path) for browser in (visitor, member) for path in paths))
    assert all(cost(visitor, path) <= PUBLIC for path in paths)


def test_english_readers_read_it_in_english_addresses(visitor: Any) -> None:
    write()
    assert re.search(r'lang="en', visitor.get("/journal?lang=en").text)


@pytest.mark.parametrize(
    ("kind", "facts", "text"),
    [
        ("appeal", {"state": "open", "measure": "hide"}, "Nouvel examen demandé (Contenu masqué)"),
        (
            "appeal",
            {"state": "granted", "measure": "warn"},
            "Nouvel examen : la demande est accueillie (Avertissement)",
        ),
        ("appeal", {"state": "refused", "measure": "block"}, "Nouvel examen : la demande est refusée (Blocage)"),
        ("case", {"state": "handled", "on": "comment", "reports": 2}, "Signalement retenu (un commentaire)"),
        (
            "case",
            {"state": "dismissed", "on": "idea", "reports": 1},
            "Signalement classé sans suite (une contribution)",
        ),
        ("case", {"state": "open", "on": "update", "reports": 1}, "Signalement rouvert (des travaux d'une communauté)"),
        ("case", {"state": "unheard_of"}, "Signalements examinés"),
    ],
)
def test_a_line_of_a_case_or_an_appeal_says_how_it_ended(
    visitor: Any, kind: str, facts: dict[str, Any], text: str
) -> None:
    write(kind, **facts)
    title = visitor.get("/journal").soup.select_one("#line-1 .title").get_text()
    assert title.replace("’", "'").replace("\xa0", " ").replace("\u202f", " ") == f"{text}."

"""Feeds: what the public reads of each list and thread, read by a library as a reader's program reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import feedparser

from app.core import clock
from app.core.unit import unit
from app.ideas.models import StatusChange
from app.journal import service as journal
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.queries import costs_alike
from tests.support.rows import again
from tests.support.world import HERE, ROLES, SECLUDED, World, browsers

KIND = "application/atom+xml; charset=utf-8"
# A calendar is taken the same way, beside it.
SUBSCRIBE = ".subscribe a[type='application/atom+xml']"
ROOM, FORMER = f"/communities/{HERE}", "ancienne-adresse"


def read(browser: Browser, path: str) -> Any:
    """Read a feed; it is well-formed, says what it is, and names itself and its page by absolute addresses."""
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, KIND), path
    found = feedparser.parse(answer.get_data(), response_headers={"content-type": KIND}, sanitize_html=False)
    assert not found.bozo and found.version == "atom10", path
    assert {link.rel: link.href for link in found.feed.links}.keys() == {"self", "alternate"}
    for part in (found.feed, *found.entries):
        assert part.title and part.id.startswith("tag:localhost,2026:") and part.updated_parsed and part.author
        assert all(link.href.startswith("http://localhost/") for link in part.links)
    assert len({entry.id for entry in found.entries}) == len(found.entries) <= 30
    return found


def titles(found: Any) -> list[str]:
    return [entry.title for entry in found.entries]


def test_a_list_is_read_with_its_filters_by_date_whatever_its_sort(make: Make, visitor: Browser) -> None:
    need, idea = (
        make.idea(title=f"Une sorte de {kind}", kind=kind, votes=votes) for kind, votes in (("need", 2), ("idea", 0))
    )
    assert titles(read(visitor, "/ideas.atom?sort=supported")) == [idea.title, need.title]
    found = read(visitor, f"/ideas.atom?kind=need&community={HERE}&sort=supported&utm_source=x")
    assert titles(found) == [need.title]
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": f"http://localhost/ideas.atom?community={HERE}&kind=need",
        "alternate": f"http://localhost/ideas?community={HERE}&kind=need",
    }
    assert found.feed.title == "Idées, Sécurité alimentaire, Besoin – Réflexe DS"
    assert [
        visitor.get(f"/ideas.atom?{query}").status_code for query in ("kind=x", "sort=x", "kind=need&tag=x", "q=a&q=b")
    ] == [400] * 4


def test_an_entry_is_the_idea_as_its_page_shows_it(make: Make, visitor: Browser) -> None:
    idea = make.idea(
        make.user("Ana <b>"),
        title="Un <b>titre</b> & deux \x0b\uffff",
        body="Du **gras**, [ici](/about), <script>alert(1)</script>",
        lang="en",
    )
    [entry] = read(visitor, "/ideas.atom").entries
    assert (entry.title, entry.author, entry.link) == (
        "Un <b>titre</b> & deux",
        "Ana <b>",
        f"http://localhost{idea_page(idea)}",
    )
    [content] = entry.content
    assert (
        content.value.strip() == idea.body_html.strip().replace("/about", "http://localhost/about")
        and "<script" not in content.value
        and content.type == "text/html"
    )
    assert content.language == "en" and content.base == "http://localhost/"


def test_a_thread_holds_what_was_said_the_answers_and_the_idea(make: Make, visitor: Browser) -> None:
    idea = make.idea(title="Une navette", status="retained")
    first = make.comment(idea, make.user("Ana"))
    make.comment(idea, make.user("Ned"), "Et puis?", parent=first)
    make.comment(idea, body="En attente.", status="pending")
    team = make.user("Fae")
    make.add(
        StatusChange(idea_id=idea.id, status="retained", by_id=team.id, reason="Oui <a>,\nbientôt.", at=clock.now())
    )
    make.add(StatusChange(idea_id=idea.id, status="retained", reason="Reprise.", at=clock.now()))
    found = read(visitor, f"/ideas/{idea.id}.atom")
    assert titles(found) == ["Réponse de la communauté\u00a0: Retenue"] * 2 + [
        "Commentaire de Ned",
        "Commentaire de Ana",
        "Une navette",
    ]
    assert [entry.author for entry in found.entries[:2]] == ["L’équipe d’animation", "Fae"]
    assert "Oui &lt;a&gt;,<br />bientôt." in found.entries[1].content[0].value
    assert visitor.get(found.entries[3].link, follow_redirects=True).soup.select_one(f"#comment-{first.id}")


def test_a_community_tells_of_its_ideas_and_its_work_and_an_update_of_what_is_said_under_it(
    make: Make, visitor: Browser
) -> None:
    make.idea(title="Une idée d'ici")
    update = make.update(title="Nos travaux")
    make.comment(update, make.user("Ana"))
    assert titles(read(visitor, f"{ROOM}.atom")) == ["Nos travaux", "Une idée d'ici"]
    assert titles(read(visitor, f"{ROOM}/updates.atom")) == ["Nos travaux"]
    assert titles(read(visitor, f"{ROOM}/updates/{update.id}.atom")) == ["Commentaire de Ana", "Nos travaux"]


def test_only_what_changed_is_said_to_have_changed_and_an_id_stays(make: Make, visitor: Browser) -> None:
    idea, _other = make.idea(title="Un titre"), make.idea()
    before = {entry.id: entry.updated for entry in read(visitor, "/ideas.atom").entries}
    make.comment(idea)
    make.vote(make.user(), idea)
    assert {entry.id: entry.updated for entry in read(visitor, "/ideas.atom").entries} == before
    make.at(again(idea), title="Un autre titre", slug="un-autre-titre", edited_at=clock.now() + timedelta(hours=1))
    after = {entry.id: entry.updated for entry in read(visitor, "/ideas.atom").entries}
    assert [name.rpartition("/")[2] for name in before if after[name] != before[name]] == [str(idea.id)]
    assert after.keys() == before.keys() and len(after) == 2


def test_whoever_has_a_feed_is_told_that_it_did_not_change(make: Make, visitor: Browser) -> None:
    make.idea()
    tag = {"If-None-Match": visitor.get("/ideas.atom").headers["ETag"]}
    assert visitor.get("/ideas.atom", headers=tag).status_code == 304
    make.idea()
    assert visitor.get("/ideas.atom", headers=tag).status_code == 200
    assert visitor.get("/ideas.atom", headers={"Accept-Encoding": "gzip"}).content_encoding == "gzip"


def test_everybody_is_given_the_feed_of_the_public(
    world: World, sign_in: Callable[[Any], Browser], visitor: Browser
) -> None:
    people = browsers(world, sign_in, visitor)
    idea, update = world.ideas["published"], world.updates["visible"]
    paths = (
        "/ideas.atom",
        "/ideas.atom?tag=velo",
        f"/ideas/{idea.id}.atom",
        f"{ROOM}.atom",
        f"{ROOM}/updates.atom",
        f"{ROOM}/updates/{update.id}.atom",
        "/journal.atom",
    )
    for path in paths:
        assert len({people[role].get(path).get_data() for role in ROLES}) == 1, path
        read(visitor, path)
    closed = (f"/ideas.atom?community={SECLUDED}", f"/journal.atom?community={SECLUDED}")
    assert [people["author"].get(path).status_code for path in closed] == [400, 400]
    for path in ("/ideas", "/journal"):
        page = people["author"].get(f"{path}?community={SECLUDED}")
        assert page.status_code == 200 and not page.soup.select("[type='application/atom+xml']")


def test_the_journal_is_read_with_its_filters_and_each_line_leads_to_its_place(make: Make, visitor: Browser) -> None:
    idea, secluded = make.idea(title="Un marché"), make.community(is_private=True)
    with unit():
        journal.record("hide", reason="canari", community_id=secluded.id, is_private=True)
        journal.record(
            "status",
            reason="Le conseil <a> étudie.",
            community_id=idea.community_id,
            idea_id=idea.id,
            status="under_review",
        )
    sealed = read(visitor, "/journal.atom").entries[1]
    assert "scellée" in sealed.title and "canari" not in str(sealed)
    found = read(visitor, f"/journal.atom?kind=status&community={HERE}&month=")
    [entry] = found.entries
    assert (
        "Un marché</a>" in entry.content[0].value
        and "<blockquote>Le conseil &lt;a&gt; étudie.</blockquote>" in entry.content[0].value
    )
    assert {link.rel: link.href for link in found.feed.links}[
        "alternate"
    ] == f"http://localhost/journal?kind=status&community={HERE}"
    assert visitor.get(entry.link).soup.select_one(f"#{entry.link.partition('#')[2]}")
    assert visitor.get("/journal.atom?kind=x").status_code == 400


def test_each_page_leads_to_its_feed_in_its_language(world: World, visitor: Browser) -> None:
    idea, update = world.ideas["published"], world.updates["visible"]
    in_sight = {
        "/": "/ideas.atom",
        "/ideas?tag=velo&sort=supported": "/ideas.atom?tag=velo",
        idea_page(idea): f"/ideas/{idea.id}.atom",
        ROOM: f"{ROOM}.atom",
        f"{ROOM}/updates": f"{ROOM}/updates.atom",
        f"{ROOM}/updates/{update.id}": f"{ROOM}/updates/{update.id}.atom",
        "/journal?kind=lock": "/journal.atom?kind=lock",
        "/events?when=past": "/events.atom",
    }
    in_head = {
        "/tags/velo": "/ideas.atom?tag=velo",
        "/issues/education": "/ideas.atom?issue=education",
        "/territories/70052": "/ideas.atom?territory=70052",
    }
    for path, feed in (in_sight | in_head).items():
        page = visitor.get(path).soup
        assert [link["href"] for link in page.select("head link[type='application/atom+xml'][title]")] == [feed]
        assert [link["href"] for link in page.select(SUBSCRIBE)] == [feed] * (path in in_sight), path
    english = visitor.get(f"{ROOM}?lang=en").soup.select_one(SUBSCRIBE)
    found = read(visitor, english["href"])
    assert (english.text, found.feed.language, found.feed.title) == (
        "Subscribe (Atom)",
        "en",
        "Food security – Réflexe DS",
    )
    assert found.feed.links[0].href == f"http://localhost{ROOM}.atom?lang=en"


def test_a_former_address_leads_to_the_feed(make: Make, visitor: Browser, sign_in: Callable[[Any], Browser]) -> None:
    make.idea()
    sign_in(make.user(role="coordinator")).submit(f"{ROOM}/edit", "main form", slug=FORMER)
    for end in (".atom", "/updates.atom"):
        assert visitor.get(f"{ROOM}{end}").headers["Location"] == f"/communities/{FORMER}{end}"


def test_a_feed_of_nothing_has_a_date_all_the_same(visitor: Browser) -> None:
    assert read(visitor, "/ideas.atom").entries == [] == read(visitor, "/journal.atom").entries


def test_a_feed_costs_as_much_for_twenty_things_as_for_one(make: Make, visitor: Browser) -> None:
    idea, update = make.idea(), make.update()

    def add(rounds: int) -> None:
        for _round in range(rounds):
            for thing in (make.idea(status="under_review"), idea, update, make.update()):
                make.comment(thing)

    paths = (
        "/ideas.atom",
        f"/ideas/{idea.id}.atom",
        f"{ROOM}.atom",
        f"{ROOM}/updates.atom",
        f"{ROOM}/updates/{update.id}.atom",
        "/journal.atom",
    )
    costs_alike(add, *((visitor, path) for path in paths))

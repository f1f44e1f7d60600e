"""A member's first page: what they wrote, who waits for them, and what moved; drawn for them alone."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.communities.models import Membership
from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.events.service import registrations
from app.notifications.models import Notice
from app.web.site import public_home
from tests.events.coming import IN_PERSON, new_event
from tests.support.make import idea_page
from tests.support.queries import record_statements
from tests.support.rows import again


def section(page: Any, anchor: str) -> Any:
    found = page.soup.select_one(f"#{anchor}")
    return found if found is None or found.name == "section" else found.find_parent("section")


def test_a_new_member_finds_three_doors_and_no_road(make, sign_in):
    browser = sign_in(make.user(name="Maude Mésange"))
    page = browser.get("/")
    assert page.soup.h1.text == "Bonjour Maude." and "On commence par où" in page.words
    assert len(section(page, "doors").select("li")) == 3 and section(page, "mine") is None
    assert browser.get("/?lang=en").soup.h1.text == "Hello Maude."


def test_a_new_member_reads_what_moved_in_the_region_until_they_have_words_of_their_own(make, sign_in):
    make.idea(status="retained", title="Un four à pain")
    reader = make.user()
    browser = sign_in(reader)
    assert "Un four à pain" in section(browser.get("/"), "month").text
    make.idea(reader)
    assert section(browser.get("/"), "month") is None


def test_it_is_for_its_reader_alone_and_the_public_one_is_a_link_away(make, sign_in, visitor):
    browser = sign_in(make.user())
    own = browser.get("/")
    assert own.headers["Cache-Control"] == "no-store"
    assert own.soup.select_one("a[href='/?public=1']")
    assert browser.get("/?public=1").soup.select_one(".hero.is-short")
    assert visitor.get("/").soup.select_one(".hero.is-short")


def test_the_road_shows_three_ideas_the_last_moved_first_and_counts_the_others(make, sign_in, clock):
    author = make.user()
    for number in range(4):
        make.idea(author, title=f"Idée {number}", status="under_review")
        clock.forward(hours=1)
    make.idea(author, title="Un brouillon", status="draft", saved_at=time.now())
    make.idea(title="D'une autre personne")
    road = section(sign_in(author).get("/"), "mine")
    assert [title.text.strip() for title in road.select(".title")] == ["Un brouillon", "Idée 3", "Idée 2"]
    assert "et 2 autres" in road.text and "personne d'autre ne le voit" in road.text.replace("’", "'")
    assert "À l’étude depuis le" in road.text and len(road.select(".stations")) == 2


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"status": "pending"}, "c’est en cours"),
        ({"status": "published"}, "En ligne depuis le"),
        ({"status": "retained"}, "La réponse est oui"),
        ({"status": "declined"}, "La réponse est non"),
        ({"status": "archived"}, "Aux archives"),
        ({"status": "withdrawn"}, "Vous avez retiré"),
    ],
)
def test_each_step_has_its_sentence(columns, words, make, sign_in):
    author = make.user()
    make.idea(author, **columns)
    assert words in section(sign_in(author).get("/"), "mine").text


def test_questions_and_offers_wait_until_they_are_answered(make, sign_in):
    author, asker = make.user(), make.user(name="Guy Pruche")
    idea = make.idea(author, title="Du lait au village")
    question = make.comment(idea, asker, intent="wonder")
    make.comment(idea, asker, intent="offer")
    make.comment(idea, asker, intent="appreciate")
    make.comment(idea, author, intent="wonder")
    make.comment(idea, asker, intent="wonder", status="pending")
    make.comment(make.idea(), asker, intent="wonder")
    browser = sign_in(author)
    page = browser.get("/")
    lines = section(page, "waits").select("li")
    assert len(lines) == 2 and "Guy Pruche" in lines[0].text and "Du lait au village" in lines[0].text
    assert "offre son aide" in lines[0].text and "vous pose une question" in lines[1].text
    assert page.soup.select_one(".lead a[href='#waits']").text == "2 choses vous attendent"
    assert browser.get(lines[1].a["href"]).status_code in (200, 303)
    make.comment(idea, author, parent=question)
    assert len(section(browser.get("/"), "waits").select("li")) == 1


def test_what_was_taken_out_of_sight_waits_for_its_author_alone(make, sign_in, visitor):
    author = make.user()
    idea = make.idea(author, title="Des mots masqués")
    with unit():
        again(idea).hide(make.user(role="coordinator").id, "Un motif")
    assert "a retiré de la vue" in section(sign_in(author).get("/"), "waits").text
    assert "Des mots masqués" not in sign_in(make.user()).get("/").words
    assert "Des mots masqués" not in visitor.get("/").words


def test_two_minutes_leads_from_one_idea_to_the_next_and_says_when_it_is_over(make, sign_in, clock):
    member = make.user(territory_id=None)
    community = make.community()
    make.add(Membership(user_id=member.id, community_id=community.id))
    ideas = [make.idea(community=community, title=f"Silence {number}") for number in range(2)]
    clock.forward(days=3)
    browser = sign_in(member)
    first = section(browser.get("/"), "two")
    assert "personne n’a encore répondu" in first.text
    second = section(browser.get(first.select_one(".acts a:last-child")["href"].partition("#")[0]), "two")
    shown = [part.select_one(".acts a")["href"].partition("#")[0] for part in (first, second)]
    assert sorted(shown) == sorted(idea_page(idea) for idea in ideas)
    assert len(second.select(".acts a")) == 1
    assert "C’est tout pour aujourd’hui" in section(browser.get("/?other=3"), "two").text
    assert browser.get("/?other=x").status_code == 400


def test_the_agenda_has_my_meetings_alone_and_goes_without_any(make, sign_in):
    member = make.user()
    event = new_event(make, title="Se loger ici")
    new_event(make, title="Une autre rencontre")
    browser = sign_in(member)
    assert section(browser.get("/"), "agenda") is None
    registrations.come(actor_for(again(member)), event, IN_PERSON)
    agenda = section(browser.get("/"), "agenda")
    assert "Se loger ici" in agenda.text and "Une autre rencontre" not in agenda.text


def test_a_team_finds_its_desk_counted_as_the_desk_counts(team, member, make):
    make.idea(community="securite-alimentaire", status="pending")
    desk = section(team.get("/"), "own-desk")
    assert desk.select_one("b").text == "1" and team.get(desk.select_one(".hub-count a")["href"]).status_code == 200
    assert not member.get("/").soup.select("#own-desk")


def test_where_one_is_from_is_counted_with_ones_communities(make, sign_in):
    place = 1
    member = make.user(territory_id=place)
    page = section(sign_in(member).get("/"), "places")
    assert page.select(".is-here") and page.select(".counts b")
    assert section(sign_in(make.user(territory_id=None)).get("/"), "places") is None


def test_a_part_that_fails_is_left_out_and_the_page_is_not_kept(app, visitor, make, monkeypatch, caplog):
    make.idea(title="Un banc au soleil")
    assert "ETag" in visitor.get("/").headers

    def fail() -> None:
        db.session.execute(db.text("SELECT nothing FROM nowhere"))

    monkeypatch.setitem(public_home.PARTS, "month", fail)
    monkeypatch.setattr(app, "testing", False)
    page = visitor.get("/")
    assert page.status_code == 200 and "Un banc au soleil" in page.words and page.soup.select_one("#communities")
    assert "The part month of the first page was left out" in caplog.text
    assert "ETag" not in page.headers


def test_the_page_costs_a_member_nine_statements_at_most(make, sign_in, clock):
    author = make.user(territory_id=1)
    idea = make.idea(author)
    make.comment(idea, intent="wonder")
    registrations.come(actor_for(again(author)), new_event(make), IN_PERSON)
    clock.forward(days=2)
    browser = sign_in(author)
    browser.get("/")
    with record_statements() as statements:
        browser.get("/")
    assert len(statements) <= 9, statements


def test_what_was_drawn_of_ones_notices_and_actions_goes_as_soon_as_it_changes(make, sign_in, plans):
    member, other, idea = make.user(), make.user(), make.idea(title="Du lait au village")
    action = plans.action()
    plans.holder(action, member)
    for person in (member, other):
        make.add(
            Notice(
                key=f"{person.id}", user_id=person.id, kind="follow.idea", topic="follow", pace="site", idea_id=idea.id
            )
        )
    browser, neighbour = sign_in(member), sign_in(other)
    for _time in range(2):
        assert "Du lait au village" in section(browser.get("/"), "since").text
        assert "Une tournée" in section(browser.get("/"), "own-actions").text
        assert section(neighbour.get("/"), "own-actions") is None
    assert "Since your last visit" in section(browser.get("/?lang=en"), "since").text
    browser.get("/?lang=fr")
    for thing in (idea, action):
        with unit():
            again(thing).hide(plans.boss.id, "Un motif")
    page = browser.get("/")
    assert section(page, "since") is None and section(page, "own-actions") is None
    assert section(neighbour.get("/"), "since") is None

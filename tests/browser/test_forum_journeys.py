"""A Forum ouvert, each by the person who walks it: a guest with a phone from the QR code on, and whoever helps them hold a topic."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.core import clock as time
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import PHASES, Forum, ForumGoing, ForumTopic
from app.forum.queries.forums import get_arrangement
from tests.browser.screen import axe_in_both_themes, list_glued
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.door import keep_door
from tests.support.rows import count, last
from tests.support.world import HERE

Open = Callable[..., Page]
TITLE = "Un autobus qui passe le soir, entre les villages"
# Its first hour of sessions began ten minutes ago, and lasts fifty.
BEGAN = timedelta(minutes=70)


@pytest.fixture
def forum(make: Any) -> Forum:
    """A forum in a hall, whose marketplace is open; one topic of somebody else has a room at the present hour."""
    event = event_in(
        make, room=make.room(HERE), starts_at=time.now() - BEGAN, hours=6, mode="in_person", territory_id=1
    )
    forum = forum_in(make, event=event, rooms=3, phase="marketplace")
    there = get_arrangement(forum.id)
    cell = {"slot_id": there.slots[1].id, "room_id": there.rooms[1].id}
    topic_in(make, forum, title="Un potager d’hiver", host_name="Luz Libellule", **cell)
    return forum


@pytest.fixture
def look(axe: Callable[..., None]) -> Callable[[Page], None]:
    """Look at a page as it stands: nothing of it is aside, and it has no barrier."""

    def check(page: Page) -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        axe(page)

    return check


def press(page: Page, name: Any, role: Any = "button") -> None:
    page.locator("main").get_by_role(role, name=name).first.click()


def said(page: Page, words: Any) -> None:
    """What the last press did is said in sight of whoever pressed."""
    expect(page.locator("#flashes .notice")).to_contain_text(words)
    expect(page.locator("#flashes .notice")).to_be_in_viewport()


def enter(page: Page, forum: Forum, name: str) -> None:
    """Come in from the QR code, by a first name alone."""
    page.goto(f"/f/{forum.id}")
    page.get_by_label("Mon prénom").fill(name)
    press(page, "Entrer avec mon prénom")
    said(page, "Vous êtes au forum")


def arrive(door: Page, forum: Forum, name: str) -> None:
    """Press the arrival of somebody at the door."""
    door.goto(f"/events/{forum.id}/door")
    guest = door.locator(".guests > li", has_text=name)
    with door.expect_response(re.compile("/arrival$")):
        guest.get_by_role("button", name="Arrivée").click()
    expect(guest).to_contain_text("par Luc")


def slip(page: Page, title: str) -> Locator:
    return page.locator("#wall .topic", has_text=title)


def test_a_guest_goes_from_the_qr_code_to_a_topic_another_room_and_a_pause(
    make: Any, page_for: Open, fae: Any, forum: Forum, look: Callable[[Page], None]
) -> None:
    door = page_for(keep_door(make, db.session.get_one(Event, forum.id), make.user(name="Luc")), width=360, height=740)
    page, team = page_for(None, width=360, height=740), page_for(fae)
    page.goto(f"/f/{forum.id}")
    look(page)
    enter(page, forum, "Geneviève")
    look(page)
    press(page, "Voir le mur du forum", "link")
    press(page, "Proposer un sujet", "link")
    look(page)
    page.get_by_label("Le sujet").fill(TITLE)
    press(page, "Mettre au mur")
    said(page, "Votre sujet est reçu")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    look(page)
    wall = page_for(None)
    wall.goto(f"/forums/{forum.id}")
    expect(slip(wall, "Un potager")).to_be_visible()
    expect(slip(wall, TITLE)).to_have_count(0)
    arrive(door, forum, "Geneviève")
    wall.reload()
    expect(slip(wall, TITLE)).to_contain_text("Geneviève")
    page.goto(f"/forums/{forum.id}")
    expect(page.get_by_text("En attente de l’équipe")).to_be_hidden()
    press(page, re.compile("^Ça m’intéresse – Un potager"))
    expect(slip(page, "Un potager")).to_contain_text("1 personne")
    expect(slip(page, "Un potager").get_by_role("button", pressed=True)).to_be_in_viewport()
    look(page)
    team.goto(f"/forums/{forum.id}/board")
    team.locator("#waiting a.button").click()
    team.locator(".spot").first.click()
    said(team, "est placé")
    team.goto(f"/forums/{forum.id}")
    press(team, "Commencer les séances")
    page.reload()
    press(page, "En ce moment", "link")
    here = page.locator("#now")
    expect(here).to_contain_text("Un potager d’hiver")
    expect(here).to_contain_text("dans vos intérêts")
    look(page)
    press(page, re.compile("^J’y vais – Un potager"))
    expect(here).to_contain_text("vous y êtes")
    expect(here).to_be_in_viewport()
    # Two feet.
    press(page, re.compile(f"^J’y vais – {TITLE}"))
    expect(here).to_contain_text(TITLE)
    expect(here).to_be_in_viewport()
    press(page, "Je prends une pause")
    expect(here).to_contain_text("Vous prenez une pause")
    expect(page.locator(".going")).to_have_count(2)
    look(page)
    assert count(ForumGoing) == count(ForumGoing, ForumGoing.topic_id.is_(None)) == 1


def test_a_guest_offers_to_hold_a_topic_and_another_accepts(
    make: Any, page_for: Open, forum: Forum, look: Callable[[Page], None]
) -> None:
    door = page_for(keep_door(make, db.session.get_one(Event, forum.id), make.user(name="Luc")))
    host, helper = (page_for(None, width=360, height=740) for _ in range(2))
    for page, name in ((host, "Geneviève"), (helper, "Bao")):
        enter(page, forum, name)
        arrive(door, forum, name)
    host.goto(f"/forums/{forum.id}/topics/new")
    host.get_by_label("Le sujet").fill(TITLE)
    press(host, "Mettre au mur")
    said(host, "Le sujet est au mur.")
    helper.goto(f"/forums/{forum.id}")
    slip(helper, TITLE).get_by_role("link", name=TITLE).click()
    press(helper, "Offrir de l’animer aussi")
    said(helper, "Votre offre est faite")
    expect(helper.locator("#hosts")).to_contain_text("Vous avez proposé de l’animer")
    look(helper)
    host.reload()
    expect(host.locator("#hosts")).to_contain_text("Bao propose de l’animer avec vous.")
    look(host)
    press(host, re.compile("^Accepter"))
    said(host, "vous animez ce sujet ensemble")
    public = page_for(None)
    public.goto(helper.url)
    expect(public.locator("#hosts")).to_contain_text("Avec Bao")
    helper.reload()
    press(helper, "Ne plus le coanimer")
    public.reload()
    expect(public.locator("article")).not_to_contain_text("Bao")


# The pages that the phase changes, those that their team has besides while it runs, and those of one phase.
OF_ALL = ("", "/board", "/now", "/topics/{topic}", "/pass", "/projector")
OF_TEAM = (
    "/edit",
    "/shift",
    "/announcement",
    "/wall",
    "/papers",
    "/topics/new",
    "/board?topic={topic}",
    "/topics/{topic}/edit",
    "/topics/{topic}/withdrawal",
    "/topics/{topic}/joining",
)
OF_PHASE = {"before": ("/deletion",), "sessions": OF_TEAM, "convergence": ("/closing",)}


@pytest.mark.parametrize(("lang", "width"), [("fr", 1280), ("en", 320)])
def test_no_page_of_a_forum_has_a_barrier_in_any_phase_and_in_either_theme(
    make: Any, page_for: Open, fae: Any, forum: Forum, lang: str, width: int
) -> None:
    """Read by its team, which is shown most, and by everybody where they are shown something else."""
    topic_id = last(ForumTopic).id
    topic_in(make, forum, title="x" * 140, why="y" * 1000, hands=40, wants_quiet=True)
    make.at(forum, announcement="Dîner à midi trente, à la cafétéria.")
    make.at(get_arrangement(forum.id).slots[1], title="Cercle")
    team, public = (page_for(one, lang=lang, width=width, height=720) for one in (fae, None))
    for phase in PHASES:
        make.at(forum, phase=phase)
        for page, ends in ((team, (*OF_ALL, *OF_PHASE.get(phase, ()))), (public, ("", "/now", "/pass"))):
            for end in ends:
                answer = page.goto(f"/forums/{forum.id}{end.format(topic=topic_id)}")
                assert answer and answer.ok, (end, phase)
                axe_in_both_themes(page)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (end, phase)
                assert list_glued(page) == [], (end, phase)

"""The screen of the hall: it fits, turns, stops, goes on without a network and says since when."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from app.forum.models import Forum
from tests.browser.screen import WatchedPage
from tests.browser.test_forum_papers import full_forum
from tests.forum.stored import topic_in

Open = Callable[..., WatchedPage]
CUT = """parts => parts.filter(part => part.checkVisibility() && (part.getBoundingClientRect().bottom > innerHeight + 1 ||
  part.scrollHeight > part.clientHeight + 1)).map(part => part.className + part.tagName + " " + part.scrollHeight)"""
# How long ago it began: its first hour of sessions is the present one.
BEGAN = timedelta(minutes=70)
# In milliseconds.
TURN, ASK = 20_000, 10_000


@pytest.fixture
def forum(make: Any) -> Forum:
    """A forum of 24 rooms, with the longest words on its wall, which began a while ago."""
    forum = full_forum(make, rooms=24, hours=3, days=BEGAN / timedelta(days=-1))
    make.at(
        forum,
        phase="sessions",
        announcement="Dîner à midi trente, à la cafétéria, puis photo de groupe devant l’entrée, s’il fait beau.",
    )
    return forum


def page_number(page: WatchedPage) -> int:
    return int(page.locator("[data-page]").evaluate_all("pages => pages.findIndex(page => !page.hidden)"))


def test_it_fits_the_screen_of_the_hall_without_scrolling_in_each_phase(
    page_for: Open, make: Any, forum: Forum, axe: Any
) -> None:
    topic = topic_in(
        make, forum, title="x" * 140, why="y" * 1000, hands=40, host_name="Luz Libellule", wants_quiet=True
    )
    for phase in ("before", "marketplace", "sessions", "convergence", "closed"):
        make.at(forum, phase=phase)
        for theme, width, height in (("light", 1280, 720), ("dark", 1920, 1080)):
            page = page_for(theme=theme, width=width, height=height)
            for query in ("", "?page=5", f"?topic={topic.id}"):
                page.goto(f"/forums/{forum.id}/projector{query}")
                size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
                assert size == [width, height], (phase, query)
                cut = page.locator(".beam, .beam-page, .beam-pitch, .beam-wall, .beam-side, .beam-foot").evaluate_all(
                    CUT
                )
                assert cut == [], (phase, query, width)
            axe(page)


def test_a_topic_that_is_said_at_the_microphone_has_its_whole_title(page_for: Open, make: Any, forum: Forum) -> None:
    title = "Une carte d’autobus qui traverse les frontières de MRC, sans repasser par la ville, avec correspondance, le soir"
    topic = topic_in(make, forum, title=f"{title} et la fin de semaine", why="y" * 1000)
    page = page_for(width=1280, height=720)
    page.goto(f"/forums/{forum.id}/projector?topic={topic.id}")
    hidden = page.locator(".beam-pitch h2").evaluate("title => title.scrollHeight - title.clientHeight")
    assert hidden < 20, "less than a line"


def test_its_pages_turn_each_twenty_seconds_until_space_stops_them(page_for: Open, forum: Forum) -> None:
    page = page_for(height=720)
    page.clock.install()
    page.goto(f"/forums/{forum.id}/projector")
    button = page.locator("[data-turn]")
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^\d{1,2}\sh\s\d\d$"))
    expect(button).to_contain_text("Page 1 de 4")
    page.clock.run_for(TURN + 1_000)
    expect(button).to_contain_text("Page 2 de 4")
    assert page_number(page) == 1
    page.keyboard.press("Space")
    expect(button).to_contain_text("faire tourner")
    page.clock.run_for(2 * TURN)
    assert page_number(page) == 1
    button.click()
    expect(button).to_contain_text("arrêter")
    for shown in (2, 3, 0):
        page.clock.run_for(TURN + 1_000)
        assert page_number(page) == shown


def test_what_changes_comes_by_itself_and_without_a_network_it_says_since_when(
    page_for: Open, make: Any, forum: Forum
) -> None:
    page = page_for(height=720)
    page.clock.install()
    page.goto(f"/forums/{forum.id}/projector")
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request) if "/projector" in request.url else None)
    make.at(forum, phase="closed")
    page.clock.run_for(ASK + 1_000)
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("Le forum est clos.")).to_be_visible()
    expect(page.locator("[data-turn]")).to_be_hidden()
    assert sent and all("cookie" not in request.all_headers() for request in sent)
    state = page.locator("[data-beam-state]")
    expect(state).to_have_text("")
    page.context.set_offline(True)
    page.clock.run_for(ASK + 1_000)
    expect(state).to_have_text(re.compile(r"Vu à \d{1,2}\sh\s?\d{0,2}"))
    expect(page.get_by_text("Le forum est clos.")).to_be_visible()
    page.context.set_offline(False)
    page.troubles.clear()
    page.clock.run_for(ASK + 1_000)
    expect(state).to_have_text("")


def test_without_javascript_the_next_page_is_a_link_and_it_reloads(page_for: Open, forum: Forum) -> None:
    page = page_for(javascript=False, height=720)
    page.goto(f"/forums/{forum.id}/projector")
    expect(page.locator("[data-turn]")).to_be_hidden()
    page.get_by_role("link", name="La page suivante").click()
    assert page.url.endswith("page=2")
    expect(page.locator("caption").get_by_text("Salles 7 à 12 sur 24")).to_be_attached()

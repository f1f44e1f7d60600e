"""A Forum ouvert without a mouse, from the wall to a room: each act leaves the focus somewhere and is said once."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from app.forum.models import Forum, ForumTopic
from tests.browser.heard import expect_said_once, listen
from tests.browser.test_keyboard import reach
from tests.browser.test_live import forum, mia, topics

__all__ = ["forum", "mia", "topics"]
Open = Callable[..., Page]
TITLE = "Une halte pour les camionneurs"


def press(page: Page, role: Any, name: Any) -> None:
    """Come to a link or a button by Tab, and press it."""
    reach(page, page.locator("main").get_by_role(role, name=name).first, most=140)
    page.keyboard.press("Enter")


def test_from_the_wall_to_a_topic_a_star_and_a_room_without_a_mouse(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = listen(page_for(mia, width=360, height=640))
    page.goto(f"/forums/{forum.id}")
    press(page, "link", "Proposer un sujet")
    page.wait_for_url(re.compile("/topics/new$"))
    reach(page, page.get_by_role("button", name="Mettre au mur"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    reach(page, page.get_by_label("Le sujet"))
    page.keyboard.type(TITLE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect_said_once(page, "Le sujet est au mur.")
    press(page, "link", "Retour au mur")
    expect(page.locator("#wall")).to_be_focused()
    press(page, "button", re.compile("^Ça m’intéresse – Un potager"))
    expect_said_once(page, "C’est dans vos intérêts")
    star = page.get_by_role("button", name="Dans mes intérêts – Un potager", pressed=True)
    expect(star).to_be_focused()
    expect(page.locator(f"#topic-{topics[1].id}")).to_match_aria_snapshot("""
      - heading "Un potager d’hiver" [level=3]
      - paragraph: Luz
      - paragraph: /Salle 2/
      - paragraph: 1 personne
      - button "Dans mes intérêts – Un potager d’hiver" [pressed]
    """)
    page.goto(f"/forums/{forum.id}/now")
    press(page, "button", re.compile("^J’y vais – Un autobus"))
    expect(page.locator("#now")).to_be_focused()
    expect_said_once(page, "Vous y allez : « Un autobus du soir »")
    expect(page.locator("#now")).to_match_aria_snapshot("""
      - paragraph: /En ce moment/
      - heading "Un autobus du soir" [level=1]
      - paragraph: Salle 1
      - paragraph: /vous y êtes/
      - button "Je prends une pause"
    """)
    press(page, "button", "Je prends une pause")
    expect(page.locator("#now")).to_be_focused()
    expect_said_once(page, "Bonne pause.")

"""The numbers beside what one presses in a forum have that press at once, and keep it while everybody's do not have it yet."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from app.core import clock
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumFold, ForumInterest, ForumTopic
from app.forum.service import interests
from tests.browser.screen import WatchedPage
from tests.browser.test_live import forum, mia, open_at, slip, star, topics, wait_for_a_poll
from tests.browser.test_marks import TWICE, waiting
from tests.forum.stored import place_in

__all__ = ["forum", "mia", "topics"]
Open = Callable[..., WatchedPage]


def test_a_count_that_has_ones_own_press_does_not_lose_it(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    """Presses are counted for everybody some seconds later: until then their number is not put over one's own."""
    make.add(ForumInterest(topic_id=topics[0].id, registration_id=place_in(make, forum).id, at=clock.now()))
    interests.fold_forum(forum.id)
    make.add(ForumFold(forum_id=forum.id, at=clock.now() + interests.PAUSE))
    page = open_at(page_for(mia), f"/forums/{forum.id}")
    star(page, topics[0]).click()
    expect(page.locator("#live")).to_contain_text("dans vos intérêts")
    page.reload()
    expect(slip(page, topics[0])).to_contain_text("2 personnes")
    wait_for_a_poll(page)
    page.clock.run_for(100)
    expect(slip(page, topics[0])).to_contain_text("2 personnes")


def test_the_number_beside_a_press_has_it_at_once_and_keeps_it(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    """On and off, on the wall and on the page of a topic, whatever everybody's number is meanwhile."""
    make.add(ForumInterest(topic_id=topics[0].id, registration_id=place_in(make, forum).id, at=clock.now()))
    interests.fold_forum(forum.id)
    make.add(ForumFold(forum_id=forum.id, at=clock.now() + interests.PAUSE))
    page = open_at(page_for(mia), f"/forums/{forum.id}")
    for path, place in (("", f"#topic-{topics[0].id}"), (f"/topics/{topics[0].id}", "#interest")):
        page.goto(f"/forums/{forum.id}{path}")
        section = page.locator(place)
        # Everybody's number, for some seconds more: that of before the press.
        for said, folded in (("2 personnes", 1), ("1 personne", 2)):
            section.locator("button.interest").click()
            expect(section).to_contain_text(said)
            make.at(topics[0], interest_count=folded)
            wait_for_a_poll(page)
            page.clock.run_for(100)
            expect(section).to_contain_text(said)
        make.at(topics[0], interest_count=1)


def test_who_goes_elsewhere_is_counted_in_one_place(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia), f"/forums/{forum.id}/now")
    first, second = (page.locator(f"[data-counted=there-{topic.id}]") for topic in topics[:2])
    page.get_by_role("button", name="J’y vais – Un autobus du soir").click()
    expect(first).to_have_text("1 y est")
    make.at(topics[0], going_count=1)
    page.clock.run_for(TWICE)
    page.get_by_role("button", name="J’y vais – Un potager d’hiver").click()
    expect(second).to_have_text("1 y est")
    expect(first).to_be_hidden()
    make.at(topics[0], going_count=1)
    make.at(topics[1], going_count=0)
    wait_for_a_poll(page)
    page.clock.run_for(100)
    expect(second).to_have_text("1 y est")
    expect(first).to_be_hidden()


def test_a_guest_who_leaves_a_device_leaves_nothing_that_waited(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic]
) -> None:
    make.at(db.session.get_one(Event, forum.id), mode="hybrid", territory_id=1)
    page = page_for()
    page.goto(f"/f/{forum.id}")
    page.get_by_label("Mon prénom").fill("Ginette")
    page.get_by_role("button", name="Entrer avec mon prénom").click()
    expect(page.locator("main")).to_contain_text("Ce n’est pas moi")
    page.goto(f"/forums/{forum.id}")
    page.route("**/interest", lambda route: route.abort())
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.goto(f"/forums/{forum.id}/pass")
    page.get_by_role("button", name="Ce n’est pas moi").click()
    expect(page.locator("#flashes")).to_contain_text("ne sait plus qui vous êtes")
    assert "Un autobus du soir" not in page.evaluate("JSON.stringify(localStorage)")
    page.troubles.clear()

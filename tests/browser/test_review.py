"""From notes to the road: two facilitators give fifty-seven things their place, with the keys alone, and go on after a pause."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.db import db
from app.forum.models import Forum, ForumTopic
from app.forum.queries.forums import get_arrangement
from app.notes.models import PublishedLine
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.notes.published import line_in, publish_in
from tests.support.make_plan import action_of

Open = Callable[..., Page]
HERE = "securite-alimentaire"
SESSIONS, LINES = 3, 57
KINDS = ("need", "idea", "action", "offer", "question", "aspiration")


@pytest.fixture
def forum(make: Any) -> Forum:
    event = event_in(
        make, room=make.room(HERE), starts_at=clock.ago(hours=7), hours=6, mode="in_person", territory_id=1
    )
    return forum_in(make, event=event, rooms=SESSIONS, phase="closed")


@pytest.fixture
def sessions(make: Any, forum: Forum) -> Sequence[ForumTopic]:
    there = get_arrangement(forum.id)
    found = []
    for n in range(SESSIONS):
        cell = {"slot_id": there.slots[1].id, "room_id": there.rooms[n].id, "placed_by": forum.phase_by}
        found.append(topic_in(make, forum, title=f"La séance {n + 1}", **cell))
        publish_in(make, found[n])
    return found


@pytest.fixture
def lines(make: Any, sessions: Sequence[ForumTopic]) -> Sequence[int]:
    said = [
        (sessions[n * SESSIONS // LINES], KINDS[n % len(KINDS)], f"Une chose à dire, la {n + 1}") for n in range(LINES)
    ]
    return [line_in(make, session, text, kind=kind).id for session, kind, text in said]


def fates(lines: Sequence[int]) -> list[str | None]:
    db.session.rollback()
    return [db.session.get_one(PublishedLine, line_id, populate_existing=True).fate for line_id in lines]


def press(page: Page, key: str) -> None:
    """Press a key of the review, and wait for the page that comes."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def give_place(page: Page, kind: str) -> None:
    """Give the open line its place as one of its kind mostly finds it, with the keyboard."""
    if kind == "question":
        press(page, "c")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Motif, que tout le monde lira")).to_be_focused()
        page.keyboard.type("Cela regarde le ministère.")
        press(page, "Enter")
    elif kind == "action":
        page.get_by_label("Action du plan").focus()
        page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="Relier").focus()
        press(page, "Enter")
    else:
        press(page, {"idea": "1", "offer": "1"}.get(kind, "p"))


def test_fifty_seven_things_find_their_place_with_the_keys_alone(
    page_for: Open,
    make: Any,
    plans: Any,
    forum: Forum,
    sessions: Sequence[ForumTopic],
    lines: Sequence[int],
    axe: Any,
) -> None:
    plans.plan(action_of("Une demande unique", 1, community=HERE))
    make.idea(title="Une chose à dire, la nuit", community=HERE)
    review = f"/forums/{forum.id}/review"
    page = page_for(make.user("Josiane Bouleau", role="coordinator"))
    page.goto(review)
    axe(page)
    page.keyboard.press("j")
    for n in range(LINES // SESSIONS):
        expect(page.locator(".slot.is-mine h2")).to_have_text(f"Une chose à dire, la {n + 1}")
        if n:
            expect(page.locator("#now")).to_be_focused()
        give_place(page, KINDS[n % len(KINDS)])
    expect(page.locator("#review")).to_contain_text("19 choses dites sur 57 ont leur place.")
    assert None not in fates(lines)[:19] and set(fates(lines)[19:]) == {None}
    page.close()

    # The other goes on where the first stopped, and puts aside at once what is left.
    other = page_for(make.user("Karim Bouleau", role="coordinator"), width=360)
    other.goto(review)
    expect(other.locator("#review")).to_contain_text("19 choses dites sur 57 ont leur place.")
    other.keyboard.press("j")
    for left in (19, 0):
        press(other, "c")
        for box in other.locator("#aside input[type=checkbox]:not([checked])").all():
            box.focus()
            other.keyboard.press("Space")
        other.get_by_label("Motif, que tout le monde lira").focus()
        other.keyboard.type("On y revient au prochain forum.")
        press(other, "Enter")
        expect(other.locator("#review")).to_contain_text(f"{LINES - left} choses dites sur 57 ont leur place.")
        expect(other.locator("#now" if left else "#end")).to_be_focused()
    axe(other)
    other.get_by_role("button", name="Terminer, et aviser qui était là").focus()
    press(other, "Enter")
    expect(other.locator("#end")).to_contain_text("La relecture est terminée")
    assert fates(lines).count("new") >= 6 and {"joined", "linked", "offered", "aside"} <= {*fates(lines)}


def test_lines_find_their_place_without_script(
    page_for: Open, make: Any, forum: Forum, sessions: Sequence[ForumTopic], lines: Sequence[int]
) -> None:
    page = page_for(make.user("Josiane Bouleau", role="coordinator"), javascript=False, width=320)
    page.goto(f"/forums/{forum.id}/review")
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".slot.is-mine h2")).to_have_text("Une chose à dire, la 2")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert fates(lines)[:2] == ["new", None]

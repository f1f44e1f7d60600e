"""A word hidden in each thing that is not for everybody: what numbers, refusals and letters tell of it."""

import re
from typing import Any

import pytest
from flask import Flask

from app.core.unit import unit
from app.ideas.models import PUBLIC
from app.notifications.service import notices
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.crawl.canaries import ALLOWED, INSIDE, add_quiet_people
from tests.support.browser import Browser
from tests.support.house import House
from tests.support.make import Make
from tests.support.square_reuse import build_once
from tests.support.world import HERE, ROLES, SECLUDED, World, build


@pytest.fixture
def world(house: House, make: Make) -> World:
    return build_once(house, make, "canaries", lambda: add_quiet_people(make, build(make)))


def numbers(page: Any, selector: str) -> list[int]:
    return [int(found) for part in page.soup.select(selector) for found in re.findall(r"\d+", part.get_text())]


@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    "role",
    [
        "anyone",
        "author",
        "facilitator",
        *(
            pytest.param(role, marks=pytest.mark.soak)
            for role in ROLES
            if role not in ("anyone", "author", "facilitator")
        ),
    ],
)
def test_the_numbers_tell_nothing_more_than_the_lists(
    app: Flask, world: World, people: dict[str, Browser], role: str, lang: str
) -> None:
    """Each number is the public's own count, for everybody: what is hidden can not be told from a sum."""
    browser = people[role]
    browser.get(f"/?lang={lang}")
    public = [
        idea
        for state, idea in world.ideas.items()
        if idea.status in PUBLIC and state not in ("hidden", "deleted", "merged", "private")
    ]
    page = browser.get("/ideas")
    assert len(page.soup.select("#results .rows > *")) == len(public) == numbers(page, "#results h2")[0]
    for box in page.soup.select(".facet input[type=checkbox]"):
        number = int(re.findall(r"\d+", box.find_parent("label").select_one(".n").get_text())[0])
        rows = browser.get(f"/ideas?{box['name']}={box['value']}").soup.select("#results .rows > *")
        assert len(rows) == number, (box["name"], box["value"])
    for option in page.soup.select("#facet-territory option[value]:not([value=''])"):
        count = int(re.findall(r"\((\d+)\)$", option.get_text().strip())[0])
        assert count == (len(public) if option["value"] in ("70052", "70") else 0), option
    room = browser.get(f"/communities/{HERE}")
    assert numbers(room, ".hub-count")[0] == len(public)
    assert numbers(browser.get("/communities"), f".is-card:has(a[href$='{HERE}']) .facts")[0] == len(public)
    assert numbers(browser.get("/?public=1"), f".tile[href$='{HERE}'] .meta")[0] == len(public)
    check_private_numbers(browser, is_inside=role in INSIDE)


def check_private_numbers(browser: Browser, *, is_inside: bool) -> None:
    """A private community has its own numbers, for those inside, and adds nothing to the others."""
    card = numbers(browser.get("/communities"), f".is-card:has(a[href$='{SECLUDED}']) .facts")
    assert card == ([1] if is_inside else []), "so few members are not counted"
    assert not browser.get("/?public=1").soup.select(f"[href$='{SECLUDED}']")
    if is_inside:
        assert numbers(browser.get(f"/communities/{SECLUDED}"), ".hub-count") == [1, 0]
        results = browser.get(f"/ideas?community={SECLUDED}")
        assert len(results.soup.select("#results .rows > *")) == numbers(results, "#results h2")[0] == 1
        [box] = results.soup.select(f".facet input[value='{SECLUDED}']")
        assert re.findall(r"\d+", box.find_parent("label").select_one(".n").get_text()) == ["1"]


@pytest.mark.parametrize("role", ["anyone", "author", "facilitator", "admin"])
def test_what_is_hidden_and_what_never_was_answer_alike(world: World, people: dict[str, Browser], role: str) -> None:
    """The answer to a number tells nothing: neither its code, nor its words, nor its headers."""
    browser, there = people[role], world.ideas["deleted"].id
    for rule in (
        "/ideas/{}",
        "/ideas/{}-mot",
        "/ideas/{}/revisions",
        "/ideas/{}/edit",
        "/ideas/{}/hiding",
        "/ideas/{}/lock",
    ):
        existing, missing = browser.get(rule.format(there)), browser.get(rule.format(999_999))
        assert existing.status_code == missing.status_code
        assert plain(existing, there) == plain(missing, 999_999)
        assert {k: v for k, v in existing.headers if k not in ("Content-Length", "Location")} == {
            k: v for k, v in missing.headers if k not in ("Content-Length", "Location")
        }


def plain(answer: Any, number: int) -> str:
    """Return the page without the number that was asked for, and without its token, which differs each second."""
    text = re.sub(r'name="csrf_token"[^>]*>', "", answer.get_data(as_text=True))
    return re.sub(rf"/{number}\b", "/n", text)


# What may be told of an idea, of a comment, of an update.
TOLD = {
    "ideas": ("follow.idea", "follow.step", "follow.merge", "status", "merge.received", "support.first"),
    "comments": ("comment.post", "comment.reply", "comment.used", "follow.comment"),
    "updates": ("follow.update",),
    "events": (
        "follow.event",
        "moved.follower",
        "changed.follower",
        "cancelled.follower",
        "minutes.follower",
        "place.given",
        "charge.door",
    ),
}


def test_nobody_is_told_a_word_that_is_not_for_them(
    make: Make, world: World, people: dict[str, Browser], outbox: Any, clock: Any
) -> None:
    """Each person is told of everything, as if they followed it: on their pages, at once and in summaries."""
    members = {role: user for role, user in world.people.items() if role in ROLES}
    for user in members.values():
        make.paces(user, reply="now", follow="daily", contribution="weekly", support="now")
        for noun, kinds in TOLD.items():
            for row in getattr(world, noun).values():
                with unit():
                    for kind in kinds:
                        notices.tell(
                            user.id,
                            kind,
                            f"{noun}-{row.id}",
                            status="retained",
                            reason="",
                            starts_at=clock.now().isoformat(),
                            **{f"{noun[:-1]}_id": row.id},
                        )
    texts = {
        role: "".join(people[role].get(path).text for path in ("/notifications", "/", "/?public=1", "/follows"))
        for role in members
    }
    for minutes in (11, 8 * 24 * 60):
        clock.forward(minutes=minutes)
        write_mails(), write_summaries()
    for role, user in members.items():
        mails = outbox.to(user.email)
        assert mails and "canari-idee-published" in texts[role] + mails[0].text
        text = texts[role] + "".join(mail.subject + mail.text + mail.html + str(mail.headers) for mail in mails)
        wrong = [
            word for word, readers in ALLOWED.items() if role not in readers and re.search(rf"{word}(?![\w-])", text)
        ]
        assert not wrong, f"{role}: {wrong}"

"""Something hidden is answered like something that never existed, and moves no number, for whoever may not see it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from app.communities.models import Membership
from app.core import clock
from app.events.models.contents import EventSubject
from app.reference.models import Issue
from tests.crawl.canaries import LISTS
from tests.events.stored import event_in
from tests.matrix import VARIABLE, Row, value
from tests.support.browser import Browser
from tests.support.door import comes
from tests.support.make import Make, idea_page
from tests.support.rows import every
from tests.support.world import HERE, SECLUDED, World, hidden_columns
from tests.test_routes import TABLE, address, send

THIRD, NOBODY, NOWHERE = "reussite-educative-et-sociale", 999_999, "canari-nulle-part"
SAID = ("Content-Length", "Location", "Set-Cookie")
# Who is told why they may not take part, where a member may: that is about them, and the thing is in everybody's sight.
APART = ("unconfirmed", "suspended")


def soak(*roles: str) -> list[Any]:
    return [pytest.param(role, marks=pytest.mark.soak) for role in roles]


def pairs(world: World, role: str) -> Iterator[tuple[Row, str, str, str]]:
    """Yield each address that leads this person nowhere, beside the one of a thing that does not exist."""
    for row in TABLE:
        # Whoever has no account is asked to sign in; an act of theirs that succeeds, by a key, leads somewhere.
        to_sign_in = 303 if row.method == "GET" else 401
        answer, of_member = (row.codes((name,))[name] for name in (role, "member"))
        if role in APART and of_member != 404:
            continue
        for state in row.states.split():
            if reads_forum(world, row, state, role):
                # Whoever reads a forum is told how to come in: what may be hidden there is the topic.
                path, there = address(world, row, state), name_topic(world, row, state)
                absent = path.replace(f"/topics/{there}", f"/topics/{NOBODY}")
            else:
                path, there = address(world, row, state), name_in_address(world, row, state)
                absent = re.sub(
                    rf"/{re.escape(there)}(?=[-/]|$)", f"/{NOBODY if there.isdigit() else NOWHERE}", path, count=1
                )
            if there and answer in (404, to_sign_in if role == "anyone" else 404):
                yield row, path, absent, there


def reads_forum(world: World, row: Row, state: str, role: str) -> bool:
    """Tell whether an address is about a forum that this person reads, or about a topic of one.

    A state that is of no forum is one of a topic, or of a session, of the published one.
    """
    shown = state if state in world.forums else "published"
    pages = [one for one in TABLE if one.rule == "GET /forums/<id:forum_id>" and shown in one.states.split()]
    return "/forums/<id:forum_id>/" in row.rule and any(page.codes((role,))[role] == 200 for page in pages)


def name_topic(world: World, row: Row, state: str) -> str:
    return str(value(world, row.rule, state, "topic_id")) if "<id:topic_id>" in row.rule else ""


def name_in_address(world: World, row: Row, state: str) -> str:
    """Return what in the address names the thing."""
    for name in VARIABLE.findall(row.rule):
        if name.endswith("_id") and name != "user_id":
            return str(value(world, row.rule, state, name))
    return SECLUDED if "/communities/<slug>" in row.rule and state == "secluded" else ""


@pytest.mark.parametrize(
    "role", ["anyone", "neighbour", *soak("unconfirmed", "member", "author", "facilitator", "admin", "suspended")]
)
def test_every_route_answers_of_what_is_hidden_as_of_what_never_was(
    world: World, people: dict[str, Browser], role: str, is_sample: bool
) -> None:
    browser, wrong, count = people[role], [], 0
    for row, path, absent, there in islice(pairs(world, role), 0, None, 5 if is_sample else 1):
        hides, lacks = send(browser, row, path), send(browser, row, absent)
        count += 1
        if normalize(hides, there) != normalize(lacks, there):
            wrong.append(f"{row.rule} {path}: {hides.status} then {lacks.status}")
    assert count > 60 and not wrong, "\n".join(wrong)


def normalize(answer: Any, there: str) -> tuple[Any, ...]:
    """Return the code, the page and the headers, without what was asked for."""
    words = rf"(/|%2F)({there}|{NOBODY}|{NOWHERE})(?![\d\w])"
    page, place = (re.sub(words, "/n", text) for text in (still(answer), answer.headers.get("Location", "")))
    return answer.status_code, page, place, [pair for pair in answer.headers if pair[0] not in SAID]


def still(answer: Any) -> str:
    """Return a page without the fields whose value is another each time, and without a team's own desk, which counts."""
    text = re.sub(
        r'<section class="section" aria-labelledby="own-desk">.*?</section>', "", answer.text, flags=re.DOTALL
    )
    return re.sub(r'<input[^>]*type="hidden"[^>]*>', "", text)


def more_hidden(make: Make, world: World) -> None:
    """Add, out of the sight of all but the coordinator, one of each thing that a number could count."""
    stranger, idea, room = (
        make.user("Xavier Inconnu"),
        world.ideas["published"],
        make.community(is_private=True, name="canari-autre", slug="canari-autre"),
    )
    places = {"tags": [world.tags["kept"]], "issues": ["education"], "territories": ["70052"], "votes": 3}
    for status, columns in {
        "draft": {},
        "pending": {},
        "published": hidden_columns(),
        "retained": {"deleted_at": clock.now()},
    }.items():
        make.idea(stranger, THIRD, status, title=f"Une idée canari-{status}", **places, **columns)
    secret = make.idea(stranger, room, title="Une idée canari-secret", **places)
    make.comment(secret, stranger, "Un mot canari-secret.")
    make.update(stranger, room, "Des travaux canari-secret")
    make.update(stranger, THIRD, "Des travaux canari-masque", **hidden_columns())
    for columns in ({"status": "pending"}, {"deleted_at": clock.now()}, hidden_columns()):
        make.comment(world.ideas["withdrawn"] if "status" in columns else idea, stranger, "Un mot de plus.", **columns)
    hide_meetings(make, world, stranger, room)
    make.add(Membership(user_id=stranger.id, community_id=room.id))
    make.facilitator(make.user("Yves Inconnu"), room)
    make.invitation(room, world.people["neighbour"].email, by_id=stranger.id)


def hide_meetings(make: Make, world: World, stranger: Any, room: Any) -> None:
    """Add meetings out of sight, about what is in sight, and people who asked for a place and have yet to confirm."""
    tag, issue, town = world.tags["kept"].id, every(Issue, Issue.slug == "education")[0].id, world.events["draft"]
    about = {"author_id": stranger.id, "tags": [tag], "issues": [issue], "territory_id": town.territory_id}
    for where, columns in (
        (make.room(THIRD), {"status": "draft", "published_at": None}),
        (make.room(THIRD), hidden_columns()),
        (make.room(THIRD), {"deleted_at": clock.now()}),
        (make.room(THIRD), {"status": "closed", "days": -9, "came_in_person": 30, **hidden_columns()}),
        (room, {}),
        (room, {"status": "closed", "days": -9, "came_in_person": 30}),
    ):
        event = event_in(make, room=where, title="Une rencontre canari-secret", **about, **columns)
        make.add(EventSubject(event_id=event.id, role="about", idea_id=world.ideas["locked"].id))
        comes(make, event, stranger)
    comes(make, world.events["published"], "Xavier Inconnu", state="unconfirmed", needs="canari-secret")


def pages(world: World) -> list[str]:
    """Return the pages that count, list or name."""
    author = world.people["author"].id
    return [
        *(path for path in LISTS if "lang=" not in path),
        "/communities",
        "/issues",
        "/issues/education",
        "/territories",
        "/territories/70052",
        "/tags/velo",
        f"/members/{author}",
        f"/communities/{HERE}",
        f"/communities/{THIRD}",
        f"/communities/{SECLUDED}",
        f"/communities/{HERE}/updates",
        "/journal",
        "/journal/figures",
        "/journal.jsonl",
        "/notifications",
        "/ideas/new",
        "/about",
        "/people?role=facilitator",
        "/reports",
        "/events",
        "/events?when=past",
        f"/events?month={clock.today():%Y-%m}",
        "/events?issue=education",
        "/events.ics",
        "/events.atom",
        "/account/events",
        "/search?q=canari&kind=event",
        f"/communities/{HERE}/events.ics",
        f"/events/{world.events['published'].id}",
        f"/events/{world.events['published'].id}.ics",
        idea_page(world.ideas["locked"]),
        *(
            f"/ideas?{axis}"
            for axis in ("issue=education", "territory=70052", "kind=idea", f"community={THIRD}", "q=canari")
        ),
    ]


@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    "role", ["anyone", "member", "facilitator", *soak("unconfirmed", "author", "neighbour", "admin", "suspended")]
)
def test_not_one_number_moves_when_more_is_hidden(
    make: Make, world: World, people: dict[str, Browser], role: str, lang: str
) -> None:
    """Whatever is added out of sight, each page stays what it was, to the letter."""
    browser = people[role]
    browser.get(f"/?lang={lang}")
    before = {path: still(browser.get(path)) for path in pages(world)}
    more_hidden(make, world)
    changes = [path for path, text in before.items() if still(browser.get(path)) != text]
    assert not changes

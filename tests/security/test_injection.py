"""Hostile words in every parameter, every field and every header: no error of ours, no row but the one asked for, no raw echo."""

import random
from collections.abc import Callable
from io import BytesIO
from itertools import count, cycle, islice
from typing import Any

import pytest

from tests.security import payloads
from tests.security.acts import Act, acts, cells_written, fields_to_try
from tests.security.test_paths import leads_away
from tests.support import tables
from tests.support.browser import Browser
from tests.support.world import World

# What a statement does with a hostile value is told by each engine.
pytestmark = pytest.mark.both_engines

DRAW = 20
PARAMETERS = (
    "after",
    "at",
    "answered",
    "beside",
    "by",
    "community",
    "duplicate",
    "exact",
    "frame",
    "gap",
    "goal",
    "issue",
    "kind",
    "kept",
    "lang",
    "lead",
    "next",
    "origin",
    "page",
    "period",
    "published",
    "q",
    "quote",
    "show",
    "sort",
    "status",
    "tag",
    "territory",
    "theme",
)
PAGES = (
    "/",
    "/ideas",
    "/ideas/{idea}",
    "/ideas/new",
    "/map",
    "/map.geojson",
    "/figures",
    "/figures/months.csv",
    "/plan",
    "/plan/gaps",
    "/account/contributions",
    "/comments/{comment}/branch",
    "/comments/{comment}/reply",
    "/communities/securite-alimentaire",
    "/communities/securite-alimentaire/updates",
    "/communities/securite-alimentaire/updates/{update}",
    "/reference/tags",
    "/reference/organisations",
    "/reference/issues",
    "/reference/communities",
    "/reference/territories",
    "/tags/velo",
    "/members/1",
    "/login",
    "/register",
    "/forgot",
    "/confirm",
    "/account",
)
NAMES = (
    "User-Agent",
    "Referer",
    "Accept-Language",
    "Accept",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-HTTP-Method-Override",
    "Forwarded",
    "HX-Request",
    "HX-Target",
    "HX-Current-URL",
    "If-None-Match",
    "If-Modified-Since",
    "Range",
    "Cookie",
    "Authorization",
    "Authentication-Token",
    "Content-Type",
    "Origin",
    "Sec-Fetch-Site",
    "X-CSRFToken",
)
Draw = Callable[..., list[str]]


@pytest.fixture
def draw(is_sample: bool, engine: str) -> Draw:
    """Draw so many payloads for each place, or for one in so many, the next ones for the next; PostgreSQL, for a third of them.

    In the soak twenty times as many for each, and every number.
    """
    chance, turn = random.Random(DRAW), count()
    in_turn = cycle(chance.sample(payloads.ALL, len(payloads.ALL)))

    def draw_some(few: int, one_in: int = 1) -> list[str]:
        if not is_sample:
            return chance.sample(payloads.ALL, few * 20) + list(payloads.NUMBERS)
        is_asked = next(turn) % (one_in if engine == "sqlite" else 3 * one_in) == 0
        return list(islice(in_turn, few)) if is_asked else []

    return draw_some


def test_there_are_many_different_attacks() -> None:
    assert len(set(payloads.ALL)) == len(payloads.ALL) >= 60


def echoes(answer: Any, payload: str) -> bool:
    """Tell whether markup that was typed came back as markup."""
    return (
        payload in payloads.MARKUP[:6] and answer.mimetype == "text/html" and payload in answer.get_data(as_text=True)
    )


def test_no_parameter_is_more_than_a_value(world: World, people: dict[str, Browser], draw: Draw) -> None:
    before, wrong, browser = tables.photo(), [], people["coordinator"]
    idea = world.ideas["published"]
    values = {
        "idea": f"{idea.id}-{idea.slug}",
        "comment": world.comments["visible"].id,
        "update": world.updates["visible"].id,
    }
    for n, page in enumerate(page.format(**values) for page in PAGES):
        for name in PARAMETERS:
            for payload in draw(1, one_in=1 if page == "/ideas" else 4):
                answer = browser.get(page, query_string={name: payload})
                if answer.status_code >= 500 or echoes(answer, payload) or leads_away(answer):
                    wrong.append(
                        f"{page}?{name}={payload[:80]!r}: {answer.status_code} {answer.headers.get('Location')}"
                    )
        for name in PARAMETERS[n % 10 :: 10]:
            answer = browser.get(page, query_string=[(name, "1"), (name, "2"), (f"{name}[]", "3"), (f"{name}[a]", "4")])
            wrong += [f"{page}?{name} twice: {answer.status_code}"] if answer.status_code >= 500 else []
    assert not wrong, "\n".join(wrong)
    assert tables.differences(before, tables.photo()) == set()


def test_no_field_is_more_than_a_value(
    world: World, people: dict[str, Browser], draw: Draw, monkeypatch: pytest.MonkeyPatch, is_sample: bool
) -> None:
    before, wrong = tables.photo(), []
    for act, names in fields_to_try(acts(world, people, monkeypatch), is_sample=is_sample):
        more = ["next"] if "/login" in act.row.rule else ["act"] if act.row.rule == "POST /ideas/new" else []
        for name in names + more:
            for payload in draw(1):
                wrong += try_field(act, people, before, name, payload)
    assert not wrong, "\n".join(wrong)


@pytest.mark.one_engine
def test_a_form_reads_fields_alone_neither_files_nor_json(
    world: World, people: dict[str, Browser], monkeypatch: pytest.MonkeyPatch, is_sample: bool
) -> None:
    """An act is sent the ones, the next act the other; in the soak, both."""
    before, wrong = tables.photo(), []
    for n, act in enumerate(acts(world, people, monkeypatch)):
        browser = people[act.role]
        token = browser.token or browser._token()
        headers = {"Origin": "http://localhost", "X-CSRFToken": token}
        files = {name: (BytesIO(b"x"), "x.txt") for name in act.fields}
        ways: list[dict[str, Any]] = [{"data": files | {"csrf_token": token}}, {"json": dict.fromkeys(act.fields, 5)}]
        for way in ways[n % 2 :: 2] if is_sample else ways:
            code = browser.post_raw(act.path, headers=headers, **way).status_code
            wrong += [f"{act.row.rule}: {code} to {way.keys()}"] if code >= 500 else []
        tables.restore(before)
    assert not wrong, "\n".join(wrong)


def try_field(act: Act, people: dict[str, Browser], before: tables.Photo, name: str, payload: str) -> list[str]:
    answer = act.do(people, **{name: payload})
    place = f"{act.row.rule} {name}={payload[:80]!r}: {answer.status_code}"
    wrong = [place] if answer.status_code >= 500 or leads_away(answer) else []
    if answer.status_code >= 400:
        return wrong + ([f"{place} echoed"] if echoes(answer, payload) else [])
    # What keeps nothing of the value leads to the page that the act always leads to.
    if answer.status_code == 303 and cells_written(before, tables.photo()) != act.effect[1]:
        page = people[act.role].get(answer.headers["Location"])
        wrong += [f"{place} then {page.status_code}"] if page.status_code >= 500 or echoes(page, payload) else []
    more = {
        "organisations",
        "tags",
        "slugs",
        "versions",
        "idea_communities",
        "idea_issues",
        "idea_tags",
        "idea_territories",
        "attempts",
        "outbox",
        "accesses",
        "facts",
    }
    # What fills the trap waits for the team.
    more |= {"held_revisions"} if name == "website" else set()
    more |= {"users"} if "account" in act.row.rule else set()
    now = tables.photo()
    wrong += [
        f"{place} changes {table}"
        for table in tables.changed_tables(before, now)
        - set(act.row.changes.split())
        - more
        - tables.tables_read(before, now)
    ]
    tables.restore(before)
    return wrong


def test_no_header_is_more_than_a_value(world: World, people: dict[str, Browser], draw: Draw) -> None:
    before, wrong, browser = tables.photo(), [], people["member"]
    for path in ("/", "/ideas", "/login", "/nowhere", f"/ideas/{world.ideas['published'].id}"):
        for name in NAMES:
            for payload in draw(1):
                if any(sign in payload for sign in "\r\n\x00") or not payload.isascii() or len(payload) > 8000:
                    continue
                answer = browser.get(path, headers={name: payload})
                if answer.status_code >= 500 or leads_away(answer):
                    wrong.append(f"{path} {name}: {payload[:80]!r}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert tables.differences(before, tables.photo()) == set()


def test_a_cookie_is_only_what_we_signed(world: World, visitor: Browser, draw: Draw) -> None:
    for name in ("session", "lang", "theme", "remember_token", "__Host-session"):
        for payload in draw(5):
            if payload.isascii() and payload.isprintable() and len(payload) < 4000:
                visitor.set_cookie(name, payload)
                assert visitor.get("/ideas").status_code == 200, (name, payload)
                visitor.delete_cookie(name)

"""Every unsafe route refuses what did not come from a page of ours, and changes nothing by it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core.db import db
from app.web import nouns
from tests.matrix import Row
from tests.support import tables
from tests.support.browser import Browser
from tests.support.house import site
from tests.support.world import World
from tests.test_routes import TABLE, address

HOME = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
FOREIGN = (
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://localhost.evil.example"},
    {"Origin": "http://evil-localhost"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
)
# What anybody may choose without a session, by a press on our own pages: it sets a cookie of one word.
WITHOUT_TOKEN = {"POST /language", "POST /theme"}
# The link of a mail: its signature is the proof, whoever sends it.
SIGNED = {"POST /unsubscribe/<token>"}
REFUSED = {400, 401, 403, 405, 415}
ACTS = {row.rule: row for row in TABLE if row.method == "POST" and "404 *" != row.answers and row.rule not in SIGNED}


@pytest.fixture
def acts(world: World, sign_in: Callable[[Any], Browser]) -> list[tuple[Row, str, int]]:
    """Every act, on a thing in a state where somebody may do it."""
    sign_in(world.people["member"])
    return [
        (row, address(world, row, (row.states.split() or [""])[0]), world.people["coordinator"].id)
        for row in ACTS.values()
    ]


@pytest.fixture
def boss(app: Any, acts: Any, sign_in: Callable[[Any], Browser]) -> Browser:
    return sign_in(db.session.get_one(User, acts[0][2]))


def forge_some(browser: Browser, others: str, row: Row, path: str, part: slice) -> dict[str, Any]:
    """Send an act in some of the ways that a page of somebody else could; the valid token apart, nothing differs."""
    token = browser.token
    ways: dict[str, dict[str, Any]] = {
        "no token": {"data": row.data, "headers": HOME},
        "an empty token": {"data": row.data | {"csrf_token": ""}, "headers": HOME},
        "a stale token": {
            "data": row.data | {"csrf_token": "ImFiY2Qi.Z0000A.Qm9ndXNTaWduYXR1cmVPZlRoZVJpZ2h0TGVu"},
            "headers": HOME,
        },
        "the token of another session": {"data": row.data | {"csrf_token": others}, "headers": HOME},
        "a token in the address": {"data": row.data, "query_string": {"csrf_token": token}, "headers": HOME},
        "a JSON body": {"json": row.data | {"csrf_token": token}, "headers": HOME},
        "a body of plain text": {
            "data": "&".join(f"{k}={v}" for k, v in (row.data | {"csrf_token": token}).items()),
            "content_type": "text/plain",
            "headers": HOME,
        },
        **{f"from {headers}": {"data": row.data | {"csrf_token": token}, "headers": headers} for headers in FOREIGN},
    }
    return {way: browser.post_raw(path, **ways[way]).status_code for way in list(ways)[part]}


def test_a_site_whose_name_has_accents_takes_the_forms_of_its_own_pages_alone(tmp_path: Path) -> None:
    home = "http://xn--fort-ipa.test"
    with site(tmp_path, SITE_URL="http://Forêt.test") as app:
        browser = Browser(app)
        browser.get("/login", base_url=home)
        data = {"csrf_token": browser.token, "email": "ana@example.org", "password": "une longue phrase"}
        for headers, status in (
            ({"Origin": home, "Sec-Fetch-Site": "same-origin"}, 422),
            ({"Origin": home}, 422),
            ({"Origin": "http://foret.test"}, 400),
        ):
            assert browser.post_raw("/login", base_url=home, data=data, headers=headers).status_code == status, headers


@pytest.mark.one_engine
@pytest.mark.parametrize("one_in", [pytest.param(4, id="sample"), pytest.param(1, id="all", marks=pytest.mark.soak)])
def test_every_act_refuses_what_is_forged(acts: Any, boss: Browser, visitor: Browser, one_in: int) -> None:
    """Each act is tried in some of the ways, the next act in others; in the soak, in all."""
    others, before = visitor._token(), tables.photo()
    boss.token = boss._token()
    cookies, wrong = dict(boss._cookies), []
    for n, (row, path, _id) in enumerate(acts):
        codes = forge_some(boss, others, row, path, slice(n % one_in, None, one_in))
        boss._cookies = dict(cookies)
        wrong += [
            f"{row.rule}: {code} to {way}"
            for way, code in codes.items()
            if code not in REFUSED and not (row.rule in WITHOUT_TOKEN and not way.startswith("from"))
        ]
    assert not wrong, "\n".join(wrong)
    assert tables.differences(before, tables.photo()) == set()


@pytest.mark.one_engine
def test_no_act_is_done_by_a_reading(acts: Any, boss: Browser, is_sample: bool) -> None:
    """Acts are asked for by one of the two methods in turn; in the soak, by both."""
    before = tables.photo()
    for n, (row, path, _id) in enumerate(acts):
        for method in ("GET", "HEAD")[n % 2 :: 2] if is_sample else ("GET", "HEAD"):
            answer = boss.open(path, method=method, query_string=row.data, headers=HOME)
            assert answer.status_code < 500, (row.rule, method)
    assert tables.differences(before, tables.photo()) == set()


def test_what_takes_no_token_is_named_in_one_place(app: Any) -> None:
    rules = {
        f"POST {rule.rule}"
        for rule in app.url_map.iter_rules()
        if app.view_functions[rule.endpoint] in nouns.WITHOUT_TOKEN
    }
    assert rules == WITHOUT_TOKEN | SIGNED
    exempt = app.extensions["csrf"]._exempt_views | app.extensions["csrf"]._exempt_blueprints
    assert exempt == {f"{view.__module__}.{view.__name__}" for view in nouns.WITHOUT_TOKEN}


def test_signing_in_is_not_forged_either(make: Any, visitor: Browser) -> None:
    make.user(email="moi@example.org")
    data = {"email": "moi@example.org", "password": "une phrase de passe correcte", "csrf_token": visitor._token()}
    for headers in FOREIGN:
        assert visitor.post_raw("/login", data=data, headers=headers).status_code in REFUSED
    tokenless = {name: value for name, value in data.items() if name != "csrf_token"}
    assert visitor.post_raw("/login", data=tokenless, headers=HOME).status_code in REFUSED
    assert visitor.post_raw("/login", data=data, headers=HOME).status_code == 303


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "https://localhost"},
        {"Origin": "https://localhost:8443"},
    ],
)
def test_a_browser_that_says_little_is_served_over_https_too(
    make: Any, visitor: Browser, headers: dict[str, str]
) -> None:
    """Pages that hold a token send no referrer: what they post has none either."""
    make.user(email="moi@example.org")
    visitor.get("/login", base_url="https://localhost")
    data = {"email": "moi@example.org", "password": "une phrase de passe correcte", "csrf_token": visitor.token}
    assert visitor.post_raw("/login", data=data, headers=headers, base_url="https://localhost").status_code == 303

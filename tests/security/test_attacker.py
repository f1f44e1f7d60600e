"""What a patient attacker tries by hand: limits, cookies, hosts, costs and dates at the edge."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts import trust
from tests.support.accounts import enforce_limits
from tests.support.browser import Browser
from tests.support.mail import Outbox
from tests.support.make import Make
from tests.support.world import HERE

TYPED = {"kind": "need", "body": "Un texte comme un autre.", "community": "1", "lang": "fr"}
SLOW = (
    "*a_ " * 90_000,
    "[" * 150_000,
    "> " * 100_000,
    "`" * 150_000,
    "![](" * 60_000,
    "<" * 150_000,
    "- " * 100_000,
    "|a" * 100_000,
)


def test_drafts_are_no_way_around_the_limit_of_ideas(
    app: Flask, make: Make, sign_in: Callable[[Any], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(trust.ALONE, "idea", trust.Pace(100, timedelta(minutes=10)))
    person = make.user()
    browser, drafts = sign_in(person), [make.idea(person, status="draft") for _n in range(30)]
    paths = [f"/ideas/{draft.id}/publication" for draft in drafts[:15]] + [
        f"/ideas/{draft.id}/edit" for draft in drafts[15:]
    ]
    browser.token = browser._token()
    with enforce_limits(app):
        codes = [
            browser.forge(path, data=TYPED | {"title": f"Un titre assez long, {n}"}).status_code
            for n, path in enumerate(paths)
        ]
        codes += [browser.forge("/ideas/new", data=TYPED | {"title": "Un titre assez long"}).status_code]
    assert codes == [303] * 20 + [429] * 11


def test_correcting_what_is_public_does_not_count_as_posting(
    app: Flask, make: Make, sign_in: Callable[[Any], Browser]
) -> None:
    person = make.user()
    browser, idea = sign_in(person), make.idea(person)
    with enforce_limits(app):
        codes = {
            browser.submit(f"/ideas/{idea.id}/edit", "main form", title=f"Un titre assez long, {n}").status_code
            for n in range(12)
        }
    assert codes == {303}


@pytest.mark.one_engine
@pytest.mark.parametrize("body", SLOW)
@pytest.mark.parametrize("path", ["/ideas/new", "/ideas/preview"])
def test_a_preview_of_too_long_a_text_is_not_rendered(path: str, body: str, member: Browser) -> None:
    member.token = member._token()
    start = time.process_time()
    name = "text" if path.endswith("preview") else "body"
    answer = member.forge(path, data={"act": "preview", name: body, "title": "Un titre assez long"})
    assert answer.status_code == 422 and time.process_time() - start < 2


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("9999-12-31", 303),
        ("0001-01-01", 422),
        ("10000-01-01", 422),
        ("2026-02-30", 422),
        ("-1", 422),
        ("9999-13-01", 422),
    ],
)
def test_a_day_at_the_end_of_the_calendar_breaks_nothing(
    make: Make, sign_in: Callable[[Any], Browser], day: str, code: int
) -> None:
    browser, person = sign_in(make.user(role="coordinator")), make.user()
    path = f"/communities/{HERE}/facilitators"
    assert browser.submit(path, "form.form", email=person.email, expires_on=day).status_code == code
    assert browser.get(path).status_code == 200


@pytest.mark.one_engine
@pytest.mark.parametrize("path", ["/login", "/?lang=en&theme=dark", "/ideas/new", "/account"])
def test_no_cookie_is_read_by_a_script_or_sent_from_elsewhere(
    make: Make, sign_in: Callable[[Any], Browser], visitor: Browser, path: str
) -> None:
    for browser in (visitor, sign_in(make.user())):
        cookies = browser.get(path, base_url="https://localhost").headers.getlist("Set-Cookie")
        assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Domain" not in cookie for cookie in cookies)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example"},
        {"X-Original-Host": "evil.example"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"},
        {"Host": "evil.example"},
        {"Host": "localhost@evil.example"},
    ],
)
def test_the_link_of_a_mail_leads_to_the_site_whatever_the_request_says(
    make: Make, visitor: Browser, outbox: Outbox, headers: dict[str, str]
) -> None:
    make.user(email="moi@example.org")
    for path in ("/forgot", "/confirm"):
        visitor.forge(path, email="moi@example.org", headers=headers)
    assert all("http://localhost/" in mail.text and "evil" not in mail.text + mail.html for mail in outbox)
    assert bool(len(outbox)) == ("evil" not in headers.get("Host", ""))


@pytest.mark.parametrize(
    "path",
    [
        "/account",
        "/account/sessions",
        "/account/profile",
        "/account/contributions",
        "/ideas/new",
        "/",
        "/ideas",
        "/nowhere",
    ],
)
def test_nothing_that_was_made_for_one_person_may_be_kept_by_others(
    make: Make, sign_in: Callable[[Any], Browser], path: str
) -> None:
    headers = sign_in(make.user()).get(path).headers
    assert {"no-store", "private"} & set(headers["Cache-Control"].replace(" ", "").split(","))
    assert "public" not in headers["Cache-Control"] and "Cookie" in headers["Vary"]


def test_a_session_of_somebody_else_is_of_no_use(
    make: Make, sign_in: Callable[[Any], Browser], new_browser: Callable[[], Browser]
) -> None:
    """A cookie that was changed by one sign, or signed with another key, signs nobody in."""
    browser, thief = sign_in(make.user()), new_browser()
    cookie = browser.get_cookie("session")
    assert cookie is not None
    for value in (
        cookie.value[:-1],
        cookie.value[:-9] + ("A" if cookie.value[-9] != "A" else "B") + cookie.value[-8:],
        cookie.value.split(".")[0],
        "e30.Z0.x",
        cookie.value.lower(),
        cookie.value + cookie.value,
    ):
        thief.set_cookie("session", value)
        assert thief.get("/account").status_code == 303
    thief.set_cookie("session", cookie.value)
    assert thief.get("/account").status_code == 200


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("path", "more", "code"),
    [
        ("/ideas/{}/comments", {"body": "Un mot.", "parent_id": "9" * 400}, 422),
        ("/ideas/{}/comments", {"body": "Un mot.", "parent_id": "0"}, 422),
        ("/ideas/{}/comments", {"body": "Un mot.", "form_key": "\x00"}, 303),
        ("/ideas/autosave", TYPED | {"form_key": "a\x00b"}, 200),
        ("/ideas/new", TYPED | {"title": "Un titre assez long", "issues": "\t\n"}, 303),
        ("/ideas/new", TYPED | {"title": "Un titre assez long", "territories": "0"}, 422),
    ],
)
def test_what_once_broke_a_form_is_taken_or_refused(
    make: Make, sign_in: Callable[[Any], Browser], path: str, more: dict[str, str], code: int
) -> None:
    browser, idea = sign_in(make.user()), make.idea()
    assert browser.forge(path.format(idea.id), data=more).status_code == code

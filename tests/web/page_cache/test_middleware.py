"""A page of the public is kept until something changes, for those who ask alike, and for nobody who is known."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.events.calendar_addresses import hash_token
from app.events.models.registrations import CalendarAddress
from app.web.page_cache.middleware import PageCache
from tests.events.coming import come, new_event
from tests.events.stored import event_in
from tests.support import outages
from tests.support.accounts import enter
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.make import Make
from tests.web.page_cache import page_caches


def asked(page_cache: PageCache) -> tuple[int, int]:
    """Return how many requests found their page, and how many did not."""
    return page_cache.pages.hits, page_cache.pages.misses


def test_a_page_is_rendered_once_until_something_changes(
    make: Make, page_cache: PageCache, reader: Browser, count_queries: Any
) -> None:
    make.idea(title="La première")
    assert "La première" in reader.get("/ideas").words
    with count_queries() as statements:
        assert "La première" in reader.get("/ideas").words
    assert (statements, asked(page_cache)) == ([], (1, 1))
    make.idea(title="La deuxième")
    assert "La deuxième" in reader.get("/ideas").words and asked(page_cache) == (1, 2)


@pytest.mark.parametrize("path", ["/events", "/events?month=2027-02", "/events.ics", "/events.atom"])
def test_a_list_of_meetings_is_kept_until_one_of_them_changes(
    make: Make, page_cache: PageCache, reader: Browser, count_queries: Any, clock: Clock, path: str
) -> None:
    clock.at("2027-02-01T12:00-05:00")
    event_in(make, title="La première rencontre")
    reader.get(path)
    with count_queries() as statements:
        assert "La première rencontre" in reader.get(path).text
    assert (statements, asked(page_cache)) == ([], (1, 1))
    event_in(make, title="La deuxième rencontre")
    assert "La deuxième rencontre" in reader.get(path).text and asked(page_cache) == (1, 2)


def test_the_page_of_a_meeting_is_kept_until_somebody_comes(
    make: Make, page_cache: PageCache, reader: Browser, count_queries: Any
) -> None:
    event = new_event(make, capacity_in_person=2, mode="in_person")
    path = f"/events/{event.id}"
    assert "2 places libres" in reader.get(path).words.replace("\xa0", " ")
    with count_queries() as statements:
        assert reader.get(path).status_code == 200
    assert (statements, asked(page_cache)) == ([], (1, 1))
    come(make, event)
    assert "1 place libre" in reader.get(path).words.replace("\xa0", " ")
    assert asked(page_cache) == (1, 2)


def test_ones_own_calendar_is_not_kept_and_says_whether_it_has_changed(
    make: Make, page_cache: PageCache, reader: Browser
) -> None:
    make.add(CalendarAddress(user_id=make.user().id, token_hash=hash_token("jeton")))
    first = reader.get("/events/own/jeton.ics")
    again = reader.get("/events/own/jeton.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data, len(page_cache.pages)) == (200, 304, b"", 0)


def test_what_no_reader_sees_leaves_the_pages_kept(
    make: Make, page_cache: PageCache, reader: Browser, sign_in: Any
) -> None:
    idea = make.idea()
    reader.get("/ideas")
    user = make.user()
    browser = sign_in(user)
    sign_in(user)
    reader.get("/ideas")
    before = asked(page_cache)
    browser.get("/notifications")
    browser.submit("/account/sessions", "main form[action$='/revocation']:not([action='/account/sessions/revocation'])")
    reader.get("/ideas")
    assert asked(page_cache) == (before[0] + 1, before[1]) and idea.id


def test_a_browser_that_an_account_knows_is_given_cached_pages_once_it_left(
    make: Make, page_cache: PageCache, app: Flask
) -> None:
    email, browser = make.user().email, page_caches.browse(app, page_cache)
    make.idea(title="La première")
    enter(browser, email)
    browser.submit("/account", 'form[action="/logout"]')
    browser.get("/")  # Shows what was said at the end of the session.
    assert browser.get_cookie("known", path="/login") is not None
    browser.get("/ideas")
    before = asked(page_cache)
    assert "La première" in browser.get("/ideas").words and asked(page_cache) == (before[0] + 1, before[1])


@pytest.mark.both_engines
def test_while_the_database_is_away_the_application_answers_and_afterwards_the_cache_again(
    app: Flask, make: Make, page_cache: PageCache, reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("app.core.readers.REST", 0)
    monkeypatch.setattr("app.core.readers.LOOK", 0)
    make.idea(title="La première")
    reader.get("/ideas")
    with outages.away():
        assert reader.get("/ideas").status_code == 503
        assert page_cache.read() is None
    db.session.rollback()
    assert page_cache.read() is not None
    assert "La première" in reader.get("/ideas").words


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "session=x"},
        {"Cookie": "lang=fr; _ga=1"},
        {"Cookie": "a" * 3000},
        {"Authorization": "Basic eDp5"},
        {"Authentication-Token": "x"},
        {"Range": "bytes=0-10"},
        {"If-Match": "*"},
        {"Accept-Language": "fr," * 200},
        {"Accept-Encoding": "br," * 200},
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": ""},
    ],
)
def test_a_request_that_is_not_plain_is_the_applications(
    app: Flask, page_cache: PageCache, headers: dict[str, str]
) -> None:
    reader = page_caches.browse(app, page_cache, use_cookies=False)
    reader.get("/about")
    before = asked(page_cache)
    answers = [browser.get("/about", headers=headers) for browser in (reader, Browser(app, use_cookies=False))]
    assert page_caches.whole(answers[0]) == page_caches.whole(answers[1])
    assert asked(page_cache) == before and len(page_cache.pages) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/login",
        "/register",
        "/forgot",
        "/nothing",
        "/ideas?kind=x",
        "/healthz",
        "/robots.txt",
        "/readyz",
        "/journal.jsonl",
        "/account",
        "/static/x.css",
        f"/ideas?q={'a' * 2000}",
    ],
)
def test_what_is_one_persons_no_page_or_too_long_is_not_kept(page_cache: PageCache, reader: Browser, path: str) -> None:
    reader.get(path)
    assert len(page_cache.pages) == 0


def test_an_act_goes_through_and_its_message_is_shown_to_one_reader_alone(
    make: Make, page_cache: PageCache, reader: Browser, new_browser: Any, app: Flask
) -> None:
    reader.submit("/about", "footer form", button="dark")
    assert reader.get("/about").soup.html["data-theme"] == "dark"
    assert "data-theme" not in page_caches.browse(app, page_cache).get("/about").soup.html.attrs


def test_whoever_signed_in_never_gets_nor_leaves_a_cached_page(
    app: Flask, make: Make, page_cache: PageCache, reader: Browser, sign_in: Any
) -> None:
    reader.get("/ideas")
    member = sign_in(make.user(name="Zoé Élan"))
    known = page_caches.browse(app, page_cache)
    known._cookies.update(member._cookies)
    assert "Zoé Élan" in known.get("/ideas").words
    assert "Zoé Élan" not in reader.get("/ideas").words and len(page_cache.pages) == 1


def test_language_theme_coding_host_and_fragment_each_have_a_page_of_their_own(
    app: Flask, page_cache: PageCache
) -> None:
    reader = page_caches.browse(app, page_cache, use_cookies=False)
    for _time in range(2):
        for path, headers in (
            ("/ideas", {}),
            ("/ideas?lang=en", {}),
            ("/ideas", {"Accept-Language": "en"}),
            ("/ideas", {"Cookie": "theme=dark"}),
            ("/ideas", {"Accept-Encoding": "br"}),
            ("/ideas", {"Accept-Encoding": "gzip"}),
            ("/ideas", {"HX-Request": "true"}),
            ("/ideas", {"Host": "localhost:8000"}),
        ):
            reader.get(path, headers=headers)
    assert (len(page_cache.pages), asked(page_cache)) == (8, (8, 8))


def test_what_changes_with_the_clock_alone_is_a_minute_old_at_most(
    page_cache: PageCache, reader: Browser, clock: Clock
) -> None:
    reader.get("/about")
    clock.forward(seconds=29)
    reader.get("/about")
    assert asked(page_cache) == (1, 1)
    clock.forward(seconds=2)
    reader.get("/about")
    assert asked(page_cache) == (1, 2)


def test_addresses_that_nobody_wrote_do_not_fill_the_memory(
    make_page_cache: Callable[..., PageCache], app: Flask
) -> None:
    page_cache = make_page_cache(megabytes=0.3)
    reader = page_caches.browse(app, page_cache)
    for n in range(60):
        reader.get(f"/about?utm={n}")
    assert 3 < len(page_cache.pages) < 60 and page_cache.pages.size <= page_cache.pages.most
    reader.get("/about?utm=59")
    assert page_cache.pages.hits == 1


def test_a_page_that_would_take_much_of_the_memory_is_not_kept(
    make_page_cache: Callable[..., PageCache], app: Flask
) -> None:
    page_cache = make_page_cache(megabytes=0.1)
    assert page_caches.browse(app, page_cache).get("/about").status_code == 200
    assert len(page_cache.pages) == 0


def test_an_address_that_asks_too_often_is_told_so(make_page_cache: Callable[..., PageCache], app: Flask) -> None:
    reader = page_caches.browse(app, make_page_cache(requests=3))

    def codes(path: str, times: int, ip: str = "10.0.0.1") -> list[int]:
        return [reader.get(path, environ_base={"REMOTE_ADDR": ip}).status_code for _n in range(times)]

    assert codes("/about", 4) == [200, 200, 200, 429] and codes("/privacy", 1) == [200]
    assert codes("/about", 1, "10.0.0.2") == [200]
    page = reader.get("/about", environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert "depuis votre adresse réseau" in page.words and page.headers["Retry-After"] == "60"


def test_the_counts_of_addresses_are_forgotten_before_they_fill_the_memory(
    make_page_cache: Callable[..., PageCache], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.page_cache.flood_guard.MOST_PAIRS", 2)
    guard = make_page_cache(requests=1).guard
    assert [guard.count(f"address:{n}", "site.about") for n in (1, 2, 3, 1)] == [False] * 4

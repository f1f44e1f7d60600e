"""An answer is the same with the page cache and without, byte for byte: with its headers, without a body, compressed.

The crawl asks it for every page as every reader.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.web.frame import compression
from app.web.page_cache.middleware import PageCache
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.square import EMPTY, read_by_all, read_by_programs
from tests.support.world import World
from tests.web.page_cache import page_caches

# The pages that hold a token, which is another one each time.
FORMS = re.compile(r"/(login|register|forgot|confirm|events/\d+/(registration|me/[^/]+(/erasure)?)|forums/\d+/pass)")


def differences(app: Flask, page_cache: PageCache, paths: list[str], **headers: str) -> list[str]:
    """Name the answers that the page cache gives otherwise: rendered for it, kept, without a body, to whoever has it."""
    plain, reader = (Browser(app, use_cookies=False), page_caches.browse(app, page_cache, use_cookies=False))
    wrong = []
    for path in paths:
        whole = page_caches.whole(plain.get(path, headers=headers))
        tag = dict(whole[1]).get("ETag", '"none"')
        wrong += [f"GET {path}" for _time in range(2) if page_caches.whole(reader.get(path, headers=headers)) != whole]
        for method, more in (("HEAD", {}), ("GET", {"If-None-Match": tag})):
            answers = [browser.open(path, method=method, headers=headers | more) for browser in (plain, reader)]
            wrong += [f"{method} {path} {more}"] * (page_caches.whole(answers[0]) != page_caches.whole(answers[1]))
    return wrong


@pytest.fixture
def addresses(full_square: World) -> list[str]:
    pages = [path for path in read_by_all(full_square) if not FORMS.fullmatch(path)]
    return [*pages, *read_by_programs(full_square), "/healthz", "/account", "/nothing"]


@pytest.mark.parametrize("coding", ["", "br", "gzip"])
def test_every_page_of_the_public_is_the_same_in_english_and_compressed(
    app: Flask, addresses: list[str], page_cache: PageCache, coding: str
) -> None:
    every = {"": 2, "br": 3, "gzip": 8}[coding]
    assert (
        differences(app, page_cache, addresses[::every], **{"Accept-Language": "en", "Accept-Encoding": coding}) == []
    )
    assert page_cache.pages.hits > len(addresses) // every


def test_no_page_of_the_public_without_a_form_sets_a_cookie(
    addresses: list[str], new_browser: Callable[[], Browser]
) -> None:
    assert [path for path in addresses[::2] if "Set-Cookie" in new_browser().get(path).headers] == []


@pytest.mark.parametrize("tags", ["*", '"x"', '"x", {tag}', "{tag}", "{strong}", "x", "", '{tag}, "x'])
def test_whoever_has_the_page_is_told_so_alike(
    app: Flask, page_cache: PageCache, visitor: Browser, reader: Browser, tags: str
) -> None:
    tag = visitor.get("/about").headers["ETag"]
    headers = {"If-None-Match": tags.format(tag=tag, strong=tag.removeprefix("W/"))}
    answers = [page_caches.whole(browser.get("/about", headers=headers)) for browser in (visitor, reader, reader)]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == (304 if "tag" in tags or "strong" in tags or tags == "*" else 200)
    assert (len(page_cache.pages) == 1 and "Content-Length" not in dict(answers[0][1])) or answers[0][0] == 200


def test_a_site_without_contents_is_the_same(app: Flask, page_cache: PageCache) -> None:
    assert differences(app, page_cache, EMPTY["anyone"]) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
        {"Accept-Encoding": "br;q=0"},
        {"Accept-Encoding": "br;q=0, *"},
        {"Accept-Encoding": "identity;q=0"},
        {"Accept-Encoding": "\xff"},
        {"Cookie": "lang=de; lang=en"},
        {"Cookie": "lang=en; lang=fr; theme=pink"},
        {"Cookie": "lang=\xe9"},
        {"Cookie": ";;=;"},
        {"Accept-Language": "de, en;q=0.1"},
        {"Accept-Language": "*"},
        {"Accept": "application/json"},
        {"HX-Request": "TRUE"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
)
def test_what_is_odd_in_a_request_is_read_alike(
    app: Flask, make: Make, page_cache: PageCache, headers: dict[str, str]
) -> None:
    idea = make.idea()
    paths = [
        "/",
        "/ideas?lang=en",
        "/ideas?lang=fr&lang=en",
        "/ideas?l%61ng=en",
        "/ideas?q=%00",
        "/%69deas",
        "//ideas",
        "/ideas/",
        "/ideas?",
        f"/ideas/{idea.id}",
        f"/ideas/{idea.id}-autre",
        f"/ideas/{idea.id}-{idea.slug}",
        "/about?auth_token=x",
    ]
    assert differences(app, page_cache, paths, **headers) == []


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("*", "br"),
        ("br;q=0", ""),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("identity, br;q=0.5", ""),
        ("identity;q=0.5, br", "br"),
        ("BR", "br"),
        ("deflate", ""),
        ("br;q=x", ""),
        ("gzip;q=0, br;q=0", ""),
        ("identity, br", "br"),
    ],
)
def test_an_answer_is_compressed_as_it_may_be(visitor: Browser, header: str, coding: str) -> None:
    assert compression.choose(header) == coding
    assert visitor.get("/about", headers={"Accept-Encoding": header}).headers.get("Content-Encoding", "") == coding


def test_a_page_of_somebody_signed_in_has_no_tag(
    make: Make, sign_in: Callable[[Any], Browser], visitor: Browser
) -> None:
    assert visitor.get("/about").headers["ETag"].startswith('W/"')
    for browser, path in ((sign_in(make.user()), "/about"), (visitor, "/login"), (visitor, "/nothing")):
        assert "ETag" not in browser.get(path).headers

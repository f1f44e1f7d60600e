"""The crawl: every reader is given every page of a full square, then one page of each kind that links lead to."""

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from urllib.parse import urlencode, urljoin, urlsplit

import time_machine
from bs4 import BeautifulSoup
from sqlalchemy import Engine

from app.core.db import db
from app.web.page_cache.middleware import PageCache
from tests.crawl.canaries import build, starts
from tests.support import forms, plans, signing, square, without_cache
from tests.support.browser import Browser
from tests.support.house import House
from tests.support.link_walk import walk
from tests.support.make import Make
from tests.support.world import World
from tests.web.page_cache import page_caches

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINK = re.compile(r'<(?:a|area|link rel="alternate")\b[^>]*\bhref="([^"]+)"')
GET_FORM = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*>.*?</form>', re.DOTALL)


@dataclass(frozen=True)
class Page:
    """What a reader was given at an address, and the SQL that was sent for it.

    `kept` and `anew` are the lasting words of the page when it is asked for again: as it is kept, and with nothing kept.
    `english` is the page in English. They are empty where only links led to the page.
    """

    reader: str
    path: str
    status: int
    is_page: bool
    head: str
    text: str
    moved_to: str
    sent: tuple[plans.Sent, ...]
    kept: bytes
    anew: bytes
    english: str

    def __str__(self) -> str:
        return f"{self.path} ({self.reader})"

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")

    @property
    def is_listed(self) -> bool:
        return bool(self.kept)

    @property
    def is_shown(self) -> bool:
        return self.status == 200 and self.is_page

    @cached_property
    def ways(self) -> list[str]:
        """The addresses of this site that its links, and its forms that ask for a page, lead to."""
        found = [html.unescape(one) for one in LINK.findall(self.text)]
        for form in (BeautifulSoup(one, "html.parser") for one in GET_FORM.findall(self.text)):
            values = {name: value for name, value in forms.initial_values(form.form, form, None).items() if value}
            found.append(f"{form.form.get('action') or self.path}?{urlencode(values, doseq=True)}")
        return list(dict.fromkeys(filter(None, (self._within(one) for one in found))))

    def _within(self, address: str) -> str:
        """Return an address of this site; "" for another, for what chooses a language or a theme, and for a file."""
        place = urlsplit(urljoin(f"http://localhost{self.path}", address))
        is_other = place.netloc != "localhost" or "theme=" in place.query or "lang=" in place.query
        is_left = is_other or place.path.startswith(("/static", "/logout"))
        return "" if is_left else f"{place.path}?{place.query}".rstrip("?")

    def leads(self) -> list[str]:
        """Return where its reader goes from here: where it sends them, or where its links lead."""
        return self.ways if self.status == 200 else [self.moved_to] * bool(self.moved_to)


@cache
def crawl(house: House, roles: tuple[str, ...] = tuple(square.READERS)) -> list[Page]:
    """Build the square on an engine and read all of it as these people, once in a run.

    The public reads first and last: what is kept may go from anybody to anybody.
    """
    with square_of(house, roles) as (world, page_cache, browsers):
        pages = [page for role in (*roles, "anyone") for page in _read_all(house, world, browsers[role], role)]
        assert page_cache.pages.hits > 50, "nothing was given by the cache of pages"
    return pages


@contextmanager
def square_of(house: House, roles: tuple[str, ...]) -> Iterator[tuple[World, PageCache, dict[str, Browser]]]:
    """Build the square, at the same moment and with the same numbers on each engine; nothing lies there as it was written."""
    house.reset()
    # A page that fails answers 500, and is named as any other fault.
    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    with (
        house.app.app_context(),
        time_machine.travel(NOON, tick=False),
        page_caches.workers(house.app) as make_page_cache,
    ):
        world, page_cache = build(Make()), make_page_cache()
        browsers = {role: _open(house, page_cache, world, role) for role in roles}
        db.session.rollback()
        if house.engine == "postgresql":
            turn_over(db.engine)
        yield world, page_cache, browsers
        db.session.remove()
    house.put_settings_back()


def _open(house: House, page_cache: PageCache, world: World, role: str) -> Browser:
    browser = page_caches.browse(house.app, page_cache, use_cookies=role != "anyone")
    if role != "anyone":
        signing.enter(house.app, browser, world.people[role].id)
    return browser


def listed(world: World, role: str) -> list[str]:
    """Return the addresses of the pages of a reader, then of those of the public."""
    own = square.READERS[role](world) if role in square.READERS else []
    return list(dict.fromkeys([*own, *square.read_by_all(world)]))


def _read_all(house: House, world: World, browser: Browser, role: str) -> Iterator[Page]:
    named, others = listed(world, role), starts(world, role)
    with plans.record() as sent:
        for path, answer in walk(browser, list(dict.fromkeys([*named, *others]))):
            page = Page(
                role,
                path,
                answer.status_code,
                answer.mimetype == "text/html",
                str(answer.headers),
                answer.get_data().decode(errors="replace"),
                answer.headers.get("Location", "").removeprefix("http://localhost"),
                tuple(sent),
                *(_ask_again(house, browser, path) if path in named else (b"", b"", "")),
            )
            sent.clear()
            yield page


def _ask_again(house: House, browser: Browser, path: str) -> tuple[bytes, bytes, str]:
    again = without_cache.words(browser.get(path))[1]
    with _without_page_cache(house, browser):
        anew = without_cache.words(without_cache.anew(browser, path))[1]
    return again, anew, browser.get(f"{path}{'&' if '?' in path else '?'}lang=en").text


@contextmanager
def _without_page_cache(house: House, browser: Browser) -> Iterator[None]:
    worker, browser.application = browser.application, house.app
    yield
    browser.application = worker


def turn_over(engine: Engine) -> None:
    """Let the last row of each table lie first: what is not sorted comes in another order than it was written in."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table, rows in db.metadata.tables.items():
            columns = ", ".join(f'"{column.name}"' for column in rows.columns)
            for statement in (
                f"CREATE TEMP TABLE lying ON COMMIT DROP AS SELECT {columns} FROM {table} ORDER BY ctid DESC",
                f"DELETE FROM {table}",
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM lying",
                "DROP TABLE lying",
            ):
                connection.exec_driver_sql(statement)


def fail_on(found: Iterable[tuple[Page | str, object]]) -> None:
    """Fail with the faults that were found, each with its page and its reader."""
    wrong = sorted({f"{page}: {fault}" for page, fault in found})
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong[:40])

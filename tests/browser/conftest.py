"""Fixtures of the tests in a real browser: a server beside the test, on the same database, and pages to open."""

import threading
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect, sync_playwright
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server

from app.accounts.models.people import User
from app.core.db import db
from tests.browser import chromium as program
from tests.browser import screen
from tests.browser.served_application import Served
from tests.support import square
from tests.support.browser import Browser
from tests.support.house import House
from tests.support.world import World

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # The site opens in the process of the empty page that a context begins with, not in one more.
    "--renderer-process-limit=1",
    # Each page is there for a moment: compiling its scripts and axe for a long life costs more than it gives.
    "--js-flags=--no-opt,--no-maglev",
]
# What a page is waited for on a busy machine, in milliseconds.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The browser of this process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program.path(), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(house: House) -> Iterator[tuple[str, Served]]:
    """Serve the application of the tests; yield its address, and what opens it to requests."""
    served = Served(SharedDataMiddleware(house.app, screen.FILES))
    web_server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=web_server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web_server.server_port}", served
    web_server.shutdown()
    thread.join()
    web_server.server_close()


@pytest.fixture
def site(app: Flask, server: tuple[str, Served]) -> Iterator[str]:
    """Yield the address of the site, on a database in its reference state that no late request opens after."""
    address, served = server
    with served.open():
        yield address


@pytest.fixture
def page_for(
    site: str, chromium: Chromium, sign_in: Callable[[User], Browser]
) -> Iterator[Callable[..., screen.WatchedPage]]:
    """Open a page: page_for(user, lang="en", theme="dark", javascript=False, width=360, motion=True).

    Its addresses are paths: page.goto("/ideas"). The test fails on any error in the console, refusal of the policy,
    request to another host, or answer 500; `page.troubles` lists them, for a test that provokes one (clear it then).
    A page moves for those who do not mind: it scrolls little by little, which a test waits for when it asks for `motion`.
    """
    contexts = []

    def open_page(
        user: User | None = None,
        lang: str = "fr",
        theme: str = "light",
        javascript: bool = True,
        width: int = 1280,
        height: int = 800,
        motion: bool = False,
        **options: Any,
    ) -> screen.WatchedPage:
        context = chromium.new_context(
            base_url=site,
            locale=f"{lang}-CA",
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="no-preference" if motion else "reduce",
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            **options,
        )
        context.set_default_timeout(PATIENCE)
        cookies = {"lang": lang, "theme": theme}
        if user is not None:
            cookie = sign_in(user).get_cookie("session")
            assert cookie is not None
            cookies["session"] = cookie.value
        context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
        watch = screen.Watch(context, site.removeprefix("http://"))
        page = cast("screen.WatchedPage", context.new_page())
        page.troubles = watch.troubles
        contexts.append((context, watch))
        # What was read to open the page is over: the server writes beside us.
        db.session.rollback()
        return page

    yield open_page
    troubles = []
    for context, watch in contexts:
        context.close()
        troubles += watch.troubles
    assert troubles == []


@pytest.fixture
def readers(full_square: World) -> dict[str, tuple[User | None, list[str]]]:
    """Give the readers of the full square: by name, the person (None for the public) and the addresses of their pages."""
    return {reader: (full_square.people.get(reader), paths(full_square)) for reader, paths in square.READERS.items()}


@pytest.fixture
def axe() -> Callable[..., None]:
    """axe(page) fails with the accessibility violations of a page."""
    return screen.axe

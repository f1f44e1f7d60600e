"""The flood guard counts as its page says: by account for who is signed in, by network address for others."""

import pytest

from app import create_app
from app.core.db import db
from app.web.frame import flood_guard, pictures
from tests.support.browser import Browser
from tests.support.house import SETTINGS
from tests.support.signing import enter


@pytest.fixture
def guarded_app(app, monkeypatch, tmp_path):
    """The same site with its guard on, which lets three requests a minute through."""
    monkeypatch.setattr(flood_guard, "MOST", 3)
    site = create_app(
        **SETTINGS | {"RATELIMIT_ENABLED": True}, DATA_DIR=tmp_path, DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"]
    )
    yield site
    flood_guard.limiter.reset()
    flood_guard.limiter.enabled = False
    with site.app_context():
        db.engine.dispose()


@pytest.fixture
def at(guarded_app):
    """Open a browser at a network address, in which somebody may be signed in."""

    def open_browser(address, user_id=None):
        browser = Browser(guarded_app)
        browser.environ_base["REMOTE_ADDR"] = address
        if user_id:
            enter(guarded_app, browser, user_id)
        return browser

    return open_browser


def codes(*browsers, path="/about"):
    return [browser.get(path).status_code for browser in browsers]


@pytest.mark.one_engine
def test_who_is_signed_in_is_counted_by_account_and_others_by_address_and_the_page_says_which(guarded_app, at, make):
    member = make.user().id
    here, beside, there = at("10.0.0.1"), at("10.0.0.1"), at("10.0.0.2")
    assert codes(here, here, beside, beside) == [200, 200, 200, 429], "an address is shared"
    page = beside.get("/about")
    assert "depuis votre adresse réseau" in page.words and page.headers["Retry-After"] == "60"
    assert codes(there) == [200] and codes(here, path="/privacy") == [200], (
        "another address and another page are not stopped"
    )
    mine, elsewhere = at("10.0.0.1", member), at("10.0.0.9", member)
    assert codes(mine, mine, elsewhere, elsewhere) == [200, 200, 200, 429], "an account is one, wherever it is"
    assert "avec votre compte" in elsewhere.get("/about").words
    assert codes(at("10.0.0.1", make.user().id)) == [200], "another account at the same address is counted apart"


@pytest.mark.one_engine
def test_a_network_of_ipv6_is_one_address_to_the_guard(at):
    assert codes(*(at(f"2001:db8:1:1::{n}") for n in (1, 2, 3, 4)), at("2001:db8:1:2::1")) == [200, 200, 200, 429, 200]


@pytest.mark.one_engine
def test_pictures_are_counted_apart_since_each_is_painted(at):
    browser = at("198.51.100.7")
    codes = [browser.get("/picture.png").status_code for _time in range(int(pictures.LIMIT.split()[0]) + 1)]
    assert set(codes[:-1]) == {200} and codes[-1] == 429

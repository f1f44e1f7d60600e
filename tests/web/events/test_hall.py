"""A hall shares one network address: what is refused anywhere else past a number is served there, up to its places."""

import pytest

from app import create_app
from app.accounts import limits
from app.core import keys
from app.core.db import db
from app.events import halls
from app.web.frame import flood_guard, hall
from app.web.frame.network import key_of_ip
from tests.support.accounts import allow, at, enforce_limits, enter, register
from tests.support.browser import Browser
from tests.support.door import meeting
from tests.support.house import SETTINGS
from tests.support.make import PASSWORD
from tests.support.signing import enter as sign_in_there

HERE, THERE = "192.0.2.7", "198.51.100.7"


@pytest.fixture
def declare(app, make):
    """Say that an address is that of a hall, of so many places."""

    def act(address, places=2, **columns):
        event = meeting(make, capacity_in_person=places, **columns)
        with limits.count_nothing(keys.get_keys(app.config)):
            halls.declare(make.actor(role="coordinator"), event, key_of_ip(address))
        return event

    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(halls, "UNSAID", 1)
    yield act
    monkeypatch.undo()


@pytest.fixture
def site(app, monkeypatch, tmp_path):
    """The same site with its guard on: three requests a minute, and two for each place of a hall."""
    monkeypatch.setattr(flood_guard, "MOST", 3)
    monkeypatch.setattr(hall, "PAGES", 2)
    settings = SETTINGS | {"RATELIMIT_ENABLED": True, "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"]}
    made = create_app(**settings, DATA_DIR=tmp_path)
    yield made
    flood_guard.limiter.reset()
    flood_guard.limiter.enabled = False
    with made.app_context():
        db.engine.dispose()


def at_address(site, address, user_id=None):
    browser = Browser(site)
    browser.environ_base["REMOTE_ADDR"] = address
    if user_id:
        sign_in_there(site, browser, user_id)
    return browser


def codes(browser, times, path="/about"):
    return [browser.get(path).status_code for _time in range(times)]


def later(site):
    """Let a process believe what it read of halls no more, as some seconds do."""
    site.extensions["halls"]._read_at -= halls.LOOK + 1


@pytest.mark.one_engine
def test_a_hall_is_given_so_many_pages_for_each_of_its_places_and_others_as_before(site, declare, make):
    assert codes(at_address(site, HERE), 4) == [200, 200, 200, 429], "as anywhere"
    declare(HERE, places=4)
    later(site)
    assert codes(at_address(site, HERE), 9) == [200] * 8 + [429]
    page = at_address(site, HERE).get("/about")
    assert "plus de 8 fois" in page.words and "depuis votre adresse réseau" in page.words
    assert codes(at_address(site, THERE), 4) == [200, 200, 200, 429], "elsewhere nothing changes"
    member = at_address(site, HERE, make.user().id)
    assert codes(member, 4) == [200, 200, 200, 429], "who is signed in counts by account, there too"


@pytest.mark.one_engine
def test_a_whole_network_of_ipv6_is_the_hall(site, declare):
    declare("2001:db8:1:1::7", places=3)
    later(site)
    assert codes(at_address(site, "2001:db8:1:1:abcd::9"), 7) == [200] * 6 + [429]
    assert codes(at_address(site, "2001:db8:1:2::7"), 4) == [200, 200, 200, 429]


@pytest.mark.one_engine
def test_a_process_reads_it_within_ten_seconds_and_not_for_each_request(site, declare, count_queries):
    browser = at_address(site, HERE)
    browser.get("/about")
    declare(HERE)
    with site.app_context(), count_queries() as statements:
        assert codes(browser, 3) == [200, 200, 429], "it has not read it yet"
        assert not [one for one in statements if "event_halls" in one]
        later(site)
        assert codes(browser, 1) == [200]
        assert codes(browser, 2) == [200, 200]
        assert len([one for one in statements if "event_halls" in one]) == 1


@pytest.mark.one_engine
def test_what_a_machine_asks_reads_no_hall(site, declare):
    """It is answered while the database is not."""
    site.extensions["halls"].forget()
    assert at_address(site, HERE).get("/healthz").status_code == 200
    assert site.extensions["halls"].is_old


@pytest.fixture
def counting(app, monkeypatch):
    """Count as a site does, with fewer forms: two of a kind from one address, three tries of a password by account."""
    allow(monkeypatch, register_at=2, sign_in_at=2, forgot_at=2, sign_in=3)
    monkeypatch.setattr(limits, "FORMS_IN_HALL", 5)
    with enforce_limits(app):
        yield


def registrations(new_browser, address, number):
    people = [f"person{n}.{address}@example.org" for n in range(number)]
    return [register(at(new_browser(), address), email=email).status_code for email in people]


def test_people_in_a_hall_register_by_its_places_and_those_elsewhere_as_before(app, counting, declare, new_browser):
    declare(HERE, places=1)
    app.extensions["halls"].forget()
    assert registrations(new_browser, HERE, 6) == [303] * 5 + [429]
    assert registrations(new_browser, THERE, 3) == [303, 303, 429]


def test_people_in_a_hall_sign_in_and_a_password_is_tried_there_as_often_as_anywhere(
    app, make, counting, declare, new_browser
):
    declare(HERE, places=2)
    app.extensions["halls"].forget()
    people = [make.user().email for _n in range(6)]
    for email in people:
        wrong = enter(at(new_browser(), HERE), email, "pas la bonne phrase")
        assert wrong.status_code == 422, "six failures from one address: two would be too many elsewhere"
    target = people[0]
    for _time in range(2):
        enter(at(new_browser(), HERE), target, "pas la bonne phrase")
    refused = enter(at(new_browser(), HERE), target, PASSWORD)
    assert refused.status_code == 429 and "sur ce compte" in refused.words
    assert enter(at(new_browser(), HERE), people[1], PASSWORD).status_code == 303

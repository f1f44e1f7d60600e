"""A hall shares one network address: what is refused anywhere else past a number is served there, up to its places."""

from collections import Counter
from datetime import timedelta

import pytest

from app import create_app
from app.accounts import limits
from app.core import clock as time
from app.core import keys
from app.core.db import db
from app.events import halls
from app.events.models.registrations import EventRegistration
from app.web.accounts import address_answers
from app.web.events import place_links, place_mails
from app.web.frame import flood_guard, hall
from app.web.frame.network import key_of_ip
from tests.support.accounts import allow, at, enforce_limits, enter, register
from tests.support.browser import Browser
from tests.support.door import meeting
from tests.support.house import SETTINGS
from tests.support.make import PASSWORD
from tests.support.rows import again, every
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
    monkeypatch.setattr(halls, "LOOK", 3_600)  # However slow the machine, it was read a moment ago.
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


NAMES = [f"person{n}@example.org" for n in range(500)]


@pytest.fixture
def busy(app, tmp_path):
    """The same site with its guard and its limits on, with their real numbers."""
    settings = SETTINGS | {"RATELIMIT_ENABLED": True, "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"]}
    made = create_app(**settings, DATA_DIR=tmp_path)
    yield made
    flood_guard.limiter.reset()
    flood_guard.limiter.enabled = False
    with made.app_context():
        db.engine.dispose()


def take_part(site, event, address, people):
    """Have each of these people, from one address, read the meeting and register for it; count the answers."""
    page, codes = f"/events/{event.id}", []
    for email in people:
        browser = at_address(site, address)
        codes += [browser.get(page).status_code, browser.get("/events").status_code]
        form = browser.get(f"{page}/registration")
        typed = {"name": "Maude Roy", "email": email, "party": "1", "consent": "y"}
        codes.append(form.status_code)
        codes.append(browser.submit(form, "main form.form", **typed).status_code if form.status_code == 200 else 429)
    return Counter(codes)


def sign_in_all(site, address, people):
    return Counter(enter(at_address(site, address), email).status_code for email in people)


@pytest.mark.soak
@pytest.mark.both_engines
def test_five_hundred_people_in_a_hall_register_confirm_and_sign_in_behind_one_address(
    busy, make, declare, outbox, clock
):
    """From an address that is no hall's, the same is refused as before."""
    event = declare(HERE, places=500, ends_at=time.now() + timedelta(hours=5))
    make.at(event, starts_at=time.now() + timedelta(hours=1))
    later(busy)
    assert take_part(busy, event, HERE, NAMES) == {200: 1500, 303: 500}
    assert take_part(busy, event, THERE, [f"elsewhere.{name}" for name in NAMES[:60]])[429] >= 40
    with busy.app_context():
        address_answers.answer_requests()
        place_mails.write_mails()
    for number, one in enumerate(every(EventRegistration)):
        with busy.test_request_context():
            path = place_links.place_url(one)
        answer = at_address(busy, HERE).submit(path, "main form.form")
        assert answer.status_code == 303, number
    assert again(event).taken_in_person == 500 and again(event).waiting_in_person == 20
    people = [make.user().email for _n in range(500)]
    assert sign_in_all(busy, HERE, people) == {303: 500}
    # Who signs in gives their attempt back; who fails does not.
    wrong = Counter(enter(at_address(busy, HERE), email, "pas la bonne phrase").status_code for email in people)
    assert wrong == {422: 500}
    elsewhere = Counter(
        enter(at_address(busy, THERE), email, "pas la bonne phrase").status_code for email in people[:60]
    )
    assert elsewhere == {422: 50, 429: 10}

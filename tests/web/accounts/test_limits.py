"""How often one may try, by account and by address, alike for accounts that do not exist."""

from collections import Counter
from functools import partial

import pyotp
import pytest

from app.accounts.allowances import ALLOWANCES
from app.accounts.models.sessions import Attempt
from app.web.accounts import attempts
from tests.support.accounts import (
    NEW,
    allow,
    at,
    confirm,
    enforce_limits,
    enter,
    hashing,
    register,
    set_up_second_factor,
)
from tests.support.browser import Browser
from tests.support.make import PASSWORD
from tests.support.races import at_once
from tests.support.rows import count

# A counter that many press at once is told by each engine.
pytestmark = pytest.mark.both_engines

# So that the tests need few tries: what each real number becomes here.
FEWER = {10: 4, 50: 8, 60: 6, 5: 3}
ACCOUNT, ADDRESS, REGISTRATIONS = FEWER[10], FEWER[50], FEWER[60]
KINDS = {kind for counts in attempts.FLOWS.values() for kind, _key in counts}


@pytest.fixture(autouse=True)
def counting(app, monkeypatch):
    allow(monkeypatch, **{kind: FEWER[ALLOWANCES[kind].most] for kind in KINDS})
    with enforce_limits(app):
        yield


def is_too_many(answer):
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    return answer.status_code == 429 and "trop d'essais" in answer.words.replace("’", "'")


def is_shared(answer):
    """Tell whether a page says that others share the network address, and when to come back."""
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    return answer.status_code == 429 and "partagent" in answer.words


@pytest.mark.parametrize("exists", [True, False])
def test_failures_close_an_account_to_one_network_for_a_while(app, make, new_browser, clock, exists):
    email = make.user().email if exists else "personne@nulle-part.org"
    for _n in range(ACCOUNT):
        assert enter(at(new_browser(), "10.9.9.9"), email, "pas la bonne phrase").status_code == 422
    with hashing(app) as hashes:
        answer = enter(at(new_browser(), "10.9.9.9"), email)
    assert is_too_many(answer) and not hashes, "the right password is not looked at either"
    clock.forward(minutes=15, seconds=5)
    assert enter(new_browser(), email).status_code == (303 if exists else 422)


def test_both_kinds_of_accounts_are_refused_with_the_same_page(make, new_browser, clock):
    pages, begun = [], clock.now()
    for email in (make.user().email, "personne@nulle-part.org"):
        clock.at(begun, stops=True)
        for _n in range(ACCOUNT + 1):
            answer = enter(new_browser(), email, "pas la bonne phrase")
        pages.append(answer.soup.main.get_text().replace(email, "@"))
    assert pages[0] == pages[1]


def test_one_spelling_of_an_address_is_as_good_as_another(make, new_browser):
    email = make.user().email
    for n in range(ACCOUNT):
        enter(new_browser(), email.upper() if n % 2 else email, "pas la bonne phrase")
    assert is_too_many(enter(new_browser(), email.title()))


def test_a_success_clears_the_failures(make, new_browser):
    email = make.user().email
    for turn in range(2):
        for _n in range(ACCOUNT - 1):
            enter(at(new_browser(), f"10.6.{turn}.1"), email, "pas la bonne phrase")
        assert enter(at(new_browser(), f"10.6.{turn}.1"), email).status_code == 303


def test_a_room_full_of_people_signs_in_from_one_address(make, new_browser):
    for _n in range(ADDRESS + 3):
        assert enter(new_browser(), make.user().email).status_code == 303
    assert count(Attempt) == 0


def test_an_address_that_tries_many_accounts_is_stopped(make, new_browser):
    for n in range(ADDRESS):
        assert enter(at(new_browser(), "10.1.1.1"), f"personne{n}@nulle-part.org", "x").status_code == 422
    email = make.user().email
    assert is_shared(enter(at(new_browser(), "10.1.1.1"), email))
    assert enter(at(new_browser(), "10.1.1.2"), email).status_code == 303


def test_a_network_of_ipv6_is_one_address(make, new_browser):
    for n in range(ADDRESS):
        enter(at(new_browser(), f"2001:db8:1:1::{n + 1:x}"), f"personne{n}@nulle-part.org", "x")
    assert is_shared(enter(at(new_browser(), "2001:db8:1:1:ffff::1"), "a@nulle-part.org"))
    assert enter(at(new_browser(), "2001:db8:1:2::1"), make.user().email).status_code == 303


def test_nobody_chooses_the_address_they_are_counted_at(make, new_browser):
    for n in range(ADDRESS):
        claim = {"X-Forwarded-For": f"10.2.0.{n}", "X-Real-IP": f"10.2.0.{n}", "Forwarded": "for=1.1.1.1"}
        enter(new_browser(), f"personne{n}@nulle-part.org", "x", headers=claim)
    assert is_shared(enter(new_browser(), make.user().email))


def test_the_table_tells_nobody_who_tried(make, new_browser, sql):
    enter(at(new_browser(), "10.3.3.3"), "personne@nulle-part.org", "x")
    rows_text = str(sql("SELECT kind, key_hash FROM attempts"))
    assert "personne" not in rows_text and "10.3.3.3" not in rows_text and len(sql("SELECT 1 FROM attempts")) == 3


def test_registering_is_limited_and_keeps_what_was_typed(new_browser):
    for n in range(REGISTRATIONS):
        assert register(at(new_browser(), "10.4.4.4"), email=f"p{n}@example.org").status_code == 303
    answer = register(at(new_browser(), "10.4.4.4"), email="encore@example.org")
    assert is_shared(answer)
    assert answer.soup.select_one("#name")["value"] == "Marie Tremblay"
    assert answer.soup.select_one("#email")["value"] == "encore@example.org"
    assert register(at(new_browser(), "10.4.4.5"), email="encore@example.org").status_code == 303


def test_a_mistake_in_the_form_is_no_attempt(new_browser):
    for _n in range(REGISTRATIONS + 2):
        assert register(new_browser(), password="court").status_code == 422
    assert count(Attempt) == 0


def test_a_code_pays_for_no_wrong_password_of_others(make, sign_in, new_browser, clock):
    user = make.user()
    secret, halfway = set_up_second_factor(sign_in(user)), new_browser()
    clock.forward(seconds=30)
    enter(at(halfway, "10.2.2.2"), user.email)
    for _n in range(ADDRESS - 1):
        enter(at(new_browser(), "10.2.2.2"), make.user().email, "x")
    assert halfway.submit("/login/code", "main form", code=pyotp.TOTP(secret).now()).status_code == 303
    assert is_shared(enter(at(new_browser(), "10.2.2.2"), make.user().email, "x"))


def test_codes_are_not_guessed(make, sign_in, new_browser, clock):
    user = make.user()
    email = user.email
    set_up_second_factor(sign_in(user))
    browser = new_browser()
    page = browser.get(enter(browser, email).headers["Location"])
    for n in range(ACCOUNT + 1):
        answer = browser.submit(page, "main form", code=f"{n:06}")
        assert (answer.status_code == 429) == (n == ACCOUNT)
    assert is_too_many(browser.submit("/login/recovery", "main form", code="aaaa-bbbb-cccc"))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/password", {"password": "pas la bonne", "new_password": NEW}),
        ("/account/verify", {"password": "pas la bonne"}),
    ],
)
def test_the_password_is_not_guessed_from_inside(path, fields, member):
    for _n in range(ACCOUNT):
        assert member.submit(path, "main form", **fields).status_code == 422
    assert is_too_many(member.submit(path, "main form", **fields | {"password": PASSWORD}))


def test_closing_an_account_is_no_way_to_guess_its_password(member):
    for _n in range(ACCOUNT):
        assert member.submit("/account/closing", "main form", password="pas la bonne").status_code == 422
    assert member.submit("/account/closing", "main form", password=PASSWORD).status_code == 429


def test_the_password_of_a_registration_is_not_guessed_by_its_link(new_browser, outbox):
    register(new_browser(), password=NEW)
    [mail] = outbox
    for _n in range(ACCOUNT):
        assert confirm(new_browser(), outbox.links(mail)[0], "pas la bonne").status_code == 422
    assert is_too_many(confirm(new_browser(), outbox.links(mail)[0], NEW))


def test_wrong_passwords_with_many_links_are_limited_from_one_network(new_browser, outbox, monkeypatch):
    """Each is compared with all that waits for its address: whoever has many mailboxes would keep the site busy."""
    allow(monkeypatch, open_at=3)
    for n in range(4):
        register(new_browser(), email=f"p{n}@example.org")
    pages = [outbox.links(mail)[0] for mail in outbox]
    room = [at(new_browser(), "10.8.8.8") for _page in pages]
    assert confirm(room[0], pages[0]).status_code == 303, "a right one is not counted"
    assert [confirm(room[n], pages[n], "pas la bonne").status_code for n in (1, 2, 3)] == [422] * 3
    assert is_shared(confirm(room[3], pages[3]))
    assert confirm(at(new_browser(), "10.8.8.9"), pages[3]).status_code == 303


@pytest.mark.parametrize("path", ["/forgot", "/confirm"])
def test_mails_to_many_addresses_are_limited_from_one_network(new_browser, path):
    for n in range(REGISTRATIONS):
        assert at(new_browser(), "10.8.8.8").submit(path, "main form", email=f"p{n}@example.org").status_code == 303
    answer = at(new_browser(), "10.8.8.8").submit(path, "main form", email="marie@example.org")
    assert is_shared(answer) and answer.soup.select_one("#email")["value"] == "marie@example.org"


def test_a_known_browser_asks_for_its_forgotten_password_whatever_the_others_asked(make, new_browser):
    email, home = make.user().email, at(new_browser(), "10.8.8.8")
    enter(home, email)
    home.submit("/account", 'form[action="/logout"]')
    for n in range(REGISTRATIONS):
        at(new_browser(), "10.8.8.8").submit("/forgot", "main form", email=f"p{n}@example.org")
    assert home.submit("/forgot", "main form", email=email).status_code == 303
    assert is_shared(home.submit("/forgot", "main form", email="p@example.org"))


def test_two_workers_count_the_same_attempts(app, make):
    email, answers = make.user().email, []

    def one(_n):
        answers.append(enter(at(Browser(app), "10.5.5.1"), email, "pas la bonne phrase").status_code)

    at_once(app, [partial(one, n) for n in range(12)])
    assert Counter(answers) == {422: ACCOUNT, 429: 12 - ACCOUNT}


def test_the_refusal_is_in_the_readers_language(new_browser):
    browser = new_browser()
    browser.submit("/login", "header form[action='/language']")
    for _n in range(ACCOUNT + 1):
        answer = enter(browser, "personne@nulle-part.org", "x")
    assert answer.status_code == 429 and answer.soup.html["lang"] == "en-CA"

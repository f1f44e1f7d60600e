"""Nobody keeps anybody out: what strangers try refuses neither the owner of an account nor whoever is beside them."""

import pyotp
import pytest

from app.accounts.models.sessions import Attempt
from tests.support.accounts import (
    NEW,
    allow,
    ask_for_reset,
    at,
    enforce_limits,
    enter,
    follow,
    register,
    set_up_second_factor,
)
from tests.support.make import PASSWORD
from tests.support.rows import count, every

# What is counted, and who waits for whom, is told by each engine.
pytestmark = pytest.mark.both_engines

WRONG, THERE, ROOM = "pas la bonne phrase", "10.66.0.1", "10.7.7.7"


@pytest.fixture(autouse=True)
def counting(app):
    with enforce_limits(app):
        yield


def guess(new_browser, email, times, *, network=THERE):
    """Have a stranger try wrong passwords at one network address; return the last answer."""
    browser, answer = at(new_browser(), network), None
    for _n in range(times):
        answer = enter(browser, email, WRONG)
    return answer


def guess_everywhere(new_browser, email, times):
    """Have strangers try wrong passwords, each from another network; return how many were looked at."""
    browser, answers = new_browser(), []
    for n in range(times):
        answers.append(enter(at(browser, f"10.{100 + n // 250}.{n % 250}.1"), email, WRONG).status_code)
    return answers.count(422)


def reset(browser, outbox, email):
    """Choose a new password by the link of a mail."""
    return browser.submit(follow(browser, ask_for_reset(browser, outbox, email)), "main form", password=NEW)


def test_ten_wrong_passwords_elsewhere_refuse_nobody_here(make, new_browser):
    email = make.user().email
    assert guess(new_browser, email, 11).status_code == 429
    assert enter(new_browser(), email).status_code == 303


def test_who_has_to_wait_is_not_told_to_correct_anything(make, new_browser):
    refused = guess(new_browser, make.user().email, 11)
    assert refused.soup.select_one(".error-summary h2").get_text(strip=True) == "Pas tout de suite"
    assert refused.soup.title.get_text().startswith("Erreur")


def test_guessing_from_many_networks_is_bounded_and_a_known_browser_passes(make, new_browser, monkeypatch):
    email, home = make.user().email, new_browser()
    enter(home, email)
    home.submit("/account", 'form[action="/logout"]')
    allow(monkeypatch, sign_in_all=12)
    assert guess_everywhere(new_browser, email, 20) == 12
    refusal = enter(at(new_browser(), "10.9.9.9"), email)
    assert refusal.status_code == 429 and "Mot de passe oublié" in refusal.words
    assert enter(home, email).status_code == 303


def test_the_ceiling_is_that_of_a_day(make, new_browser, clock, monkeypatch):
    email = make.user().email
    allow(monkeypatch, sign_in_all=3)
    assert guess_everywhere(new_browser, email, 4) == 3
    clock.forward(hours=23)
    assert enter(new_browser(), email).status_code == 429
    clock.forward(hours=1, minutes=5)
    assert enter(new_browser(), email).status_code == 303


@pytest.mark.parametrize("network", [THERE, "10.9.9.9"])
def test_after_a_reset_the_owner_is_refused_nowhere(make, new_browser, outbox, monkeypatch, network):
    email = make.user().email
    allow(monkeypatch, sign_in_all=12)
    guess(new_browser, email, 11)
    guess_everywhere(new_browser, email, 12)
    owner = at(new_browser(), network)
    assert enter(owner, email).status_code == 429
    assert reset(owner, outbox, email).status_code == 303
    assert guess_everywhere(new_browser, email, 20) == 12, "others go on guessing, within the same bound"
    assert enter(owner, email, NEW).status_code == 303


def test_a_neighbour_of_the_same_network_does_not_shut_a_known_browser_out(make, new_browser, monkeypatch):
    email, other, home = make.user().email, make.user().email, at(new_browser(), ROOM)
    enter(home, email)
    home.submit("/account", 'form[action="/logout"]')
    allow(monkeypatch, sign_in_at=14)
    guess(new_browser, email, 11, network=ROOM)
    for n in range(4):
        enter(at(new_browser(), ROOM), f"personne{n}@nulle-part.org", WRONG)
    refusal = enter(at(new_browser(), ROOM), other)
    assert refusal.status_code == 429 and "partagent" in refusal.words and int(refusal.headers["Retry-After"]) <= 900
    assert enter(home, email).status_code == 303


def test_a_known_browser_guesses_no_more_than_another_and_then_counts_like_it(make, new_browser, monkeypatch):
    email, home = make.user().email, new_browser()
    enter(home, email)
    home.submit("/account", 'form[action="/logout"]')
    allow(monkeypatch, known=4)
    answers = [enter(home, email, WRONG).status_code for _n in range(16)]
    assert answers.count(422) == 14 and set(answers[14:]) == {429}, "4 of its own in a day, then 10 like anybody"
    assert enter(home, email).status_code == 429
    assert enter(at(home, "10.9.9.9"), email).status_code == 303


def test_a_browser_in_which_one_signs_in_often_has_one_count(make, new_browser, clock):
    """Whoever keeps its former cookies, as somebody who shares the computer may, tries no more with all than with one."""
    email, home, looks = make.user().email, new_browser(), []
    for _n in range(3):
        enter(home, email)
        looks.append({key: cookie for key, cookie in home._cookies.items() if "known" in str(key)})
        home.submit("/account", 'form[action="/logout"]')
        clock.forward(seconds=2)
    answers = []
    for n, cookies in enumerate(looks):
        thief = at(new_browser(), f"10.44.{n}.1")
        thief._cookies |= cookies
        answers += [enter(thief, email, WRONG).status_code for _n in range(31)]
    assert answers.count(422) == 20 + 10 * 3


def test_a_browser_is_known_to_its_own_accounts_alone(make, new_browser):
    email, other, home = make.user().email, make.user().email, at(new_browser(), ROOM)
    enter(home, other)
    home.submit("/account", 'form[action="/logout"]')
    guess(new_browser, email, 11, network=ROOM)
    assert enter(home, email).status_code == 429
    assert enter(home, other).status_code == 303


@pytest.mark.parametrize("end", ["password", "reset", "everywhere", "forged", "year"])
def test_a_browser_is_known_no_more(make, new_browser, sign_in, outbox, clock, end):
    email, old = make.user().email, at(new_browser(), ROOM)
    enter(old, email)
    old.submit("/account", 'form[action="/logout"]')
    owner, password = new_browser(), PASSWORD
    enter(owner, email)
    if end == "password":
        owner.submit("/account/password", "main form", password=PASSWORD, new_password=NEW)
    elif end == "reset":
        reset(owner, outbox, email)
    elif end == "everywhere":
        owner.submit("/account/sessions", "form[action='/account/sessions/revocation']")
    elif end == "forged":
        old.set_cookie("known", "W1siYSIsImIiXV0.x.y", path="/login")
    else:
        clock.forward(days=366)
    password = NEW if end in ("password", "reset") else PASSWORD
    guess(new_browser, email, 11, network=ROOM)
    assert enter(old, email, password).status_code == 429
    assert enter(at(old, "10.9.9.9"), email, password).status_code == 303


def test_the_browser_that_changed_its_password_stays_known(make, new_browser):
    email, home = make.user().email, at(new_browser(), ROOM)
    enter(home, email)
    home.submit("/account/password", "main form", password=PASSWORD, new_password=NEW)
    home.submit("/account", 'form[action="/logout"]')
    guess(new_browser, email, 11, network=ROOM)
    assert enter(home, email, NEW).status_code == 303


def test_nobody_with_the_password_alone_shuts_the_second_factor(make, sign_in, new_browser, clock):
    user = make.user()
    email, secret, thief = user.email, set_up_second_factor(sign_in(user)), at(new_browser(), THERE)
    clock.forward(minutes=2)
    enter(thief, email)
    codes = [thief.submit("/login/code", "main form", code=f"{n:06}").status_code for n in range(11)]
    assert codes == [422] * 10 + [429]
    owner = new_browser()
    enter(owner, email)
    assert owner.submit("/login/code", "main form", code=pyotp.TOTP(secret).now()).status_code == 303


def test_codes_are_not_guessed_from_many_networks(make, sign_in, new_browser, monkeypatch):
    user = make.user()
    email = user.email
    set_up_second_factor(sign_in(user))
    thief = new_browser()
    enter(thief, email)
    allow(monkeypatch, code_all=12)
    codes = [
        at(thief, f"10.50.{n}.1").submit("/login/code", "main form", code=f"{n:06}").status_code for n in range(20)
    ]
    assert codes == [422] * 12 + [429] * 8


def test_a_form_of_registration_refuses_nobody_elsewhere_and_says_that_the_place_is_shared(new_browser, monkeypatch):
    allow(monkeypatch, register_at=4)
    for n in range(4):
        assert register(at(new_browser(), ROOM), email=f"p{n}@example.org").status_code == 303
    answer = register(at(new_browser(), ROOM), email="marie@example.org")
    assert answer.status_code == 429 and "partagent" in answer.words
    assert answer.soup.select_one("#name")["value"] == "Marie Tremblay"
    assert register(new_browser(), email="marie@example.org").status_code == 303


def test_a_sign_in_counts_in_one_statement_and_leaves_no_attempt_behind_it(make, new_browser, count_queries):
    email, browser = make.user().email, new_browser()
    browser.get("/login")
    with count_queries() as statements:
        browser.forge("/login", {"email": email, "password": PASSWORD})
    assert [
        statement[:20] for statement in statements if "attempts" in statement and not statement.startswith("SELECT")
    ] == ["INSERT INTO attempts", "DELETE FROM attempts", "DELETE FROM attempts", "DELETE FROM attempts"]
    assert count(Attempt) == 0


def test_a_wrong_password_of_a_known_browser_feeds_no_count_of_others(make, new_browser):
    email, home = make.user().email, new_browser()
    enter(home, email)
    home.submit("/account", 'form[action="/logout"]')
    enter(home, email, WRONG)
    assert [row.kind for row in every(Attempt)] == ["known"]

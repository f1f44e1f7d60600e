"""The key of a second factor: it stays until a code of it is right, and is one account's alone."""

from typing import Any

import pyotp
import pytest

from tests.support.accounts import enter, holder, secret_of, set_up_second_factor
from tests.support.make import PASSWORD

PATH, CODE = "/account/two-factor", "#setup form"


def begin(browser: Any) -> Any:
    return browser.submit(PATH, "main form")


def code_of(page: Any) -> str:
    return pyotp.TOTP(secret_of(page)).now()


def wrong_code(page: Any) -> str:
    return "000000" if code_of(page) != "000000" else "111111"


@pytest.mark.parametrize("typed", ["000000", "abc", "", "12345", "٣٣٣٣٣٣", "1" * 400])
def test_a_wrong_code_keeps_the_key_and_shows_its_field_again(sign_in: Any, make: Any, typed: str) -> None:
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    page = begin(browser)
    refused = browser.submit(page, CODE, code=wrong_code(page) if typed == "000000" else typed)
    assert refused.status_code == 422 and secret_of(refused) == secret_of(page)
    field = refused.soup.select_one("[name=code]")
    assert field["aria-invalid"] == "true" and not field.get("value")
    assert refused.soup.select_one(".error-summary") and refused.soup.title.get_text().startswith("Erreur")
    assert browser.submit(refused, CODE, code=code_of(page)).headers["Location"] == PATH
    assert holder(user_id).has_two_factor


def test_the_key_stays_when_its_page_is_read_again(sign_in: Any, make: Any) -> None:
    browser = sign_in(make.user())
    page = begin(browser)
    assert secret_of(browser.get(PATH)) == secret_of(page)
    browser.submit(browser.get(PATH), "form[action='/language']:has([value=en])")
    again = browser.get(PATH)
    assert secret_of(again) == secret_of(page) and again.soup.html["lang"].startswith("en")


def test_two_tabs_show_one_key(sign_in: Any, make: Any) -> None:
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    intro = browser.get(PATH)
    first, second = browser.submit(intro, "main form"), browser.submit(intro, "main form")
    assert secret_of(first) == secret_of(second)
    assert browser.submit(second, CODE, code=code_of(second)).status_code == 303
    late = browser.submit(first, CODE, code=code_of(first), follow=True)
    assert "plus en cours" in late.words and holder(user_id).has_two_factor


def test_who_cancels_gets_another_key(sign_in: Any, make: Any) -> None:
    browser = sign_in(make.user())
    page = begin(browser)
    assert browser.submit(page, "main form:has([value=cancel])").headers["Location"] == PATH
    after = browser.get(PATH)
    assert not after.soup.select("#setup") and "C’est annulé : rien n’a changé." in after.words
    assert secret_of(begin(browser)) != secret_of(page)


def test_the_key_is_good_for_half_an_hour(sign_in: Any, make: Any, clock: Any) -> None:
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    page = begin(browser)
    clock.forward(minutes=31)
    assert browser.submit(page, CODE, code=code_of(page)).headers["Location"] == PATH
    assert not holder(user_id).has_two_factor


def test_another_account_in_the_same_browser_does_not_confirm_it(sign_in: Any, make: Any) -> None:
    """Neither by the page that was left open, nor by the state of the set-up put back into its session."""
    one, other = make.user(), make.user()
    other_id, email, browser = other.id, other.email, sign_in(one)
    page = begin(browser)
    with browser.session_transaction() as session:
        state = dict(session)
    browser.submit("/account", "form[action='/logout']")
    enter(browser, email, PASSWORD)
    action = page.soup.select_one("#setup form")["action"]
    for stolen in ({}, {name: value for name, value in state.items() if name.startswith(("tf_", "two_factor"))}):
        with browser.session_transaction() as session:
            session.update(stolen)
        browser.token = None
        browser.forge(action, code=code_of(page))
        assert not holder(other_id).has_two_factor
        assert not browser.get(PATH).soup.select("#setup")


def test_a_key_serves_once(sign_in: Any, make: Any, clock: Any) -> None:
    """Who kept the cookie of a set-up that was done can't bring its key back."""
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    page = begin(browser)
    with browser.session_transaction() as session:
        state = dict(session)
    browser.submit(page, CODE, code=code_of(page))
    before = holder(user_id).tf_totp_secret
    clock.forward(minutes=2)
    with browser.session_transaction() as session:
        session.update(state)
    browser.forge(page.soup.select_one("#setup form")["action"], code=code_of(page))
    assert holder(user_id).tf_totp_secret == before


def test_a_code_of_nobody_is_sent_to_sign_in(visitor: Any) -> None:
    visitor.get("/login")
    assert visitor.forge(f"{PATH}/code", code="123456").status_code == 401


def test_a_wrong_code_of_a_sign_in_is_not_given_back(sign_in: Any, make: Any, visitor: Any) -> None:
    user = make.user()
    email = user.email
    set_up_second_factor(sign_in(user))
    page = visitor.get(enter(visitor, email).headers["Location"])
    refused = visitor.submit(page, "main form", code="12345678")
    assert refused.status_code == 422 and not refused.soup.select_one("[name=code]").get("value")


@pytest.fixture
def halfway(sign_in: Any, make: Any, visitor: Any, clock: Any) -> tuple[Any, str, str]:
    """Return a browser in which the password was right, the page that asks for the code, and the secret."""
    user = make.user()
    email = user.email
    secret = set_up_second_factor(sign_in(user))
    clock.forward(minutes=2)
    return visitor, enter(visitor, email, path="/login?next=/account/sessions").headers["Location"], secret


@pytest.mark.parametrize(("minutes", "is_in_time"), [(14, True), (16, False), (60 * 24, False)])
def test_the_code_is_awaited_for_a_quarter_of_an_hour(halfway: Any, clock: Any, minutes: int, is_in_time: bool) -> None:
    browser, path, secret = halfway
    page = browser.get(path)
    clock.forward(minutes=minutes)
    answer = browser.submit(page, "main form", code=pyotp.TOTP(secret).now())
    assert answer.headers["Location"] == ("/account/sessions" if is_in_time else "/login?next=/account/sessions")
    assert (browser.get("/account").status_code == 200) is is_in_time
    if not is_in_time:
        page = browser.get("/login?next=/account/sessions")
        assert "15 minutes" in page.words and page.soup.select_one("[name=email]").get("value"), "nobody types it again"
        assert browser.get("/login/recovery").headers["Location"] == "/login"


def test_looking_at_pages_does_not_make_it_longer(halfway: Any, clock: Any) -> None:
    browser, path, secret = halfway
    for _time in range(3):
        clock.forward(minutes=6)
        page = browser.get(path)
    assert page.status_code == 303
    browser.get("/login")
    assert browser.forge("/login/code", code=pyotp.TOTP(secret).now()).headers["Location"] == "/login"


def test_a_cookie_without_a_time_waits_for_no_code(halfway: Any) -> None:
    browser, path, _secret = halfway
    with browser.session_transaction() as session:
        session.pop("tf_since", None)
    assert browser.get(path).headers["Location"].startswith("/login?")

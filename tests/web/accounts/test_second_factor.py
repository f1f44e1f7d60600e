"""Two steps: the authenticator, its codes that serve once, the codes of last resort, and who must have them."""

import pyotp
import pytest

from app.accounts.models.people import User
from app.core.db import db
from tests.support.accounts import NEW, enter, holder, is_in, secret_of, set_up_second_factor
from tests.support.make import PASSWORD


@pytest.fixture
def careful(make, sign_in, new_browser, clock):
    """Return the id, the address and the secret of a person with a second factor, and the browser it was set up in."""
    user = make.user()
    user_id, email, browser = user.id, user.email, sign_in(user)
    return user_id, email, set_up_second_factor(browser), browser


def test_setting_up_shows_a_picture_and_the_key(sign_in, make):
    page = sign_in(make.user()).submit("/account/two-factor", "main form")
    assert page.status_code == 200
    assert page.soup.select_one("#setup img")["src"].startswith("data:image/svg+xml;base64,")
    assert len(secret_of(page)) >= 32
    assert "data:" in page.headers["Content-Security-Policy"]


def test_nothing_is_on_before_a_code_was_right(sign_in, make):
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    page = browser.submit("/account/two-factor", "main form")
    for code in ("000000", "abc", "", "٣٣٣٣٣٣", "1" * 400):
        assert browser.submit(page, "main form", code=code).status_code == 422
    assert not holder(user_id).has_two_factor


def test_a_code_is_asked_after_the_password(careful, visitor, clock):
    _id, email, secret, _browser = careful
    clock.forward(minutes=2)
    redirect = enter(visitor, email, path="/login?next=/account/sessions")
    assert redirect.headers["Location"] == "/login/code?next=/account/sessions"
    assert not is_in(visitor)
    page = visitor.get(redirect.headers["Location"])
    assert visitor.submit(page, "main form", code="000000").status_code == 422
    answer = visitor.submit(page, "main form", code=pyotp.TOTP(secret).now())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sessions")
    assert is_in(visitor)


def test_a_code_serves_once(careful, visitor, new_browser, clock):
    _id, email, secret, _browser = careful
    clock.forward(minutes=2)
    code = pyotp.TOTP(secret).now()
    for browser, status in ((visitor, 303), (new_browser(), 422)):
        page = browser.get(enter(browser, email).headers["Location"])
        assert browser.submit(page, "main form", code=code).status_code == status


def test_the_code_that_set_it_up_does_not_serve_again(careful, visitor):
    user_id, email, secret, _browser = careful
    code = pyotp.TOTP(secret).generate_otp(db.session.get_one(User, user_id).tf_last_counter)
    page = visitor.get(enter(visitor, email).headers["Location"])
    assert visitor.submit(page, "main form", code=code).status_code == 422


def test_a_browser_knows_what_each_field_asks_for(visitor, sign_in, make):
    """A telephone fills in the code, a password manager the rest; a recovery code is kept by no browser."""
    user = make.user()
    email = user.email
    browser = sign_in(user)
    fields = {"set up": browser.submit("/account/two-factor", "main form").soup.select_one("[name=code]")}
    set_up_second_factor(browser)
    enter(visitor, email)
    fields |= {path: visitor.get(path).soup.select_one("[name=code]") for path in ("/login/code", "/login/recovery")}
    assert {place: field.get("autocomplete") for place, field in fields.items()} == {
        "set up": "one-time-code",
        "/login/code": "one-time-code",
        "/login/recovery": "off",
    }
    assert all(field.has_attr("required") for field in fields.values())


@pytest.mark.parametrize("path", ["/login/code", "/login/recovery"])
def test_a_code_without_the_password_opens_nothing(careful, visitor, path):
    assert visitor.get(path).headers["Location"] == "/login"
    visitor.get("/login")
    assert visitor.forge(path, code=pyotp.TOTP(careful[2]).now()).headers["Location"] == "/login"
    assert not is_in(visitor)


@pytest.mark.parametrize("code", ["", "0", "12345", "1234567", "abcdef", "٣٣٣٣٣٣", "x" * 100_000, "123456\x00"])
def test_an_odd_code_is_refused(careful, visitor, code):
    page = visitor.get(enter(visitor, careful[1]).headers["Location"])
    assert visitor.submit(page, "main form", code=code).status_code == 422
    recovery = visitor.get("/login/recovery")
    assert visitor.submit(recovery, "main form", code=code).status_code == 422


def recovery_codes(browser):
    page = browser.submit("/account/recovery-codes", "main form")
    return [code.get_text() for code in page.soup.select("#codes code")]


def test_recovery_codes_are_shown_once_and_kept_as_hashes(careful):
    user_id, _email, _secret, browser = careful
    codes = recovery_codes(browser)
    assert len(codes) == len(set(codes)) == 8
    hashes = holder(user_id).mf_recovery_codes
    assert len(hashes) == 8 and not set(codes) & set(hashes)
    for path in ("/account/recovery-codes", "/account/recovery-codes?show_codes=1", "/account/two-factor"):
        words = browser.get(path).words
        assert "8 codes" in words and not any(code in words for code in codes)


def test_a_recovery_code_opens_once(careful, visitor, new_browser):
    user_id, email, _secret, browser = careful
    code = recovery_codes(browser)[3]
    for other, status in ((visitor, 303), (new_browser(), 422)):
        enter(other, email)
        page = other.get("/login/recovery")
        assert other.submit(page, "main form", code=code.upper().replace("-", " ")).status_code == status
    assert is_in(visitor)
    assert len(holder(user_id).mf_recovery_codes) == 7
    assert recovery_codes(browser) and len(holder(user_id).mf_recovery_codes) == 8


def test_turning_it_off_asks_for_the_password_and_forgets_everything(careful, clock, outbox):
    user_id, email, _secret, browser = careful
    recovery_codes(browser)
    off = 'main form:has(input[value="disable"])'
    page = browser.get("/account/two-factor")
    clock.forward(hours=1)
    redirect = browser.submit(page, off)
    assert redirect.headers["Location"].startswith("/account/verify")
    assert holder(user_id).has_two_factor
    browser.submit(redirect.headers["Location"], "main form", password=PASSWORD)
    assert browser.submit("/account/two-factor", off).status_code == 303
    user = holder(user_id)
    assert (user.tf_totp_secret, user.mf_recovery_codes or None, user.tf_last_counter) == (None, None, None)
    assert [mail.subject.split(" –")[0] for mail in outbox.to(email)] == [
        "La vérification en deux étapes de votre compte a changé"
    ] * 2


def turn_off(browser):
    return browser.submit("/account/two-factor", 'main form:has(input[value="disable"])')


def change_password(browser):
    return browser.submit("/account/password", "main form", password=PASSWORD, new_password=NEW)


def change_device(browser):
    page = browser.submit("/account/two-factor", 'main form:has(input[value="authenticator"])')
    return browser.submit(page, "main form", code=pyotp.TOTP(secret_of(page)).now())


CHANGES = {
    "on": set_up_second_factor,
    "another device": change_device,
    "off": turn_off,
    "codes": lambda browser: browser.submit("/account/recovery-codes", "main form"),
    "password": change_password,
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_of_how_one_signs_in_ends_the_other_sessions_and_says_so(sign_in, make, clock, change):
    user = make.user()
    here = sign_in(user)
    if change in ("another device", "off"):
        set_up_second_factor(here)
        clock.forward(minutes=2)
        here.get("/account/two-factor")
    there, stranger = sign_in(user), sign_in(make.user())
    answer = CHANGES[change](here)
    page = answer if getattr(answer, "status_code", 0) == 200 else here.get("/account")
    notices = [notice.get_text(strip=True) for notice in page.soup.select("#flashes .notice")]
    assert notices[-1] == "Vos autres sessions sont fermées.", "what was done comes first"
    assert is_in(here) and not is_in(there) and is_in(stranger)


def test_nothing_is_said_of_other_sessions_where_there_is_none(sign_in, make):
    here = sign_in(make.user())
    set_up_second_factor(here)
    assert "autres sessions" not in here.get("/account").words


def test_the_secret_is_not_readable_in_the_table(careful):
    user_id, _email, secret, _browser = careful
    assert secret not in holder(user_id).tf_totp_secret


@pytest.fixture
def strict(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_TWO_FACTOR", True)


@pytest.mark.parametrize(
    "charge", [{"role": "coordinator"}, {"role": "admin"}, {"facilitates": ["securite-alimentaire"]}]
)
def test_a_charge_may_require_it(strict, sign_in, make, charge):
    user = make.user(**charge)
    user_id, browser = user.id, sign_in(user)
    for path in ("/", "/ideas", "/account", "/ideas/new"):
        assert browser.get(path).headers["Location"] == "/account/two-factor"
    assert browser.get("/healthz").status_code == 200
    assert "Votre rôle" in browser.get("/account/two-factor").words
    set_up_second_factor(browser)
    assert is_in(browser)
    page = browser.get("/account/two-factor")
    assert not page.soup.select('input[value="disable"]')
    assert browser.forge("/account/two-factor", setup="disable").status_code == 409
    assert holder(user_id).has_two_factor


def test_a_charge_may_leave_without_it(strict, sign_in, make):
    browser = sign_in(make.user(role="admin"))
    page = browser.get("/account/two-factor")
    assert browser.submit(page, 'form[action="/logout"]').headers["Location"] == "/"


def test_members_are_asked_for_nothing(strict, sign_in, make, visitor):
    assert is_in(sign_in(make.user())) and visitor.get("/").status_code == 200

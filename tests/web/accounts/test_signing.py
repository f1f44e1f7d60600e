"""To sign in and out: what is said, where it leads, and what the browser keeps."""

import base64
from urllib.parse import unquote

import pytest

from app import create_app
from app.accounts.models.sessions import Session
from app.core.db import db
from app.web.accounts.signing import name_device
from tests.support import databases
from tests.support.accounts import enter, is_in
from tests.support.house import SETTINGS
from tests.support.make import PASSWORD
from tests.support.rows import every
from tests.support.tampering import tamper

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "https://evil.example",
    "http:evil.example",
    "http:/evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "mailto:x@evil.example",
    "evil.example",
    "evil.example/ideas",
    "@evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n//evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/%2fevil.example",
    "/%2Fevil.example",
    "%2f%2fevil.example",
    "/%5cevil.example",
    "/%255cevil.example",
    "/%252fevil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/..//evil.example",
    "/.%2e//evil.example",
    "/./ideas/..",
    "/\u2028/evil.example",
    "/\u00a0/evil.example",
    "/\ufeff/evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "/logout",
    "http://localhost@evil.example",
    "//localhost\\@evil.example",
    "/" + "a" * 2000,
    "site.home",
]
OURS = [
    "/ideas",
    "/ideas?kind=need&sort=recent",
    "/ideas/12-une-idee#comment-3",
    "/account",
    "/ideas?q=%C3%A9t%C3%A9%2Fhiver",
    "/members/1",
]


def leave(browser):
    return browser.submit("/account", 'form[action="/logout"]')


@pytest.mark.parametrize("place", OURS)
def test_signing_in_leads_back_to_a_page_of_ours(visitor, make, place):
    answer = enter(visitor, make.user().email, path=visitor.get("/login", query_string={"next": place}))
    assert (answer.status_code, answer.headers["Location"]) == (303, place)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(visitor, new_browser, make, place):
    user = make.user()
    by_form = tamper(visitor, "/login", "main form", email=user.email, password=PASSWORD, next=place)
    page = new_browser()
    page.get("/login", query_string={"next": place})
    by_address = page.post_raw(
        "/login",
        query_string={"next": place},
        headers={"Sec-Fetch-Site": "same-origin"},
        data={"csrf_token": page.token, "email": user.email, "password": PASSWORD},
    )
    assert [a.headers.get("Location") for a in (by_form, by_address)] == ["/", "/"]


def test_a_reader_is_led_to_sign_in_and_back(visitor, make):
    login_path = visitor.get("/account/sessions").headers["Location"]
    assert login_path == "/login?next=/account/sessions"
    assert enter(visitor, make.user().email, path=login_path).headers["Location"] == "/account/sessions"


def test_an_account_that_nobody_confirmed_does_not_open(make, visitor):
    answer = enter(visitor, make.user(is_confirmed=False).email)
    assert answer.status_code == 422
    assert answer.soup.select_one('main a[href="/confirm"]')
    assert not every(Session)


@pytest.mark.parametrize("state", [{"active": False}, {"closed_at": "now"}])
def test_a_closed_account_does_not_open(make, visitor, clock, state):
    user = make.user(**{key: clock.now() if value == "now" else value for key, value in state.items()})
    enter(visitor, user.email)
    assert not is_in(visitor)


def test_a_form_without_its_fields_is_refused(visitor):
    for left_out in ("email", "password"):
        answer = tamper(visitor, "/login", "main form", **{"email": "a@example.org", "password": "x", left_out: None})
        assert answer.status_code == 422
    assert (
        tamper(visitor, "/login", "main form", email=["a@example.org", "b@example.org"], password="x").status_code
        == 400
    )
    assert visitor.submit("/login", "main form", email="a@example.org", password="é" * 300_000).status_code in (
        413,
        422,
    )


def test_the_session_begins_anew(visitor, make):
    visitor.get("/login")
    with visitor.session_transaction() as before:
        before["planted"] = "by somebody else"
        before["sid"] = "known to somebody else"
        token = before["csrf_token"]
    enter(visitor, make.user().email)
    with visitor.session_transaction() as after:
        assert "planted" not in after and after["sid"] != "known to somebody else"
        assert after.get("csrf_token") != token
        assert set(after) <= {"_user_id", "_fresh", "sid", "fs_cc", "fs_paa", "csrf_token"}
        session_token = after["sid"]
    assert session_token not in [row.token_hash for row in every(Session)], "only a hash is stored"


def test_signing_in_again_in_a_browser_leaves_one_session(visitor, make):
    email = make.user().email
    enter(visitor, email)
    leave(visitor)
    enter(visitor, email)
    assert len(every(Session)) == 1


def test_leaving_ends_the_session_even_for_a_kept_cookie(visitor, make):
    enter(visitor, make.user().email)
    cookie = visitor.get_cookie("session").value
    assert leave(visitor).headers["Location"] == "/"
    assert not every(Session)
    visitor.set_cookie("session", cookie)
    assert not is_in(visitor)


def test_there_is_no_long_memory_of_a_browser(visitor, make):
    page = visitor.get("/login")
    assert not page.soup.select('[name="remember"]')
    enter(visitor, make.user().email)
    assert visitor.get_cookie("remember_token") is None
    assert visitor.get_cookie("session").expires is None


@pytest.mark.parametrize("way", [{"headers": {"Authentication-Token": "x"}}, {"query_string": {"auth_token": "x"}}])
def test_there_is_no_other_key_to_an_account(app, visitor, make, way):
    user = make.user()
    with app.test_request_context():
        token = user.get_auth_token()
    way = {key: dict.fromkeys(value, token) for key, value in way.items()}
    assert visitor.get("/account", **way).status_code == 303


def test_the_session_says_it_is_in_use_once_an_hour(clock, member):
    first = every(Session)[0].seen_at
    clock.forward(minutes=50)
    member.get("/account")
    assert every(Session)[0].seen_at == first
    clock.forward(minutes=20)
    member.get("/account")
    assert every(Session)[0].seen_at > first


def test_a_session_that_serves_no_more_ends(clock, member):
    clock.forward(days=29)
    assert is_in(member)
    clock.forward(days=31)
    assert not is_in(member)


def test_who_is_there_costs_one_query(count_queries, member):
    with count_queries() as statements:
        member.get("/register/sent")
    assert len([one for one in statements if "sessions" in one]) == 1
    assert len(statements) <= 3


def test_pages_of_an_account_are_kept_by_nobody(sign_in, make, visitor):
    for browser, path in ((sign_in(make.user()), "/account/password"), (visitor, "/login")):
        assert "no-store" in browser.get(path).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
            "Safari, iOS",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140.0",
            "Edge, macOS",
        ),
        ("curl/8", ""),
        ("<script>alert(1)</script>", ""),
        ("x" * 5000, ""),
    ],
)
@pytest.mark.one_engine
def test_a_device_is_named_coarsely(app, agent, name):
    with app.test_request_context(headers={"User-Agent": agent}):
        assert name_device() == name


def test_the_cookie_of_a_known_browser_goes_to_the_forms_of_a_sign_in_alone_and_names_nobody(visitor, make):
    user = make.user()
    answer = enter(visitor, user.email)
    cookies = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("known=")]
    assert {part for line in cookies for part in line.split("; ") if part.startswith("Path=")} == {
        "Path=/login",
        "Path=/forgot",
    }
    assert all({"HttpOnly", "SameSite=Lax", "Max-Age=31536000"} <= set(line.split("; ")) for line in cookies)
    value = cookies[0].partition("=")[2].partition(".")[0]
    assert user.email not in unquote(value) and user.fs_uniquifier not in base64.urlsafe_b64decode(value + "==").decode(
        "latin-1"
    )


@pytest.mark.one_engine
def test_over_https_the_cookie_is_bound_to_the_host(engine, tmp_path):
    url = databases.new("sqlite", "https", tmp_path)
    site = create_app(**SETTINGS | {"SITE_URL": "https://reflexe.example"}, DATA_DIR=tmp_path, DATABASE_URL=url)
    with site.app_context():
        db.create_all()
        answer = site.test_client().get("/login", base_url="https://reflexe.example")
        db.session.remove()
        db.engine.dispose()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie

"""What every answer says, whatever was asked: headers, languages, refusals without traces."""

import pytest

from app.core.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from app.core.permits import Permission, anyone
from app.web.frame.errors import get_texts
from app.web.frame.headers import POLICY

CODES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


@pytest.mark.parametrize("path", ["/", "/ideas", "/login", "/nothing", "/ideas?kind=x", "/healthz"])
def test_every_answer_carries_the_strict_policy(visitor, path):
    headers = visitor.get(path).headers
    assert headers["Content-Security-Policy"] == POLICY and "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] and "Cookie" in headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/ideas", "/login", "/register", "/communities", "/about", "/nothing"])
def test_no_page_holds_anything_inline_or_foreign(visitor, path):
    soup = visitor.get(path).soup
    assert not soup.select("style, [style], script:not([src]):not([type='application/ld+json'])")
    assert not [tag for tag in soup.find_all(True) for name in tag.attrs if name.startswith(("on", "hx-on"))]
    for tag in soup.select("[src], link[href]:not([rel=canonical]):not([rel=alternate])"):
        address = tag.get("src") or tag.get("href")
        assert address.startswith(("/static/", "data:image/")), tag


def test_own_scripts_are_pinned_by_their_hash(visitor):
    scripts = visitor.get("/").soup.select("script[src]")
    assert scripts and all(script["integrity"].startswith("sha384-") for script in scripts)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "a b"])
def test_an_unknown_host_is_refused(visitor, host):
    assert visitor.get("/", headers={"Host": host}).status_code == 400
    assert visitor.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_forwarded_host_is_not_believed(visitor):
    page = visitor.get("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert page.status_code == 200 and "evil.example" not in page.text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_refusal_is_a_page_of_the_site(app, visitor, code, lang, monkeypatch):
    view = app.view_functions["site.healthz"]

    def refuse():
        if code == 500:
            raise RuntimeError("secret detail")
        app.aborter(code)

    refuse.permission, refuse.needs_account = Permission("test:refuse", [anyone]), False
    monkeypatch.setitem(app.view_functions, "site.healthz", refuse)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    page = visitor.get(f"/healthz?lang={lang}")
    assert page.status_code == code and page.soup.html["lang"].startswith(lang)
    assert page.soup.select_one("header") and page.soup.h1.get_text(strip=True)
    assert "secret" not in page.text and "Traceback" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert view is not refuse
    Permission.book.pop("test:refuse", None)


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (Forbidden("idea:edit"), 403),
        (NotFound(), 404),
        (Conflict("Trop tard."), 409),
        (Invalid("Non."), 422),
        (TooMany("Attendez.", retry_after=60), 429),
    ],
)
def test_a_refusal_of_the_domain_becomes_its_page(app, visitor, refusal, code, monkeypatch):
    def refuse():
        raise refusal

    monkeypatch.setitem(app.view_functions, "site.healthz", refuse)
    page = visitor.get("/healthz")
    assert page.status_code == code
    assert ("60" if code == 429 else None) == page.headers.get("Retry-After")
    assert "idea:edit" not in page.words


def test_every_code_has_words(app):
    with app.test_request_context("/"):
        assert len({get_texts(code)[0] for code in CODES}) == len(CODES)


def test_too_large_a_body_is_refused_as_such(visitor):
    visitor.get("/login")
    answer = visitor.forge("/login", data={"email": "x" * 2_000_000})
    assert answer.status_code == 413 and answer.soup.h1


def test_health_answers_without_a_page(visitor):
    answer = visitor.get("/healthz")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")


def test_a_file_of_ours_may_be_kept_for_ever(visitor):
    address = visitor.get("/").soup.select_one("link[rel=stylesheet]")["href"]
    answer = visitor.get(address)
    answer.get_data()
    answer.close()
    assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"]
    assert "max-age=" in answer.headers["Cache-Control"] and answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_path_out_of_the_static_folder_is_not_served(visitor):
    for path in ("/static/../config.py", "/static/%2e%2e/config.py", "/static/css/tokens.css/../../../config.py"):
        assert visitor.get(path).status_code == 404

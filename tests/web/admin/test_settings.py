"""What an administrator sets while the site runs."""

from typing import Any

import pytest

from app.core import settings, version
from app.core.db import db
from app.journal.models import Entry
from tests.support.accounts import allow, enforce_limits
from tests.support.make import PASSWORD


def value(key: str) -> Any:
    db.session.rollback()
    return settings.get_value(key)


def test_settings_are_shown_with_what_they_mean(admin: Any) -> None:
    page = admin.get("/settings")
    assert {field["name"] for field in page.soup.select("main [name]")} == {*settings.DEFAULTS, "csrf_token", "seen"}
    assert page.soup.select_one("[name=trust_posts]")["value"] == "3" and len(page.soup.select("main .help")) == len(
        settings.DEFAULTS
    )
    assert f"version {version.describe()}" in page.text


def test_a_change_is_kept_told_in_the_journal_by_its_key_and_signed(admin: Any, visitor: Any) -> None:
    page = admin.submit(
        "/settings",
        "main form",
        trust_posts="5",
        refused_domains="Jetable.org\n\n@poubelle.example.\njetable.org",
        follow=True,
    )
    assert (
        "Ada Technique" in page.words
        and value("trust_posts") == 5
        and value("refused_domains") == "jetable.org\npoubelle.example"
    )
    line = db.session.query(Entry).one()
    assert (line.kind, line.facts, line.reason) == ("settings", {"keys": "refused_domains trust_posts"}, "")
    journal = visitor.get("/journal").words
    assert "Domaines de courriel refusés, Publications avant la confiance" in journal and "jetable" not in journal
    admin.submit("/settings", "main form")
    assert db.session.query(Entry).count() == 1, "nothing changed"


def test_the_registration_is_closed_and_opened(admin: Any) -> None:
    admin.submit("/settings", "main form", registration_open=None)
    assert value("registration_open") is False
    admin.submit("/settings", "main form", registration_open="y")
    assert value("registration_open") is True


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(
            (key, bad)
            for key in ("trust_posts", "trust_days", "new_links", "new_mentions", "new_posts_per_hour")
            for bad in ("-1", "1000", "", "trois", "1e9", "9" * 400)
        ),
        ("new_posts_per_hour", "0"),
        *(
            ("refused_domains", bad)
            for bad in (
                "pas un domaine",
                "exemple",
                "http://exemple.org",
                "*.exemple.org",
                "a@b@c.org",
                "-a.org",
                "a..org",
                "x" * 64 + ".org",
                "\n".join(f"d{n}.example" for n in range(501)),
                "x" * 20_001,
            )
        ),
    ],
)
def test_a_value_out_of_bounds_is_refused_and_nothing_typed_is_lost(admin: Any, key: str, text: str) -> None:
    answer = admin.submit("/settings", "main form", **{key: text})
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    field = answer.soup.select_one(f"[name={key}]")
    assert text in (field.get("value"), field.get_text().strip())
    assert value(key) == settings.DEFAULTS[key] and not db.session.query(Entry).count()


def test_the_first_values_come_back(admin: Any) -> None:
    admin.submit("/settings", "main form", trust_days="30", refused_domains="jetable.org", registration_open=None)
    page = admin.get("/settings/reset")
    row = next(row for row in page.soup.select("tbody tr") if row.th.get_text() == "Jours avant la confiance")
    assert [cell.get_text(strip=True) for cell in row.select("td")] == ["30", "7"] and "jetable.org" in page.words
    admin.submit(page, "main form")
    assert {key: value(key) for key in settings.DEFAULTS} == settings.DEFAULTS
    assert db.session.query(Entry).count() == 2


LONG_AGO = {"hours": 1}


@pytest.mark.parametrize("path", ["/settings", "/account/email", "/account/two-factor"])
def test_a_session_that_is_kept_busy_is_asked_for_its_password_too(admin: Any, clock: Any, path: str) -> None:
    answers = []
    for _n in range(5):
        clock.forward(minutes=9)
        answers.append(admin.get(path).status_code)
    assert answers[:2] == [200, 200] and {code // 100 for code in answers[2:]} == {3}


def test_the_settings_ask_for_a_recent_password_before_they_are_shown(admin: Any, clock: Any) -> None:
    clock.forward(**LONG_AGO)
    for path in ("/settings", "/settings/reset"):
        asked = admin.get(path)
        assert asked.headers["Location"] == f"/account/verify?next={path}"
        assert admin.submit(asked.headers["Location"], "main form", password=PASSWORD).headers["Location"] == path
        assert admin.get(path).status_code == 200
        clock.forward(**LONG_AGO)


def test_nothing_typed_is_lost_when_the_password_is_asked_late(admin: Any, clock: Any) -> None:
    page = admin.get("/settings")
    clock.forward(**LONG_AGO)
    refused = admin.submit(page, "main form", trust_posts="5", refused_domains="jetable.org")
    assert refused.status_code == 422 and value("trust_posts") == settings.DEFAULTS["trust_posts"]
    assert refused.soup.select_one("[name=trust_posts]")["value"] == "5" and "jetable.org" in refused.words
    assert admin.submit(refused, "main form", password=PASSWORD).status_code == 303 and value("trust_posts") == 5
    assert admin.get("/settings").status_code == 200, "it counts for what follows too"


def test_to_be_asked_for_it_is_no_error(admin: Any, clock: Any) -> None:
    page = admin.get("/settings")
    clock.forward(**LONG_AGO)
    asked = admin.submit(page, "main form", trust_posts="5")
    assert (
        not asked.soup.select(".error-summary, main .error, .is-error, .is-warning")
        and "Erreur" not in asked.soup.title.get_text()
    )
    field = asked.soup.select_one("[name=password]")
    assert asked.soup.select_one(f'.notice.is-info a[href="#{field["id"]}"]')
    assert "Rien n'est enregistré encore" in asked.soup.find(id=field["aria-describedby"]).text.replace("’", "'")


def test_a_wrong_password_changes_nothing_is_said_and_is_counted(
    app: Any, admin: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(monkeypatch, password=2)
    page = admin.get("/settings")
    clock.forward(**LONG_AGO)
    with enforce_limits(app):
        page = admin.submit(page, "main form", trust_posts="5")
        for _n in range(2):
            page = admin.submit(page, "main form", password="une autre phrase")
            assert (
                page.status_code == 422
                and page.soup.select_one("[name=trust_posts]")["value"] == "5"
                and page.soup.select_one("main .error")
            )
        page = admin.submit(page, "main form", password=PASSWORD)
    assert (
        page.status_code == 429
        and "Pas tout de suite" in page.words
        and value("trust_posts") == settings.DEFAULTS["trust_posts"]
    )
    assert "une autre phrase" not in page.text


def test_it_is_asked_again_in_another_language_with_what_was_typed(admin: Any, clock: Any) -> None:
    page = admin.get("/settings")
    clock.forward(**LONG_AGO)
    page = admin.submit(page, "main form", trust_posts="5")
    page = admin.submit(page, "#answered", button="lang en")
    assert page.soup.html["lang"] == "en-CA" and page.soup.select_one("main [name=trust_posts]")["value"] == "5"
    assert admin.submit(page, "main form", password=PASSWORD).status_code == 303 and value("trust_posts") == 5


def test_putting_them_back_asks_for_it_too(admin: Any, clock: Any) -> None:
    admin.submit("/settings", "main form", trust_posts="5")
    page = admin.get("/settings/reset")
    clock.forward(**LONG_AGO)
    refused = admin.submit(page, "main form")
    assert refused.status_code == 422 and value("trust_posts") == 5
    assert admin.submit(refused, "main form", password=PASSWORD).status_code == 303 and value("trust_posts") == 3

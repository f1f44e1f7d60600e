"""Each reading of the private data of an account is recorded; the person and the administration read the record."""

from datetime import timedelta
from typing import Any

import pytest

from app.accounts import jobs, queries
from app.accounts.models.accesses import Access
from app.core import clock as time
from app.core.db import db
from app.core.errors import Forbidden
from tests.support.queries import costs_alike


@pytest.fixture
def admin(make: Any) -> Any:
    return make.user("Ada Technique", role="admin")


def list_accesses() -> list[tuple[int, int, str]]:
    db.session.rollback()
    return [(row.by_id, row.user_id, row.what) for row in db.session.query(Access).order_by(Access.id)]


def test_a_reading_is_kept_once_while_it_goes_on(make: Any, admin: Any, sign_in: Any, clock: Any) -> None:
    user, browser = make.user(), sign_in(admin)
    for _n in range(3):
        browser.get(f"/people/{user.id}")
    assert list_accesses() == [(admin.id, user.id, "account")]
    clock.forward(minutes=16)
    browser.get(f"/people/{user.id}")
    assert len(list_accesses()) == 2


def test_a_list_tells_no_address_but_a_search_by_address_is_kept(make: Any, admin: Any, sign_in: Any) -> None:
    browser, user = sign_in(admin), make.user("Zoé Élan", email="zoe@example.org")
    make.user("Autre", email="autre@example.org")
    browser.get("/people")
    browser.get("/people?q=zoe")
    assert list_accesses() == []
    browser.get("/people?q=zoe@example.org")
    assert list_accesses() == [(admin.id, user.id, "address")]


def test_what_is_refused_and_one_s_own_page_are_not_kept(make: Any, admin: Any, sign_in: Any) -> None:
    user = make.user()
    sign_in(admin).get(f"/people/{admin.id}")
    sign_in(make.user(role="coordinator")).get(f"/people/{user.id}")
    sign_in(admin).get("/people/999999")
    assert list_accesses() == []


def test_the_person_reads_by_whom_by_role_and_when(make: Any, admin: Any, sign_in: Any) -> None:
    user = make.user()
    theirs = sign_in(user)
    assert "Personne n" in theirs.get("/account/accesses").words
    sign_in(admin).get(f"/people/{user.id}")
    page = theirs.get("/account/accesses")
    assert "Ada Technique" in page.words and "(Administration)" in page.words and "pour l" in page.words
    assert theirs.get("/account").soup.select_one("a[href='/account/accesses']")
    assert "Ada" not in sign_in(make.user()).get("/account/accesses").soup.select_one("main").get_text()


def test_the_log_is_for_the_administration_and_the_coordination(make: Any, admin: Any, sign_in: Any) -> None:
    one, other = make.user("Zoé Élan"), make.user("Ana Roy")
    browser = sign_in(admin)
    assert "Personne n" in browser.get("/access-log").words
    for user in (one, other):
        browser.get(f"/people/{user.id}")
    for reader in (browser, sign_in(make.user(role="coordinator"))):
        page = reader.get("/access-log")
        assert (
            "Zoé Élan" in page.words and "Ana Roy" in page.words and "@" not in page.soup.select_one("main").get_text()
        )
        page = reader.get(f"/access-log?person={one.id}")
        assert "Zoé Élan" in page.words and "Ana Roy" not in page.words
        assert not page.soup.select("main form")
    assert sign_in(make.user()).get("/access-log").status_code == 403
    assert browser.get("/access-log?person=x").status_code == 400


def test_somebody_s_log_is_read_by_nobody_else(make: Any) -> None:
    user = make.user()
    assert queries.list_accesses(make.actor(user), of=user.id).items == []
    for of in (user.id, None):
        with pytest.raises(Forbidden):
            queries.list_accesses(make.actor(), of=of)


@pytest.mark.parametrize("path", ["/access-log", "/account/accesses"])
def test_the_log_is_paged_and_costs_the_same(make: Any, admin: Any, sign_in: Any, path: str) -> None:
    user, first = make.user(), time.now()
    browser = sign_in(admin if path == "/access-log" else user)

    def fill(times: int) -> None:
        for n in range(times):
            make.add(Access(by_id=admin.id, user_id=user.id, what="account", at=first + timedelta(seconds=n)))

    costs_alike(fill, (browser, path))
    fill(5)
    page = browser.get(path)
    rest = browser.get(page.soup.select_one("a[rel=next]")["href"])
    lines = "tbody tr" if path == "/access-log" else ".list li"
    assert (len(page.soup.select(lines)), len(rest.soup.select(lines))) == (20, 5) and rest.soup.select_one(
        ".pages .first"
    )


def test_a_closed_account_has_no_name_in_the_log(make: Any, admin: Any, sign_in: Any) -> None:
    make.add(Access(by_id=admin.id, user_id=make.user("", closed_at=time.now(), active=False).id, what="account"))
    assert "Ancien membre" in sign_in(admin).get("/access-log").words


def test_a_reading_is_forgotten_after_two_years(make: Any, admin: Any) -> None:
    user = make.user()
    for days in (731, 729):
        make.add(Access(by_id=admin.id, user_id=user.id, what="account", at=time.ago(days=days)))
    jobs.purge()
    assert len(list_accesses()) == 1

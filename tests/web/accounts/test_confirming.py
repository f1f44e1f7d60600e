"""To confirm an address: the link that is mailed, what it opens, and what becomes of who never follows it."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import jobs
from app.accounts.models.documents import Consent
from app.core import clock as time
from app.core.db import db
from tests.support.accounts import follow, member, press, register
from tests.support.make import PASSWORD


def test_the_mail_is_in_the_language_of_the_reader(visitor, outbox):
    visitor.submit("/", "header form[action='/language']")
    register(visitor)
    assert member().locale == "en"
    assert 'lang="en-CA"' in outbox[0].html


def test_links_come_from_the_site_and_not_from_the_host(app, visitor, outbox):
    visitor.get("/register", headers={"Host": "127.0.0.1"})
    page = visitor.get("/register", base_url="http://127.0.0.1")
    visitor.post_raw("/register", base_url="http://127.0.0.1", headers={"Sec-Fetch-Site": "same-origin"}, data={
        "csrf_token": page.soup.find("input", attrs={"name": "csrf_token"})["value"], "name": "Marie",
        "email": "marie@example.org", "password": PASSWORD, "charter": "y", "privacy": "y", "website": "",
        "stamp": page.soup.select_one("#stamp")["value"]})
    assert "127.0.0.1" not in outbox[0].text and f"{app.config['SITE_URL']}/confirm/" in outbox[0].text


def test_reading_the_link_confirms_nothing(visitor, outbox):
    register(visitor)
    page = follow(visitor, outbox.links(outbox[0])[0])
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer"
    assert page.request.path == "/confirm/link"
    assert member().confirmed_at is None


def test_a_link_serves_once_and_not_for_ever(visitor, new_browser, outbox, clock):
    register(visitor)
    link = outbox.links(outbox[0])[0]
    assert press(visitor, link).headers["Location"] == "/login"
    again = press(new_browser(), link)
    assert again.headers["Location"] == "/confirm"
    register(new_browser(), email="tard@example.org")
    clock.forward(days=3, minutes=5)
    press(visitor, outbox.links(outbox.to("tard@example.org")[0])[0])
    assert member("tard@example.org").confirmed_at is None
    assert "a expiré" in visitor.get("/confirm").words


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "e" * 4000])
def test_a_made_up_link_is_told_so(visitor, token):
    answer = visitor.get(f"/confirm/{token}")
    if answer.status_code == 303:
        assert press(visitor, f"/confirm/{token}").headers["Location"] == "/confirm"
    else:
        assert answer.status_code in (400, 404, 414)


def test_an_account_that_nobody_confirms_goes_away(visitor, make):
    register(visitor)
    confirmed_email = make.user().email
    make.at(member(), created_at=time.now() - timedelta(days=20))
    make.at(member(confirmed_email), created_at=time.now() - timedelta(days=20))
    jobs.purge()
    assert member() is None and member(confirmed_email)
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 0

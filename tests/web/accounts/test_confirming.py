"""To confirm an address: the link that is mailed, what it opens, and what becomes of who never follows it."""

import pytest

from app.accounts import jobs, registrations
from app.accounts.models.registrations import Registration
from tests.support.accounts import confirm, follow, member, open_account, register
from tests.support.make import PASSWORD
from tests.support.rows import every


def test_the_mail_is_in_the_language_of_the_reader(visitor, outbox):
    visitor.submit("/", "header form[action='/language']")
    assert open_account(visitor, outbox).locale == "en"
    assert 'lang="en-CA"' in outbox[0].html


def test_links_come_from_the_site_and_not_from_the_host(app, visitor, outbox):
    visitor.get("/register", headers={"Host": "127.0.0.1"})
    page = visitor.get("/register", base_url="http://127.0.0.1")
    visitor.post_raw(
        "/register",
        base_url="http://127.0.0.1",
        headers={"Sec-Fetch-Site": "same-origin"},
        data={
            "csrf_token": page.soup.find("input", attrs={"name": "csrf_token"})["value"],
            "name": "Marie",
            "email": "marie@example.org",
            "password": PASSWORD,
            "charter": "y",
            "privacy": "y",
            "website": "",
            "stamp": page.soup.select_one("#stamp")["value"],
        },
    )
    assert "127.0.0.1" not in outbox[0].text and f"{app.config['SITE_URL']}/confirm/" in outbox[0].text


def test_reading_the_link_confirms_nothing(visitor, outbox):
    register(visitor)
    page = follow(visitor, outbox.links(outbox[0])[0])
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer"
    assert page.request.path == "/confirm/link"
    assert member() is None


def test_a_link_serves_once_and_not_for_ever(visitor, new_browser, outbox, clock):
    register(visitor)
    link = outbox.links(outbox[0])[0]
    assert confirm(visitor, link).headers["Location"] == "/"
    other = new_browser()
    assert follow(other, link).headers["Location"] == "/login", "there is nothing to send again"
    page = other.get("/login")
    assert (
        "déjà confirmée : connectez-vous" in page.words
        and page.soup.select_one("#email")["value"] == "marie@example.org"
    )
    assert follow(visitor, link).headers["Location"] == "/"
    assert "déjà confirmée : il n’y a rien d’autre à faire" in visitor.get("/").words
    register(new_browser(), email="tard@example.org")
    clock.forward(days=3, minutes=5)
    late = new_browser()
    assert follow(late, outbox.links(outbox.to("tard@example.org")[0])[0]).headers["Location"] == "/confirm"
    assert member("tard@example.org") is None and "valait 3 jours et a expiré" in late.get("/confirm").words


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "e" * 4000])
def test_a_made_up_link_is_told_so(visitor, token):
    answer = visitor.get(f"/confirm/{token}")
    if answer.status_code == 303:
        assert visitor.get(answer.headers["Location"]).headers["Location"] == "/confirm"
    else:
        assert answer.status_code in (400, 404, 414)


def test_what_nobody_confirms_goes_away(visitor, make, clock):
    register(visitor)
    confirmed_email = make.user().email
    make.user(is_confirmed=False, email="ancienne@example.org")
    clock.forward(days=13)
    jobs.purge()
    assert registrations.list_waiting("marie@example.org")
    clock.forward(days=2)
    jobs.purge()
    assert not every(Registration) and member(confirmed_email) and member("ancienne@example.org") is None

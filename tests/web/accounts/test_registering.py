"""To open an account: the form, the mail, the confirmation, and nothing said about who has one."""

import pytest
from sqlalchemy import select

from app.accounts import registrations
from app.accounts.models.documents import Consent
from app.core import clock
from app.core.db import db
from app.reference.models import Organisation
from app.web.frame import documents
from tests.support.accounts import confirm, enter, is_in, member, open_account, register
from tests.support.make import PASSWORD
from tests.support.rows import every
from tests.support.tampering import tamper


def test_somebody_registers_confirms_and_signs_in(visitor, outbox):
    answer = register(visitor)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/register/sent")
    sent = visitor.get("/register/sent")
    assert (
        "Consultez vos courriels" in sent.soup.h1.get_text()
        and sent.soup.main.get_text().count("marie@example.org") == 1
    )
    assert not sent.soup.select("#flashes .notice")
    refusal = enter(visitor, "marie@example.org")
    assert refusal.status_code == 422 and refusal.soup.select_one('main a[href="/confirm"]')
    answer = confirm(visitor, outbox.links(outbox.to("marie@example.org")[0])[0])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert is_in(visitor)


def test_the_account_holds_what_was_typed_and_shows_nothing_of_it(visitor, outbox):
    user = open_account(visitor, outbox, organisation="Maison Goéland")
    assert (user.name, user.sort_key, user.site_role) == ("Marie Tremblay", "marie tremblay", "member")
    assert user.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert db.session.get(Organisation, user.organisation_id).name == "Maison Goéland"
    assert not (user.shows_about or user.shows_territory or user.shows_organisation or user.shows_activity)


def test_a_territory_is_chosen_among_the_mrc_and_their_municipalities(visitor, outbox):
    page = visitor.get("/register")
    groups = page.soup.select("#territory optgroup")
    assert groups, "the territories are grouped by MRC"
    code = groups[0].select("option")[-1]["value"]
    assert open_account(visitor, outbox, territory=code).territory_id


def test_two_spellings_of_an_organisation_are_one(visitor, new_browser, outbox):
    first = open_account(visitor, outbox, organisation="Maison Goéland").organisation_id
    assert (
        open_account(new_browser(), outbox, email="b@example.org", organisation="maison goeland").organisation_id
        == first
    )


def test_an_organisation_that_was_archived_before_the_confirmation_is_left_out(visitor, outbox, make):
    register(visitor, organisation="Maison Goéland")
    make.add(Organisation(name="Maison Goéland", sort_key="maison goeland", archived_at=clock.now()))
    confirm(visitor, outbox.links(outbox[0])[0])
    assert is_in(visitor) and member().organisation_id is None


def test_names_of_organisations_are_offered_once_somebody_confirmed_shows_theirs(visitor, make, new_browser, outbox):
    register(visitor, organisation="Maison Goéland")
    assert not every(Organisation)
    option = 'datalist option[value="Maison Goéland"]'
    assert not new_browser().get("/register").soup.select(option)
    confirm(visitor, outbox.links(outbox[0])[0])
    assert not new_browser().get("/register").soup.select(option)
    make.at(member(), shows_organisation=True)
    assert new_browser().get("/register").soup.select(option)


def test_what_was_accepted_is_recorded_with_its_version(visitor, outbox):
    user_id = open_account(visitor, outbox).id
    rows = db.session.scalars(select(Consent).where(Consent.user_id == user_id)).all()
    assert {row.document: row.version for row in rows} == documents.get_versions()
    assert documents.get_version("charter") == "2026-11-27"


@pytest.mark.parametrize("missing", ["charter", "privacy"])
def test_nobody_registers_without_accepting(visitor, missing):
    answer = register(visitor, **{missing: None})
    assert answer.status_code == 422
    assert answer.soup.select_one(f"#{missing}-error")
    assert member() is None


def test_a_refused_form_keeps_what_was_typed_but_the_password(visitor):
    answer = register(visitor, email="pas une adresse", organisation="Maison Goéland")
    assert answer.status_code == 422
    summary = answer.soup.select_one(".error-summary")
    assert summary.has_attr("data-autofocus") and summary.select_one('a[href="#email"]')
    assert answer.soup.select_one("#name")["value"] == "Marie Tremblay"
    assert answer.soup.select_one("#organisation")["value"] == "Maison Goéland"
    assert not answer.soup.select_one("#password").get("value")
    assert PASSWORD not in answer.get_data(as_text=True)


def test_a_taken_address_is_not_told_apart_by_a_mistake_elsewhere(visitor, new_browser, make):
    make.user(email="prise@example.org")
    answers = [
        register(browser, email=email, password="court")
        for browser, email in ((visitor, "libre@example.org"), (new_browser(), "prise@example.org"))
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert (
        answers[0].soup.select_one(".error-summary").get_text()
        == answers[1].soup.select_one(".error-summary").get_text()
    )


def test_somebody_who_registers_twice_gets_a_second_link(visitor, new_browser, outbox):
    register(visitor)
    register(new_browser(), name="Un autre nom")
    _first, second = outbox.to("marie@example.org")
    assert second.subject.startswith("Confirmez votre adresse")
    assert confirm(visitor, outbox.links(second)[0]).headers["Location"] == "/"
    assert member().name == "Un autre nom"


@pytest.mark.parametrize(
    "name",
    [
        "A",
        " ",
        "\u200b\u200b",
        "x" * 81,
        "Réflexe DS",
        "reflexe ds",
        "Concertation Horizon",
        "Ancien membre",
        "Voyez http://piege.example",
        "www.piege.example",
        "marie@example.org",
    ],
)
def test_a_name_is_a_persons(visitor, name):
    answer = register(visitor, name=name)
    assert answer.status_code == 422
    assert answer.soup.select_one("#name-error")


@pytest.mark.parametrize("name", ["Marie\r\nBcc: victime", "Marie\nSubject: piège", "Marie\x00\x1b[31m"])
def test_a_name_puts_nothing_in_a_mail(visitor, outbox, name):
    register(visitor, name=name)
    mail = outbox[0]
    assert "\n" not in mail.subject and "\r" not in mail.subject
    assert "Bcc:" not in mail.text and "victime" not in mail.text and "piège" not in mail.text
    assert len(outbox) == 1 and mail.recipient == "marie@example.org"


@pytest.mark.parametrize(
    "password",
    [
        "court",
        "motdepasse1",
        "azertyuiop",
        "Motdepasse2026!",
        "aaaaaaaaaaaa",
        "1234567890",
        "marie.tremblay",
        "Réflexe DS 26",
        "x" * 201,
        " " * 12,
    ],
)
def test_a_password_is_not_anybodys(visitor, password):
    answer = register(visitor, password=password)
    assert answer.status_code == 422
    assert answer.soup.select_one("#password-error")


@pytest.mark.parametrize(
    ("email", "stored_email"),
    [
        ("MARIE@Example.ORG", "marie@example.org"),
        (" marie@example.org ", None),
        ("marie+ds@example.org", "marie+ds@example.org"),
        ("Marie <marie@example.org>", None),
        ("marie@example.org\r\nBcc: x@y.org", None),
        ("marie@", None),
        ("é@exemple.org", "é@exemple.org"),
    ],
)
def test_an_address_has_one_form(visitor, email, stored_email):
    answer = register(visitor, email=email)
    stored_email = stored_email or (email.strip() if answer.status_code == 303 else None)
    assert (answer.status_code == 303) == (stored_email is not None)
    if stored_email:
        assert registrations.list_waiting(stored_email)


def test_a_form_gives_no_rights(visitor, outbox):
    register(
        visitor,
        tamper,
        trusted_at="2020-01-01",
        admitted_count="9",
        site_role="admin",
        confirmed_at="2020-01-01",
        active="1",
        id="1",
        fs_uniquifier="x",
        tf_primary_method="authenticator",
        is_demo="1",
    )
    assert member() is None
    confirm(visitor, outbox.links(outbox[0])[0])
    user = member()
    assert (user.site_role, user.tf_primary_method, user.is_demo) == ("member", None, False)
    assert user.fs_uniquifier != "x" and not user.is_trusted and user.admitted_count == 0


@pytest.mark.parametrize("field", ["name", "email", "password", "charter", "organisation"])
def test_a_field_given_twice_is_refused(visitor, field):
    assert register(visitor, tamper, **{field: ["y", "y"]}).status_code == 400


def test_what_is_far_too_large_is_refused(visitor):
    assert register(visitor, name="x" * 1_100_000).status_code == 413
    assert register(visitor, password="x" * 400_000).status_code == 422
    assert register(visitor, email="x" * 400_000 + "@example.org").status_code == 422


def test_what_is_not_a_form_is_refused(visitor):
    visitor.get("/register")
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin", "X-CSRFToken": visitor.token}
    answer = visitor.post_raw("/register", json={"email": {"a": 1}, "name": ["x"]}, headers=headers)
    assert answer.status_code in (400, 415)

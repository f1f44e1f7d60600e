"""The door of registration: the trap, the time that a form takes, throw-away addresses, a site that takes nobody in."""

import pytest

from app.accounts import registrations
from app.accounts.models.people import User
from app.core.db import db
from tests.support.accounts import hashing, member, register, work
from tests.support.persons import keep
from tests.support.tampering import tamper


def test_the_trap_is_out_of_sight_and_of_the_way(visitor):
    trap = visitor.get("/register").soup.select_one(".trap")
    assert trap["aria-hidden"] == "true" and trap.select_one("input")["tabindex"] == "-1"
    assert trap.select_one("input")["autocomplete"] == "off" and trap.select_one("label").get_text()


def test_a_machine_that_fills_the_trap_is_told_nothing_and_gets_no_account(app, visitor, new_browser, make, outbox):
    make.user(email="prise@example.org")
    with hashing(app) as work:
        answers = [
            register(visitor, website="https://machine.test"),
            register(new_browser(), website="x", email="prise@example.org"),
        ]
    honest = register(new_browser(), email="libre@example.org")
    assert (
        {(a.status_code, a.headers["Location"], a.headers["Cache-Control"]) for a in answers}
        == {(303, "/register/sent", honest.headers["Cache-Control"])}
        == {(honest.status_code, honest.headers["Location"], "no-store, private")}
    )
    assert member() is None and len(work) == 2 and [mail.recipient for mail in outbox] == ["libre@example.org"]


@pytest.mark.usefixtures("slow")
def test_who_registers_faster_than_anybody_types_is_asked_again_kindly(visitor, clock):
    page = visitor.get("/register")
    fields = {
        "name": "Marie Tremblay",
        "email": "marie@example.org",
        "password": "une phrase de passe correcte",
        "charter": "y",
        "privacy": "y",
    }
    answer = visitor.submit(page, "main form", **fields)
    assert answer.status_code == 422 and "très rapide" in answer.soup.select_one(".error-summary").get_text()
    assert answer.soup.select_one("#name")["value"] == "Marie Tremblay" and member() is None
    clock.forward(seconds=5)
    assert visitor.submit(answer, "main form", password=fields["password"]).status_code == 303
    work()
    assert registrations.list_waiting("marie@example.org")


@pytest.mark.parametrize("fields", [{"stamp": None}, {"website": None}, {"stamp": "faux"}])
def test_registration_without_our_form_is_asked_again_and_a_taken_address_is_not_told_apart(
    visitor, new_browser, make, fields
):
    make.user(email="prise@example.org")
    answers = [
        register(visitor, tamper, **fields),
        register(new_browser(), tamper, email="prise@example.org", **fields),
    ]
    assert [answer.status_code for answer in answers] == [422, 422] and member() is None
    assert (
        answers[0].soup.select_one(".error-summary").get_text()
        == answers[1].soup.select_one(".error-summary").get_text()
    )
    assert register(new_browser()).status_code == 303


@pytest.mark.parametrize("email", ["moi@yopmail.com", "MOI@sous.YOPMAIL.com", "moi@attacker.test"])
def test_a_throw_away_address_is_refused_with_words_and_not_told_apart_when_taken(visitor, new_browser, make, email):
    keep(refused_domains="attacker.test")
    free_answer = register(visitor, email=email)
    make.user(email=email.lower())
    taken_answer = register(new_browser(), email=email)
    assert free_answer.status_code == taken_answer.status_code == 422
    assert (
        "courriels jetables"
        in free_answer.soup.select_one("#email-error").get_text()
        == taken_answer.soup.select_one("#email-error").get_text()
    )
    assert (
        free_answer.soup.select_one(".error-summary").get_text()
        == taken_answer.soup.select_one(".error-summary").get_text()
    )


def test_an_account_does_not_move_to_a_throw_away_address(make, sign_in):
    user = make.user()
    answer = sign_in(user).submit("/account/email", "main form", email="moi@yopmail.com")
    assert answer.status_code in (422, 303)
    assert db.session.get_one(User, user.id).email != "moi@yopmail.com"


def test_a_domain_that_only_ends_alike_is_accepted(visitor):
    keep(refused_domains="example.com")
    assert register(visitor, email="moi@attacker-example.com").status_code == 303


def test_a_site_closed_to_new_accounts_says_so_and_makes_none(visitor, make):
    page = visitor.get("/register")
    keep(registration_open=False)
    closed_page, submission = (
        visitor.get("/register"),
        visitor.submit(page, "main form", name="Marie", email="marie@example.org"),
    )
    assert (closed_page.status_code, submission.status_code) == (200, 403)
    assert all("Les inscriptions sont fermées" in answer.words for answer in (closed_page, submission))
    assert closed_page.soup.select_one("main form") is None and member() is None

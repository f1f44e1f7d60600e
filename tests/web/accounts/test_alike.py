"""A form that takes an address does the same work whether or not an account has that address."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.accounts import registrations, requests, service
from app.accounts.models.people import User
from app.accounts.models.sessions import AccountRequest
from app.core.actor import Actor
from app.core.db import db
from app.core.mail import Outgoing
from app.events import halls
from app.web.accounts import address_answers as worker
from app.web.frame import mail
from tests.support.accounts import enforce_limits, enter, hashing, work
from tests.support.make import PASSWORD
from tests.support.rows import count

# The statements of each engine are counted.
pytestmark = pytest.mark.both_engines

NOBODY = "personne@nulle-part.org"
SUBJECTS = {
    "reset": "Choisissez un nouveau mot de passe",
    "confirmation": "Confirmez votre adresse",
    "known": "Vous avez déjà un compte",
    "unfinished": "Votre inscription attend sa confirmation",
    "new": "Confirmez votre nouvelle adresse",
    "invitation": "Une invitation à une communauté privée",
}


@pytest.fixture
def addresses(make):
    """One address of each kind, all of the same length."""
    make.user(email="confirmee@essai.example.org")
    words = {
        "account": {"name": "Marie", "locale": "fr", "territory_id": None, "organisation": ""},
        "accepted": {},
        "charter": 1,
    }
    registrations.add_registration("enattente@essai.example.org", password="", **words)
    make.user(email="suspendue@essai.example.org", active=False)
    return [
        "confirmee@essai.example.org",
        "enattente@essai.example.org",
        "suspendue@essai.example.org",
        "personnes@essai.example.org",
    ]


@contextmanager
def record_statements():
    """List the statements that reach the database, each with the number of its values."""
    statements = []

    def listen(_connection, _cursor, statement, parameters, _context, many):
        statements.append((statement, len(parameters), many))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def forget(browser, email):
    return browser.submit("/forgot", "main form", email=email)


def confirm(browser, email):
    return browser.submit("/confirm", "main form", email=email)


def open_account(browser, email):
    return browser.submit(
        "/register", "main form", email=email, name="Marie Tremblay", password=PASSWORD, charter="y", privacy="y"
    )


def move(browser, email):
    return browser.submit("/account/email", "main form", email=email)


def fail(browser, email):
    return enter(browser, email, "pas la bonne phrase")


# Of each form: what it asks, the rows that it writes for the worker, and the mail that each address gets in the end.
FORMS = {
    "forgot": (forget, 1, ["reset", "unfinished", None, None]),
    "confirm": (confirm, 1, [None, "confirmation", None, None]),
    "register": (open_account, 1, ["known", "confirmation", "known", "confirmation"]),
    "change of address": (move, 1, [None, "new", None, "new"]),
    "sign in": (fail, 0, [None, None, None, None]),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_does_the_same_work_for_every_address(
    app, addresses, new_browser, sign_in, make, outbox, form, monkeypatch
):
    monkeypatch.setattr(halls, "LOOK", 3_600)  # Halls are read by the clock, whoever asks.
    act, request_count, mails = FORMS[form]
    mover, results = make.user(), []
    with enforce_limits(app):
        act(sign_in(mover) if act is move else new_browser(), "avant@essai.example.org")  # fills what the process keeps
    for email in addresses:
        browser = sign_in(mover) if act is move else new_browser()
        browser.get("/login")
        before = count(AccountRequest)
        with enforce_limits(app), record_statements() as statements, hashing(app) as hashes:
            answer = act(browser, email)
        page = browser.get(answer.headers["Location"]).words if answer.status_code == 303 else answer.words
        new_requests = count(AccountRequest) - before
        results.append((answer.status_code, statements, len(hashes), page.replace(email, "@"), new_requests))
    for one in results:
        assert one == results[0]
    assert results[0][4] == request_count and count(Outgoing) == 0, "who gets a mail is not decided here"
    got = [[one.subject.split(" –")[0] for one in outbox.to(email)] for email in addresses]
    assert got == [[SUBJECTS[name]] if name else [] for name in mails]
    assert count(AccountRequest) == 0, "an address is not kept once it is answered"


def test_an_invitation_does_the_same_work_for_every_address(addresses, make, sign_in):
    room = make.community(is_private=True)
    user = make.user(facilitates=[room])
    browser, results = sign_in(user), []
    path = f"/communities/{room.slug}/invitations"
    for email in addresses:
        page = browser.get(path)
        with record_statements() as statements:
            answer = browser.submit(page, "main form.form", email=email)
        results.append((answer.status_code, statements))
    for one in results:
        assert one == results[0]


@pytest.mark.parametrize("path", ["/forgot", "/confirm"])
def test_an_address_that_can_be_none_is_said_so_and_kept(visitor, path):
    answer = visitor.submit(path, "main form", email="pas une adresse")
    assert answer.status_code == 422 and answer.soup.select_one("#email-error")
    assert answer.soup.select_one("#email")["value"] == "pas une adresse" and count(AccountRequest) == 0


def test_no_job_holds_an_address(app, visitor, monkeypatch):
    jobs = []
    monkeypatch.setattr(
        app.extensions["huey"], "enqueue", lambda task: jobs.append((task.name, task.args, task.kwargs))
    )
    forget(visitor, NOBODY)
    assert jobs == [("requests", (), {})]


def test_two_who_register_one_address_before_the_worker_comes_both_wait(visitor, new_browser, outbox):
    open_account(visitor, "marie@example.org")
    new_browser().submit(
        "/register",
        "main form",
        email="marie@example.org",
        name="Un autre nom",
        password=PASSWORD,
        charter="y",
        privacy="y",
    )
    work()
    assert [row.words["account"]["name"] for row in registrations.list_waiting("marie@example.org")] == [
        "Un autre nom",
        "Marie Tremblay",
    ]
    assert [one.subject.split(" –")[0] for one in outbox.to("marie@example.org")] == [
        SUBJECTS["confirmation"]
    ] * 2 and not count(User)


def test_a_request_that_fails_keeps_nobody_waiting_and_is_forgotten_after_a_day(
    visitor, make, outbox, monkeypatch, clock, caplog
):
    first, second = make.user().email, make.user().email
    forget(visitor, first)
    forget(visitor, second)
    send = mail.send
    monkeypatch.setattr(
        mail,
        "send",
        lambda *args, recipient, **more: 1 / 0 if recipient == first else send(*args, recipient=recipient, **more),
    )
    assert worker.answer_requests() == 1 and count(AccountRequest) == 1
    assert first not in caplog.text
    assert [one.recipient for one in outbox] == [second]
    clock.forward(days=1, minutes=1)
    worker.answer_requests()
    assert count(AccountRequest) == 0


def test_whoever_closes_their_account_leaves_no_request(make):
    user = make.user()
    requests.add_request("reset", user.email)
    requests.add_request("new_address", "autre@example.org", user_id=user.id)
    service.close(Actor(user.id), user)
    assert count(AccountRequest) == 0


def test_a_new_address_is_not_offered_to_an_account_that_was_closed_to_its_owner(make, outbox):
    user = make.user()
    requests.add_request("new_address", "autre@example.org", user_id=user.id)
    make.at(user, active=False)
    assert len(outbox) == 0 and count(AccountRequest) == 0

"""The form of a guest does the same work whatever is at its address: an account, a guest, or nobody."""

import random
import time

import pytest
from sqlalchemy import event as sql_event

from app.accounts.models.sessions import AccountRequest
from app.core.db import db
from app.core.mail import Outgoing
from app.events.service import registrations as service
from app.events.service.registrations import Guest
from tests.events.coming import IN_PERSON, confirm, new_event
from tests.support.accounts import enforce_limits
from tests.support.rows import count

# The statements of each engine are counted.
pytestmark = pytest.mark.both_engines
ROUNDS = 300


@pytest.fixture
def event(make):
    return new_event(make, capacity_in_person=500)


@pytest.fixture
def addresses(make, event):
    """One address of each kind, all of the same length."""
    make.user(email="un-compte-1@example.org")
    make.user(email="suspendu-12@example.org", active=False)
    confirm(event, guest_at("deja-inscri@example.org"))
    service.expect(event, guest_at("en-attente1@example.org"), IN_PERSON)
    return [
        "un-compte-1@example.org",
        "suspendu-12@example.org",
        "deja-inscri@example.org",
        "en-attente1@example.org",
        "personne-12@example.org",
    ]


def guest_at(email):
    return Guest(email, "Maude", "fr", "privacy", "2026-11-30")


def register(browser, event, email):
    typed = {"name": "Maude Roy", "email": email, "mode": "in_person", "consent": "y"}
    return browser.submit(f"/events/{event.id}/registration", "main form.form", **typed)


class Statements:
    """The statements that reach the database, each with the number of its values."""

    def __enter__(self):
        self.sent = []
        sql_event.listen(db.engine, "before_cursor_execute", self._listen)
        return self.sent

    def _listen(self, _connection, _cursor, statement, parameters, _context, many):
        # What each process asks again after some seconds, whoever comes, is not of this address.
        if statement != "BEGIN" and "event_halls" not in statement:
            self.sent.append((statement, len(parameters), many))

    def __exit__(self, *_error):
        sql_event.remove(db.engine, "before_cursor_execute", self._listen)


def test_every_address_is_the_same_work_and_the_same_answer(app, event, addresses, new_browser):
    register(new_browser(), event, "avant-tout1@example.org")  # fills what the process keeps
    results = []
    for email in addresses:
        browser = new_browser()
        browser.get(f"/events/{event.id}/registration")
        before = count(AccountRequest)
        with enforce_limits(app), Statements() as sent:
            answer = register(browser, event, email)
        page = browser.get(f"/events/{event.id}").words.replace(email, "@")
        results.append((answer.status_code, answer.location, page, sent, count(AccountRequest) - before))
    for one in results:
        assert one == results[0]
    assert results[0][0] == 303 and results[0][4] == 1
    assert count(Outgoing) == 0, "who gets which mail is not decided here"


@pytest.mark.soak
def test_the_time_of_an_answer_does_not_tell_who_has_an_account(event, make, new_browser):
    """Known and unknown addresses in turn, as often; the area under the curve of who guesses by the time is about a half."""
    for n in range(ROUNDS):
        make.user(email=f"connu-{n:04}@example.org")
    browser, times = new_browser(), {True: [], False: []}
    order = [(is_known, n) for n in range(ROUNDS) for is_known in (True, False)]
    random.Random(7).shuffle(order)
    for is_known, n in order:
        path = f"/events/{event.id}/registration"
        browser.get(path)
        typed = {"name": "Maude Roy", "mode": "in_person", "party": "1", "consent": "y"}
        begun = time.perf_counter()
        answer = browser.forge(path, typed | {"email": f"{'connu' if is_known else 'perdu'}-{n:04}@example.org"})
        times[is_known].append(time.perf_counter() - begun)
        assert answer.status_code == 303
    pairs = [(known > unknown) + (known == unknown) / 2 for known in times[True] for unknown in times[False]]
    area = sum(pairs) / len(pairs)
    print(f"AUC {max(area, 1 - area):.3f}")
    assert max(area, 1 - area) <= 0.55

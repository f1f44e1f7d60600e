"""Many people sign in while somebody writes: nobody is told that the database is busy."""

import threading

import pytest
from sqlalchemy import text

from app.accounts.models.sessions import Session
from app.core.db import db
from app.core.unit import unit
from tests.support.accounts import enter
from tests.support.browser import Browser
from tests.support.rows import every

# Who waits for a writer is told by the locks of each engine.
pytestmark = pytest.mark.both_engines


def test_thirty_sign_in_beside_a_writer(app, make):
    emails = [make.user().email for _n in range(30)]
    answers, over = [], threading.Event()

    def one(email):
        browser = Browser(app)
        answers.append(enter(browser, email).status_code)

    def writer():
        with app.app_context():
            while not over.is_set():
                with unit():
                    db.session.execute(text("UPDATE users SET about = about"))
            db.session.remove()

    db.session.rollback()
    busy = threading.Thread(target=writer)
    people = [threading.Thread(target=one, args=(email,)) for email in emails]
    for thread in (busy, *people):
        thread.start()
    for thread in people:
        thread.join()
    over.set()
    busy.join()
    assert answers == [303] * 30
    assert len(every(Session)) == 30

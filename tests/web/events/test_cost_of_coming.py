"""What a press that gives, changes or gives back a place costs, however many come and wait."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.models.people import User
from app.events.models.meetings import Event
from app.web.events import place_links
from tests.events.coming import IN_PERSON, come, confirm, guest, new_event
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.queries import record_statements
from tests.support.rows import again

pytestmark = pytest.mark.both_engines
TYPED = {"name": "Maude Roy", "email": "maude@example.org", "mode": "in_person", "party": "1", "consent": "y"}
# What a registration sends; giving a place back lets in who waits, and tells both. PostgreSQL holds one row more.
OF_ONE, OF_TWO = {"sqlite": 12, "postgresql": 13}, {"sqlite": 15, "postgresql": 16}


@pytest.fixture
def event(make: Make) -> Event:
    """A meeting with two places, of which one is free, or with a list."""
    found = new_event(make, capacity_in_person=2)
    come(make, found)
    return found


def count(browser: Browser, path: str, form: str, **fields: Any) -> list[str]:
    """Send the form of a page; return the statements that the press sent."""
    page = browser.get(path)
    with record_statements() as statements:
        assert browser.submit(page, form, **fields).status_code == 303
    return [one for one in statements if "pg_advisory" not in one]


def test_a_registration_costs_twelve_statements_at_the_most(
    make: Make, event: Event, sign_in: Callable[[User], Browser], visitor: Browser, engine: str
) -> None:
    press = count(sign_in(make.user()), f"/events/{event.id}", "#coming form:has([value='in_person'])")
    typed = count(visitor, f"/events/{event.id}/registration", "main form.form", **TYPED)
    assert again(event).taken_in_person == 2
    waiting = count(sign_in(make.user()), f"/events/{event.id}", "#coming form:has([value='in_person'])")
    assert again(event).waiting_in_person == 1
    for sent in (press, typed, waiting):
        assert len(sent) <= OF_ONE[engine], "\n".join(sent)


def test_a_confirmation_and_a_place_that_is_given_on_cost_few(
    app: Any, make: Make, event: Event, visitor: Browser, engine: str
) -> None:
    mine = confirm(event, guest(1), IN_PERSON)
    for n in range(9):
        confirm(event, guest(f"liste-{n}"), IN_PERSON)
    with app.test_request_context():
        path = place_links.place_url(again(mine))
    changed = count(visitor, path, "main form.form", party="1")
    gone = count(visitor, path, "#cancel form")
    assert again(event).taken_in_person == 2 and again(event).waiting_in_person == 8
    assert len(changed) <= OF_ONE[engine], "\n".join(changed)
    assert len(gone) <= OF_TWO[engine], "\n".join(gone)

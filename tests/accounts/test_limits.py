"""The counting of attempts, as other rooms use it."""

from datetime import timedelta

import pytest

from app.accounts import limits
from app.accounts.allowances import ALLOWANCES, Allowance
from app.accounts.limits import Rules
from app.accounts.models.sessions import Attempt
from app.core.actor import Actor
from app.core.errors import TooMany
from app.core.keys import Keys
from app.core.unit import command
from tests.support.rows import count

FIGURES = {
    "in 5 seconds": {"note": 1},
    "in 15 minutes": {
        "sign_in": 10,
        "sign_in_at": 50,
        "open_at": 50,
        "code": 10,
        "password": 10,
        "pass_at": 50,
        "day_code": 10,
    },
    "in an hour": {
        "register_at": 60,
        "forgot_at": 60,
        "confirm_at": 60,
        "letter": 7,
        "change_email": 5,
        "invite": 30,
        "guest": 20,
        "place": 30,
        "idea": 20,
        "comment": 30,
        "topic": 30,
        "press": 600,
        "pass_all": 600,
        "walk_in": 60,
        "move_request": 10,
        "report": 20,
        "draft": 30,
        "change": 30,
        "text": 360,
        "sitting": 120,
        "sitting_draft": 120,
        "mark": 600,
        "standing": 60,
        "account": 60,
        "appeal": 20,
        "export": 30,
        "autosave": 1200,
        "near": 600,
        "again": 1200,
        "team": 1200,
        "administration": 300,
    },
    "in a day": {"invited": 5, "sign_in_all": 50, "code_all": 50, "known": 20},
}
WITHIN = {
    "in 5 seconds": timedelta(seconds=5),
    "in 15 minutes": timedelta(minutes=15),
    "in an hour": timedelta(hours=1),
    "in a day": timedelta(days=1),
}


@pytest.fixture(autouse=True)
def counting(app, monkeypatch):
    """Count, with three kinds of which one, two and nine may be done in an hour."""
    for kind, most in (("once", 1), ("twice", 2), ("often", 9)):
        monkeypatch.setitem(ALLOWANCES, kind, Allowance(most))
    token = limits.rules.set(Rules(Keys("a secret"), is_on=True))
    yield
    limits.rules.reset(token)


def test_the_figures_are_those_of_the_manual():
    manual = {kind: (most, WITHIN[time]) for time, kinds in FIGURES.items() for kind, most in kinds.items()}
    figures = {kind: (allowance.most, allowance.within) for kind, allowance in ALLOWANCES.items()}
    assert {kind: figures[kind] for kind in figures.keys() - {"once", "twice", "often"}} == manual


def test_the_next_one_waits_until_the_first_is_old(clock):
    limits.take("twice", Actor(7))
    clock.forward(minutes=20)
    limits.take("twice", Actor(7))
    with pytest.raises(TooMany) as refusal:
        limits.take("twice", Actor(7))
    assert refusal.value.retry_after in (2399, 2400) and refusal.value.values == {"most": 2}
    clock.forward(minutes=41)
    limits.take("twice", Actor(7))
    assert count(Attempt) == 3


def test_what_was_refused_is_not_counted():
    for _n in range(5):
        limits.count_or_refuse(("twice", "x"))
    assert count(Attempt) == 2


def test_an_act_of_several_kinds_is_counted_under_all_or_none():
    assert limits.count_or_refuse(("once", "x"), ("twice", "x")) is None and count(Attempt) == 2
    refusal = limits.count_or_refuse(("twice", "x"), ("once", "x"), ("often", "y"))
    assert refusal.retry_after == 3600 and count(Attempt) == 2


def test_people_and_kinds_are_counted_apart():
    limits.take("once", Actor(7))
    limits.take("once", Actor(8))
    limits.take("twice", Actor(7))
    limits.take("once", "account:9")
    assert count(Attempt) == 4


def test_what_was_counted_stays_when_the_act_fails():
    @command
    def act():
        raise ValueError

    limits.take("once", Actor(7))
    with pytest.raises(ValueError):
        act()
    assert limits.count_or_refuse(("once", Actor(7)))


def test_a_good_end_is_forgiven():
    for kind, key in (
        ("sign_in", "email:a"),
        ("sign_in", "email:a"),
        ("often", "email:a"),
        ("sign_in_at", "place"),
        ("sign_in_at", "place"),
    ):
        limits.take(kind, key)
    limits.forgive("email:a", attempts=[("sign_in_at", "place")])
    assert count(Attempt) == 2
    limits.give_back("often", "email:a")
    limits.forget("place")
    assert count(Attempt) == 0


def test_old_attempts_are_forgotten(clock):
    limits.take("often", "x")
    limits.purge()
    assert count(Attempt) == 1
    clock.forward(days=3)
    limits.purge()
    assert count(Attempt) == 0


def test_outside_of_a_door_nothing_is_limited():
    limits.rules.set(Rules())
    for _n in range(5):
        limits.take("once", Actor(7))
    limits.forgive("x", attempts=[("once", "y")])
    assert count(Attempt) == 0


def test_any_word_may_name_an_account():
    for word in ("", "\x00", "é" * 5000, "\ud800", "'; DROP TABLE attempts"):
        limits.take("once", word)
    assert count(Attempt) == 5

"""The counting of attempts, as other rooms use it."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import limits
from app.accounts.limits import Rules
from app.accounts.models.sessions import Attempt
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import TooMany
from app.core.unit import command

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def counting(app):
    token = limits.rules.set(Rules("a secret", is_on=True))
    yield
    limits.rules.reset(token)


def kept() -> int:
    return db.session.scalar(select(func.count()).select_from(Attempt))


def test_the_next_one_waits_until_the_first_is_old(clock):
    limits.take("post", Actor(7), most=2, within=HOUR)
    clock.forward(minutes=20)
    limits.take("post", Actor(7), most=2, within=HOUR)
    with pytest.raises(TooMany) as refusal:
        limits.take("post", Actor(7), most=2, within=HOUR)
    assert refusal.value.retry_after in (2399, 2400) and refusal.value.values == {"minutes": 40}
    clock.forward(minutes=41)
    limits.take("post", Actor(7), most=2, within=HOUR)
    assert kept() == 3


def test_what_was_refused_is_not_counted():
    for _n in range(5):
        limits.count("post", "x", most=2, within=HOUR)
    assert kept() == 2


def test_people_and_kinds_are_counted_apart():
    limits.take("post", Actor(7), most=1, within=HOUR)
    limits.take("post", Actor(8), most=1, within=HOUR)
    limits.take("comment", Actor(7), most=1, within=HOUR)
    limits.take("post", "account:9", most=1, within=HOUR)
    assert kept() == 4


def test_what_was_counted_stays_when_the_act_fails():
    @command
    def act():
        raise ValueError

    limits.take("post", Actor(7), most=1, within=HOUR)
    with pytest.raises(ValueError):
        act()
    assert limits.count("post", Actor(7), most=1, within=HOUR)


def test_a_good_end_is_forgiven():
    for kind, key in (("sign_in", "email:a"), ("sign_in", "email:a"), ("post", "email:a"), ("sign_in", "place"), ("sign_in", "place")):
        limits.take(kind, key, most=9, within=HOUR)
    limits.forgive("email:a", place="place")
    assert kept() == 2
    limits.give_back("post", "email:a")
    limits.forget("place")
    assert kept() == 0


def test_old_attempts_are_forgotten(clock):
    limits.take("post", "x", most=9, within=HOUR)
    limits.purge()
    assert kept() == 1
    clock.forward(days=3)
    limits.purge()
    assert kept() == 0


def test_outside_of_a_door_nothing_is_limited():
    limits.rules.set(Rules())
    for _n in range(5):
        limits.take("post", Actor(7), most=1, within=HOUR)
    limits.forgive("x", place="y")
    assert kept() == 0


def test_any_word_may_name_an_account():
    for word in ("", "\x00", "é" * 5000, "\ud800", "'; DROP TABLE attempts"):
        limits.take("post", word, most=1, within=HOUR)
    assert kept() == 5

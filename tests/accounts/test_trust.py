"""What makes a post wait, for whom, and until when."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.accounts import domains, limits, trust
from app.accounts.limits import Rules
from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core import clock as time
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import TooMany
from app.core.keys import Keys
from app.core.unit import unit
from tests.support.persons import keep

NEW, KNOWN = Actor(1, is_new=True), Actor(2)


@pytest.fixture
def door():
    """The rules of limits that a page sets: each post comes from an address of the network."""
    token = limits.rules.set(Rules(Keys("secret"), False, "address:192.0.2.1"))
    yield
    limits.rules.reset(token)


def weigh(actor, kind="idea", text="Un texte", **more):
    with unit():
        return trust.suspect_codes(actor, kind, text, **more)


def test_the_first_posts_of_a_new_account_wait_with_what_is_odd_about_them(app):
    assert weigh(NEW) == "first"
    text = "https://a.test [b](https://b.test) www.c.org et @un @deux @trois @quatre, moi@exemple.test"
    assert weigh(NEW, text=text, signs=["fast:1", "trap"]) == "first links:3 mentions:4 fast:1 trap"


def test_somebody_who_is_known_waits_for_nothing_but_a_trap(app):
    text = " ".join(f"https://site-{n}.test @personne{n}" for n in range(9))
    assert weigh(KNOWN, text=text, signs=["fast:0", "form"]) == ""
    assert weigh(KNOWN, signs=["trap", "fast:0"]) == "trap"


@pytest.mark.parametrize(
    ("text", "links", "mentions"),
    [
        ("", 0, 0),
        ("Voir exemple.org et www.exemple.test", 1, 0),
        ("[ici](https://a.test) <https://b.test>", 2, 0),
        ("`https://a.test`", 0, 0),
        ("@marie et @luc-andre, merci", 0, 2),
        ("marie@exemple.org", 0, 0),
        ("http://a.test/@moi", 1, 0),
    ],
)
def test_links_are_those_that_will_be_shown_and_mentions_those_of_people(text, links, mentions):
    assert (trust.count_links(text), trust.count_mentions(text)) == (links, mentions)


def test_the_limits_are_those_of_the_settings(app):
    assert trust.count_excess("https://a.test https://b.test @ana @bea @cia") == {}
    keep(new_links=1, new_mentions=0)
    assert trust.count_excess("https://a.test https://b.test @ana") == {"links": 2, "mentions": 1}


@pytest.mark.parametrize(
    ("admitted_count", "days", "is_new"), [(0, 30, True), (2, 30, True), (3, 6, True), (3, 8, False), (9, 8, False)]
)
def test_an_account_is_new_until_enough_of_its_posts_were_published_and_enough_days_went_by(
    make, admitted_count, days, is_new
):
    user = make.user(trusted_at=None, admitted_count=admitted_count, created_at=time.ago(days=days))
    assert trust.is_new(user) is actor_for(user).is_new is is_new


def test_somebody_vouched_for_and_whoever_has_a_charge_are_not_new(make):
    user, facilitator = make.user(trusted_at=None), make.user(trusted_at=None, facilitates=["securite-alimentaire"])
    assert actor_for(user).is_new and not actor_for(facilitator).is_new
    assert not actor_for(make.user(trusted_at=None, role="coordinator")).is_new
    with unit():
        trust.vouch(user.id, by=facilitator.id)
    trusted_user = db.session.get_one(User, user.id)
    assert not actor_for(trusted_user).is_new and trusted_user.trusted_by == facilitator.id
    first = trusted_user.trusted_at
    with unit():
        trust.vouch(user.id, by=user.id)
    assert (db.session.get_one(User, user.id).trusted_at, trusted_user.trusted_by) == (first, facilitator.id)


def test_a_site_may_look_at_nothing_first(make):
    keep(trust_posts=0, trust_days=0)
    assert not actor_for(make.user(trusted_at=None)).is_new


def test_what_comes_through_no_door_is_no_burst(app):
    assert [weigh(KNOWN) for _n in range(9)] == [""] * 9


@pytest.mark.usefixtures("door")
def test_the_fourth_idea_of_a_new_account_within_ten_minutes_is_a_burst_and_time_ends_it(app, clock):
    assert [weigh(NEW) for _n in range(5)] == ["first", "first", "first", "first burst", "first burst"]
    assert weigh(Actor(3)) == ""
    clock.forward(minutes=11)
    assert [weigh(NEW) for _n in range(4)] == ["first", "first", "first", "first burst"]
    with unit():
        trust.start_afresh(NEW.id)
    assert weigh(NEW) == "first"


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize(("kind", "most", "minutes"), [("idea", 3, 10), ("comment", 15, 5), ("change", 15, 10)])
def test_a_known_account_is_refused_past_its_pace_until_its_first_post_is_old(app, clock, kind, most, minutes):
    assert [weigh(KNOWN, kind) for _n in range(most)] == [""] * most
    clock.forward(minutes=1)
    for _n in range(2):
        with pytest.raises(TooMany) as refusal:
            weigh(KNOWN, kind)
        assert minutes * 60 - 62 <= refusal.value.retry_after <= minutes * 60 - 60
    clock.forward(minutes=minutes - 1, seconds=1)
    assert weigh(KNOWN, kind) == ""


def test_an_address_has_a_limit_for_each_kind_of_post_that_an_account_has_one_for():
    assert trust.TOGETHER.keys() == trust.ALONE.keys()
    assert all(trust.TOGETHER[kind].most > trust.ALONE[kind].most for kind in trust.ALONE)


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize(("kind", "most"), [("idea", 10), ("comment", 50)])
@pytest.mark.parametrize("is_new", [False, True])
def test_what_comes_from_one_address_after_too_much_waits_whoever_sends_it(app, kind, most, is_new):
    codes = [weigh(Actor(10 + n, is_new=is_new), kind).removeprefix("first").strip() for n in range(most + 2)]
    assert codes == [""] * most + ["crowd"] * 2
    token = limits.rules.set(Rules(Keys("secret"), False, "address:192.0.2.2"))
    assert weigh(Actor(100), kind) == ""
    limits.rules.reset(token)


def test_posts_at_once_get_each_a_number_of_its_own(app):
    start = Barrier(8)

    def post(_n):
        limits.rules.set(Rules(Keys("secret"), False, "address:192.0.2.1"))
        with app.app_context():
            start.wait()
            return weigh(NEW)

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(post, range(8)))
    assert sorted(codes) == ["first"] * 3 + ["first burst"] * 5


@pytest.mark.parametrize(
    ("email", "is_refused"),
    [
        ("moi@yopmail.com", True),
        ("moi@YOPMAIL.com", True),
        ("moi@abc.yopmail.com", True),
        ("moi@yopmail.com.", True),
        ("moi@notyopmail.com", False),
        ("moi@yopmail.com.example.org", False),
        ("moi@example.org", False),
        ("moi@attacker-example.com", False),
        ("moi@com", False),
        ("", False),
        ("moi", False),
    ],
)
def test_the_domains_of_throw_away_services_are_refused_by_whole_labels(app, email, is_refused):
    assert domains.is_refused(email) is is_refused


def test_a_site_names_other_domains(app):
    keep(refused_domains="example.com, @exemple.test\n*.été.example;\n")
    refused_emails = {
        email
        for email in (
            "a@example.com",
            "a@sub.example.com",
            "a@attacker-example.com",
            "a@exemple.test",
            "a@été.example",
            "a@xn--t-9fab.example",
            "a@example.org",
            "a@" + "é" * 80 + ".org",
        )
        if domains.is_refused(email)
    }
    assert refused_emails == {
        "a@example.com",
        "a@sub.example.com",
        "a@exemple.test",
        "a@été.example",
        "a@xn--t-9fab.example",
    }


def test_the_list_is_of_plain_names_each_once():
    lines = [line for line in domains.LINES if not line.startswith("#")]
    assert len(lines) == len(set(lines)) > 200
    assert all(line == line.strip().lower() and "." in line and " " not in line for line in lines)

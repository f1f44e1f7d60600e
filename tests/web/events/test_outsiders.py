"""Who is out of a private community has no place at its meetings: they are told so, no more, and the next has it."""

from datetime import timedelta

import pytest

from app.communities.models import Restriction
from app.core import clock as now
from app.core.mail import Outgoing
from app.events import outsiders
from app.events.models.registrations import EventRegistration
from app.events.service import life
from app.events.service import registrations as service
from app.web.events import place_mails
from tests.events.coming import IN_PERSON, ONLINE, columns_of, count_again, new_event, states
from tests.support.rows import again, every

WHY = "Un motif assez long."


@pytest.fixture
def boss(make):
    return make.actor(role="coordinator")


def send_all(make):
    """Write what waits, and have it leave."""
    place_mails.write_mails()
    for row in every(Outgoing):
        make.at(row, sent_at=row.sent_at or row.created_at)


@pytest.fixture
def circle(make):
    return make.community(is_private=True)


@pytest.fixture
def inner(make, circle, clock):
    clock.at("2027-02-08T12:00:00-05:00")
    return new_event(make, is_private=True, community_id=circle.id, capacity_in_person=1)


@pytest.fixture
def pair(make, circle, inner):
    """One who has the place, and one who waits for it."""
    users = [make.user() for _n in range(2)]
    for user in users:
        service.come(make.actor(user, member_of=[circle.slug]), inner, IN_PERSON)
    return users


def part(way, make, circle, user, sign_in):
    """Have somebody lose the sight of a private community."""
    browser = sign_in(user if way == "left" else make.user(role="coordinator"))
    way_out = {"left": "membership/withdrawal", "removed": f"members/{user.id}/removal"}[way]
    page = browser.get(f"/communities/{circle.slug}/{way_out}")
    browser.submit(page, "main form", **{"reason": WHY} if way == "removed" else {})
    return page.words


@pytest.mark.parametrize("way", ["left", "removed"])
def test_who_is_out_of_a_private_community_loses_their_place_and_the_next_has_it(
    make, circle, inner, pair, sign_in, outbox, way
):
    first, second = pair
    send_all(make)
    assert "rencontres" in part(way, make, circle, first, sign_in)
    assert states(inner) == ["cancelled", "in"] and columns_of(inner) == count_again(inner)
    send_all(make)
    send_all(make)
    told = [row for row in outbox.to(first.email) if "Se loger" in row.subject][1:]
    assert [row.subject.split(" – ")[0] for row in told] == ["Votre inscription est annulée"]
    letter = told[0].text + told[0].html + told[0].calendar
    assert "18 février 2027" in letter and "METHOD:CANCEL" in told[0].calendar
    assert not [word for word in ("Bibliothèque", "salle-secrete", "/me/", circle.name) if word in letter]
    assert outbox.to(second.email)[-1].subject.startswith("Vous avez une place")


def test_who_is_out_learns_nothing_of_a_later_date(make, circle, inner, pair, boss, sign_in, outbox):
    send_all(make)
    part("removed", make, circle, pair[0], sign_in)
    start = inner.starts_at + timedelta(days=7)
    life.move(boss, again(inner), starts_at=start, ends_at=start + timedelta(hours=2), reason=WHY)
    place_mails.write_mails()
    [letter] = [row for row in outbox.to(pair[0].email) if row.subject.startswith("Votre inscription est annulée")]
    assert "18 février 2027" in letter.text and "25 février" not in letter.text
    assert "20270225" not in letter.calendar


def test_who_ran_a_private_community_and_was_no_member_loses_their_place_with_their_charge(
    make, circle, inner, sign_in, outbox
):
    user = make.user(facilitates=[circle])
    service.come(make.actor(user), inner, IN_PERSON)
    browser = sign_in(make.user(role="coordinator"))
    page = browser.get(f"/communities/{circle.slug}/facilitators/{user.id}/withdrawal")
    browser.submit(page, "main form")
    assert states(inner) == ["cancelled"]


def test_who_is_out_keeps_what_is_public_and_what_is_over(make, circle, inner, pair, clock, sign_in):
    open_event = new_event(make)
    service.come(make.actor(pair[0]), open_event, IN_PERSON)
    clock.at("2027-02-20T12:00:00-05:00")
    part("removed", make, circle, pair[0], sign_in)
    assert states(open_event) == ["in"] and states(inner) == ["in", "waiting"]


def test_who_is_out_by_the_clock_alone_loses_their_place_once(make, circle, inner, clock, outbox):
    user = make.user()
    make.facilitator(user, circle, expires_at=now.now() + timedelta(hours=1))
    service.come(make.actor(user), inner, IN_PERSON)
    send_all(make)
    outsiders.look()
    assert states(inner) == ["in"]
    clock.forward(hours=2)
    for _run in range(2):
        outsiders.look()
        place_mails.write_mails()
    assert states(inner) == ["cancelled"] and columns_of(inner) == count_again(inner)
    assert len([row for row in outbox.to(user.email) if row.subject.startswith("Votre inscription")]) == 1


def test_who_is_suspended_or_is_there_keeps_their_place(make, circle, inner, pair, sign_in):
    """A suspension ends, and whoever has no account at all may come to what is public."""
    team = make.user(facilitates=[circle])
    service.come(make.actor(team), inner, ONLINE)
    make.add(Restriction(user_id=team.id, kind="suspend", reason=WHY, at=now.now(), by_id=pair[1].id))
    outsiders.look()
    make.at(every(EventRegistration)[0], arrived_at=now.now())
    part("removed", make, circle, pair[0], sign_in)
    assert states(inner) == ["in", "waiting", "in"]


@pytest.mark.parametrize("comes_back", [True, False])
def test_who_is_invited_again_and_comes_before_the_worker_is_not_told(
    make, circle, inner, pair, sign_in, outbox, comes_back
):
    send_all(make)
    part("removed", make, circle, pair[0], sign_in)
    if comes_back:
        service.come(make.actor(pair[0], member_of=[circle.slug]), inner, ONLINE)
    place_mails.write_mails()
    said = [row.subject.split(" – ")[0] for row in outbox.to(pair[0].email)]
    assert ("Votre inscription est annulée" in said) is not comes_back

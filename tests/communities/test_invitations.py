"""Invitations to a private community: to one confirmed address, for a time, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import scheduled
from app.accounts import service as accounts
from app.communities import invitations as service
from app.communities.actors import actor_for
from app.communities.models import Invitation, Membership
from app.core.actor import ANYONE
from app.core.clock import now
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from tests.support.races import at_once

HERE = "securite-alimentaire"


def members(room):
    db.session.rollback()
    return set(db.session.scalars(select(Membership.user_id).where(Membership.community_id == room.id)))


def row(number=-1):
    db.session.rollback()
    return db.session.scalars(select(Invitation).order_by(Invitation.id)).all()[number]


def test_whoever_has_the_address_comes_in_once_and_the_address_is_forgotten(make, room, team):
    user = make.user()
    token = service.invite(team, room, user.email)
    assert service.accept(actor_for(user), token) == room.id and members(room) == {user.id}
    assert (row().used_by, row().email, row().state) == (user.id, "", "used")
    with pytest.raises(NotFound):
        service.accept(actor_for(user), token)
    assert room.id in actor_for(user).memberships


def test_an_invitation_is_no_use_once_who_sent_it_has_no_charge_there(make, room, clock):
    host, until = make.user(), now() + timedelta(days=3)
    make.facilitator(host, room.slug, expires_at=until)
    guest = make.user()
    token = service.invite(actor_for(host), room, guest.email)
    clock.forward(days=4)
    assert service.find_invitation(token) is None and members(room) == set()
    with pytest.raises(NotFound):
        service.accept(actor_for(guest), token)


def test_only_a_hash_of_the_token_is_kept(make, room, team, sql):
    token = service.invite(team, room, "marie@example.org")
    values = [str(value) for line in sql("SELECT * FROM invitations") for value in line]
    assert len(token) > 40 and not any(token in value for value in values)


def test_only_its_team_invites_and_takes_back(make, people, room, team):
    service.invite(team, room, "marie@example.org")
    for act in (
        lambda actor: service.invite(actor, room, "eve@example.org"),
        lambda actor: service.revoke(actor, room, row(0).id),
    ):
        with pytest.raises(Forbidden):
            act(people["facilitator"])
        act(people["coordinator"])


def test_a_public_community_and_one_that_is_archived_invite_nobody(make, people, room):
    for community in (make.room(HERE), make.at(room, archived_at=now())):
        with pytest.raises(Forbidden):
            service.invite(people["coordinator"], community, "marie@example.org")


@pytest.mark.parametrize("case", ["another", "unconfirmed", "changed", "nobody", "suspended", "barred"])
def test_an_invitation_is_no_use_to_anybody_else(make, room, team, case):
    user = make.user(is_confirmed=case != "unconfirmed")
    token = service.invite(team, room, user.email)
    actor = {"another": lambda: make.actor(), "nobody": lambda: ANYONE}.get(case, lambda: None)()
    if case == "changed":
        make.at(user, email="nouvelle@example.org")
    if case in ("suspended", "barred"):
        make.restriction(user, room if case == "barred" else None)
    with pytest.raises(Forbidden):
        service.accept(actor or actor_for(user), token)
    assert members(room) == set() and row().state == "open"


@pytest.mark.parametrize("end", ["used", "revoked", "expired", "replaced", "archived", "unknown"])
def test_an_invitation_that_is_over_is_as_one_that_never_was(make, room, team, clock, end):
    user, other = make.user(), make.user()
    token = service.invite(team, room, user.email)
    if end == "used":
        service.accept(actor_for(user), token)
    elif end == "revoked":
        service.revoke(team, room, row().id)
    elif end == "expired":
        clock.forward(days=14, seconds=1)
    elif end == "replaced":
        service.invite(team, room, user.email)
    elif end == "archived":
        make.at(room, archived_at=now())
    for person in (user, other):
        with pytest.raises(NotFound):
            service.accept(actor_for(person), "inconnu" if end == "unknown" else token)
    assert service.find_invitation(token if end != "unknown" else "inconnu") is None


def test_it_is_good_to_its_last_day(make, room, team, clock):
    user = make.user()
    token = service.invite(team, room, user.email)
    clock.forward(days=13, hours=23)
    assert service.accept(actor_for(user), token) == room.id


def test_one_who_is_a_member_already_uses_it_up(make, room, team):
    user = make.user()
    member = make.actor(user, member_of=[room.slug])
    token = service.invite(team, room, user.email)
    assert service.accept(member, token) == room.id and row().state == "used" and members(room) == {user.id}


def test_an_invitation_is_taken_back_where_it_was_sent_and_only_while_it_waits(make, people, room, team):
    service.invite(team, room, "marie@example.org")
    other = make.community(is_private=True)
    with pytest.raises(NotFound):
        service.revoke(people["coordinator"], other, row().id)
    service.revoke(team, room, row().id)
    with pytest.raises(Invalid):
        service.revoke(team, room, row().id)
    assert row().state == "revoked"


def test_two_who_accept_at_once_make_one_member(app, make, room, team):
    user = make.user()
    token, actor, room_ids = service.invite(team, room, user.email), actor_for(user), []
    at_once(app, [lambda: room_ids.append(service.accept(actor, token))] * 2, NotFound)
    assert room_ids == [room.id] and members(room) == {user.id}


def test_what_ended_a_month_ago_is_forgotten_with_its_address(make, room, team, clock):
    user = make.user()
    service.accept(actor_for(user), service.invite(team, room, user.email))
    service.invite(team, room, "annulee@example.org")
    service.revoke(team, room, row().id)
    service.invite(team, room, "expiree@example.org")
    clock.forward(days=31)
    service.invite(team, room, "ouverte@example.org")
    service.purge()
    assert [one.email for one in service.list_sent(room.id)] == ["ouverte@example.org", "expiree@example.org"]
    clock.forward(days=14)
    service.purge()
    assert [one.email for one in service.list_sent(room.id)] == ["ouverte@example.org"]
    assert row().state == "expired"


def test_an_account_that_closes_takes_its_invitations_along(make, room, team):
    user = make.user()
    service.invite(team, room, user.email)
    accounts.close(actor_for(user), user)
    assert service.list_sent(room.id) == []


def test_the_worker_forgets_them(app):
    assert scheduled.JOBS["invitations"].run is service.purge

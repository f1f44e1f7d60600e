"""The members of a private community: who sees the list, and what parting with somebody does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.communities import invitations, service
from app.communities import members as members_of
from app.communities.actors import actor_for
from app.core import clock as time
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.journal.models import Entry
from app.notifications.models import Notice
from app.reference.entries import EntryWords

REASON = "Des propos répétés hors du cercle."


def test_the_members_are_listed_by_name_page_by_page(make, room):
    users = [make.user(name) for name in ("Zoé", "Élan", "Élan", "Ada")]
    for user in users:
        make.actor(user, member_of=[room.slug])
    first = members_of.list_members(room.id, size=2)
    assert [user.name for user in first.items] == ["Ada", "Élan"] and first.is_first
    second = members_of.list_members(room.id, after=int(first.next), size=2)
    assert [user.name for user in second.items] == ["Élan", "Zoé"] and second.next is None and not second.is_first
    for stranger in (999_999, make.user(name="Nora Inconnue", is_confirmed=False).id):
        assert members_of.list_members(room.id, after=stranger).is_first


def test_parting_with_a_member_says_why_and_closes_the_way_back(make, room, team):
    user = make.user("Nom Secret")
    make.actor(user, member_of=[room.slug])
    token = invitations.invite(team, room, user.email)
    members_of.remove(team, room, user.id, reason=REASON)
    with pytest.raises(NotFound):
        invitations.accept(actor_for(user), token)
    assert room.id not in actor_for(user).memberships
    notice, entry = db.session.scalars(select(Notice)).one(), db.session.scalars(select(Entry)).one()
    assert (notice.user_id, notice.kind, notice.facts["reason"]) == (user.id, "member.removed", REASON)
    assert (entry.kind, entry.reason, entry.community_id, entry.is_private, entry.facts) == (
        "removal",
        REASON,
        room.id,
        True,
        {"on": "user"},
    )
    invitations.accept(actor_for(user), invitations.invite(team, room, user.email))
    assert room.id in actor_for(user).memberships


def test_only_its_team_parts_with_a_member(make, people, room):
    user = make.user()
    make.actor(user, member_of=[room.slug])
    with pytest.raises(Forbidden):
        members_of.remove(people["facilitator"], room, user.id, reason=REASON)
    members_of.remove(people["coordinator"], room, user.id, reason=REASON)


def test_nobody_is_removed_from_a_public_community(make, people):
    user = make.user()
    make.actor(user, member_of=["securite-alimentaire"])
    with pytest.raises(Forbidden):
        members_of.remove(people["coordinator"], make.room("securite-alimentaire"), user.id, reason=REASON)


def test_whoever_is_no_member_is_not_found_and_a_charge_is_taken_back_first(make, room, team):
    colleague = make.user()
    make.actor(colleague, member_of=[room.slug], facilitates=[room.slug])
    with pytest.raises(NotFound):
        members_of.remove(team, room, make.user().id, reason=REASON)
    assert members_of.find_member(room.id, make.user().id) is None
    with pytest.raises(Conflict):
        members_of.remove(team, room, colleague.id, reason=REASON)


def test_privacy_is_chosen_once_with_the_rules_of_the_team(make, people):
    boss = people["coordinator"]
    rules = service.WorkingRules(wants_review=True, answer_days=7, stalled_days=365)
    room = service.create(boss, EntryWords("Le cercle"), is_private=True, rules=rules)
    service.edit(boss, room, EntryWords("Le cercle"), colour="food", slug=room.slug)
    assert (room.is_private, room.wants_review, room.answer_days, room.stalled_days) == (True, True, 7, 365)
    service.edit(boss, room, EntryWords("Le cercle"), colour="food", slug=room.slug, rules=service.WorkingRules())
    assert (room.is_private, room.wants_review, room.answer_days, room.stalled_days) == (True, False, 30, 90)


@pytest.mark.parametrize(("name", "days"), [("answer_days", 0), ("answer_days", 366), ("stalled_days", -1)])
def test_days_are_from_one_to_a_year(people, name, days):
    with pytest.raises(Invalid) as refusal:
        service.create(people["coordinator"], EntryWords("Le cercle"), rules=service.WorkingRules(**{name: days}))
    assert refusal.value.field == name


def test_a_charge_that_ended_does_not_keep_somebody_inside(make, room, team, clock):
    user = make.user()
    make.actor(user, member_of=[room.slug])
    make.facilitator(user, room.slug, expires_at=time.now() + timedelta(days=1))
    with pytest.raises(Conflict):
        members_of.remove(team, room, user.id, reason=REASON)
    clock.forward(days=2)
    members_of.remove(team, room, user.id, reason=REASON)
    assert room.id not in actor_for(user).memberships | actor_for(user).facilitates

"""Communities: who belongs, who animates, who edits; and what a person who leaves takes with them."""

from datetime import timedelta

import pytest
from sqlalchemy import literal

from app import wiring
from app.accounts.signals import AccountClosed
from app.communities import actor_rows, actors, policy, queries, service
from app.communities.actors import actor_for
from app.communities.models import Facilitator
from app.communities.signals import FacilitatorNamed, FacilitatorRelieved
from app.core import signals
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.unit import unit
from app.reference.entries import EntryWords

FOOD, TRANSIT = "securite-alimentaire", "transport-collectif"


@pytest.fixture
def heard_signals():
    """The signals of this room, in the order in which they are sent."""
    heard = []
    kinds = (FacilitatorNamed, FacilitatorRelieved)
    signals.connect({kind: [heard.append] for kind in kinds})
    yield heard
    signals.connect(wiring.REACTIONS)


def test_only_a_coordinator_edits_a_community(make, people):
    room = make.room(FOOD)
    acts = [
        lambda actor: service.create(actor, EntryWords("Culture")),
        lambda actor: service.edit(actor, room, EntryWords("Nourrir"), colour="food", slug="nourrir"),
        lambda actor: service.move(actor, room, step=1),
        lambda actor: service.archive(actor, room),
        lambda actor: service.unarchive(actor, room),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act(people["facilitator"])
        act(people["coordinator"])


def test_a_renamed_community_keeps_its_old_addresses(make, coordinator):
    service.edit(coordinator, make.room(FOOD), EntryWords("Nourrir", "Feeding"), colour="fifth", slug="nourrir")
    for slug in (FOOD, "nourrir"):
        room = queries.get_room(coordinator, slug, policy.READ)
        assert (room.slug, room.name, room.name_en, room.colour) == ("nourrir", "Nourrir", "Feeding", "fifth")


def test_a_community_never_takes_the_address_or_the_name_of_another(make, coordinator):
    service.edit(coordinator, make.room(FOOD), EntryWords("Nourrir"), colour="food", slug="nourrir")
    for words, slug, field in (
        (EntryWords("Bus"), FOOD, "slug"),
        (EntryWords("Bus"), "5e-element", "slug"),
        (EntryWords("Bus"), "new", "slug"),
        (EntryWords("nourrir"), TRANSIT, "name"),
    ):
        with pytest.raises(Invalid) as refusal:
            service.edit(coordinator, make.room(TRANSIT), words, colour="transit", slug=slug)
        assert refusal.value.field == field
    assert service.create(coordinator, EntryWords("Sécurité alimentaire")).slug == f"{FOOD}-2"


def test_an_unknown_colour_is_refused(make, coordinator):
    with pytest.raises(Invalid) as refusal:
        service.create(coordinator, EntryWords("Culture"), colour="#ff0000")
    assert refusal.value.field == "colour"


def test_a_new_community_comes_last_and_can_be_moved(make, coordinator):
    room = service.create(coordinator, EntryWords("Culture"))
    assert queries.get_rooms().all[-1].slug == "culture"
    service.move(coordinator, room, step=-1)
    assert queries.get_rooms().all[-2].slug == "culture"


def test_an_unknown_community_is_not_found(coordinator):
    with pytest.raises(NotFound):
        queries.get_room(coordinator, "inconnue", policy.READ)
    with pytest.raises(NotFound):
        queries.get_community(999_999)


def test_joining_and_leaving_count_once_each(make):
    user, room = make.user(), make.room(FOOD)
    actor = actor_for(user)
    for _time in range(2):
        service.join(actor, room)
    assert queries.count_members(room.id) == 1
    assert queries.count_members_by_community() == {room.id: 1} and room.id in actor_for(user).memberships
    for _time in range(2):
        service.leave(actor, room)
    assert queries.count_members_by_community() == {}


def test_who_may_join_and_leave(make, people):
    room = make.room(FOOD)
    for act, who in ((service.join, "unconfirmed"), (service.leave, "anyone")):
        with pytest.raises(Forbidden):
            act(people[who], room)
    service.join(people["member"], room)
    service.leave(people["unconfirmed"], room)


def test_an_archived_community_can_be_left_but_not_joined(make, coordinator):
    room, member = make.room(FOOD), make.actor(member_of=[FOOD])
    service.archive(coordinator, room)
    with pytest.raises(Forbidden):
        service.join(make.actor(), room)
    service.leave(member, room)
    assert FOOD not in {current.slug for current in queries.get_rooms().current}


def test_leaving_does_not_change_the_charge_of_a_facilitator(make):
    user = make.user()
    actor = make.actor(user, facilitates=[FOOD], member_of=[FOOD])
    room = make.room(FOOD)
    service.leave(actor, room)
    assert actor_for(user).facilitates == {room.id}


def test_nobody_below_gives_or_takes_a_charge(make, people):
    room, user = make.room(FOOD), make.user()
    for act in (service.grant_facilitator, service.revoke_facilitator):
        with pytest.raises(Forbidden):
            act(people["facilitator"], room, user.id)


@pytest.mark.parametrize("who", ["coordinator", "admin"])
def test_a_coordinator_or_an_admin_gives_and_takes_a_charge(make, people, heard_signals, who):
    room, user, actor = make.room(FOOD), make.user("Josiane Bouleau"), people[who]
    service.grant_facilitator(actor, room, user.id)
    assert actor_for(user).facilitates == {room.id}
    assert "Josiane Bouleau" in queries.get_facilitator_names()[room.id]
    for _time in range(2):
        service.revoke_facilitator(actor, room, user.id)
    assert actor_for(user).facilitates == frozenset()
    assert heard_signals == [
        FacilitatorNamed(room.id, user.id, by=actor.id),
        FacilitatorRelieved(room.id, user.id, by=actor.id),
    ]


def test_an_operator_appoints_at_the_terminal(make):
    room, user = make.room(FOOD), make.user()
    service.appoint(room, user.id)
    [(person, charge)] = queries.list_charges(room.id)
    assert (person.id, charge.granted_by, charge.last_moment) == (user.id, None, None)


def test_a_charge_ends_at_its_time_and_can_be_renewed(make, coordinator, clock):
    room, user = make.room(FOOD), make.user()
    end = service.clock.now() + timedelta(days=2)
    service.grant_facilitator(coordinator, room, user.id, expires_at=end)
    assert queries.list_charges(room.id)[0][1].last_moment == end - timedelta(seconds=1)
    clock.forward(days=3)
    assert actor_for(user).facilitates == frozenset()
    assert queries.list_charges(room.id) == [] and room.id not in queries.get_facilitator_names()
    service.grant_facilitator(coordinator, room, user.id)
    assert [person.id for person, _charge in queries.list_charges(room.id)] == [user.id]


def test_a_charge_that_is_over_already_is_refused(make, coordinator):
    with pytest.raises(Invalid) as refusal:
        service.grant_facilitator(coordinator, make.room(FOOD), make.user().id, expires_at=service.clock.now())
    assert refusal.value.field == "expires_on"


def test_a_charge_needs_a_confirmed_living_account(make, coordinator):
    former = make.user(closed_at=service.clock.now())
    for user_id in (0, make.user(is_confirmed=False).id, former.id):
        with pytest.raises(Invalid) as refusal:
            service.grant_facilitator(coordinator, make.room(FOOD), user_id)
        assert refusal.value.field == "email"


def test_an_admin_does_not_moderate_and_so_gets_no_charge(make):
    boss = make.user(role="admin")
    with pytest.raises(Conflict):
        service.grant_facilitator(actor_for(boss), make.room(FOOD), boss.id)


def test_the_last_facilitator_may_go_and_coordinators_remain_in_charge(make, coordinator):
    room, user = make.room(FOOD), make.user()
    service.grant_facilitator(coordinator, room, user.id)
    service.revoke_facilitator(coordinator, room, user.id)
    assert room.id not in queries.get_facilitator_names()
    assert policy.MODERATE.permits(coordinator, room) and not policy.MODERATE.permits(actor_for(user), room)


def test_a_closed_account_leaves_every_community_and_every_charge(make):
    user, other = make.user(), make.user()
    for person in (user, other):
        make.actor(person, facilitates=[FOOD, TRANSIT], member_of=[FOOD])
    with unit():
        signals.tell(AccountClosed(user.id))
    assert actor_for(user).facilitates == actor_for(user).memberships == frozenset()
    assert len(actor_for(other).facilitates) == 2 and queries.count_members(make.room(FOOD).id) == 1
    assert service.db.session.query(Facilitator).filter_by(user_id=user.id).count() == 0


def test_facilitators_are_named_in_the_order_of_names(make):
    for name in ("Zoé", "Élan", "abel"):
        make.user(name, facilitates=[FOOD])
    assert queries.get_facilitator_names()[make.room(FOOD).id] == ["abel", "Élan", "Zoé"]
    assert [user.name for user in queries.list_facilitators(make.room(FOOD).id)] == ["abel", "Élan", "Zoé"]


def test_an_admin_has_no_charge_even_one_given_before(make, fae):
    make.at(fae, site_role="admin")
    assert not make.actor(fae).facilitates


def test_what_a_room_above_tells_grants_nothing_whatever_its_name(make, monkeypatch, fae):
    names = ("charge", "facilitator", "f", "m")
    rows = [actor_rows.select_actor_row("reported", literal(7), noun=literal(name)) for name in names]
    monkeypatch.setattr(actors, "ROWS_OF_STAFF", [lambda: rows])
    monkeypatch.setattr(actors, "_select_rows_of_staff", actors._select_rows_of_staff.__wrapped__)
    actor = actor_for(fae)
    assert actor.reported_subjects == {(name, 7) for name in names}
    assert actor.facilitates == {make.room(FOOD).id} and not actor.memberships
    assert actor.charges == {(make.room(FOOD).id, fae.id)}

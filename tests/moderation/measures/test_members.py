"""Warning, suspending and blocking a member: who may, of whom, where; and what they may still do."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.comments import policy as comments
from app.comments import service as comment_service
from app.comments.models import Thread
from app.communities import queries as communities
from app.communities import suspensions
from app.communities.models import Restriction
from app.core import clock as time
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.moderation.appeals.queries import measures as queries
from app.moderation.appeals.service import appeals
from app.moderation.measures import policy
from app.moderation.measures import queries as measures
from app.moderation.measures.models import Measure
from app.moderation.measures.service import members as service
from tests.moderation.gestures import WHY, last_measure, lines, undo
from tests.support.races import at_once
from tests.support.rows import notices_by_user, user_of
from tests.support.world import ELSEWHERE, HERE

KINDS = ("warn", "suspend", "block")


@pytest.fixture
def writer(make):
    """Somebody who wrote in the first community."""
    user = make.user("Wim Rédige")
    make.idea(user, HERE)
    return user


@pytest.fixture
def here(make):
    return make.room(HERE).id


def act(kind, actor, user, community_id, **more):
    term = {"until": time.now() + timedelta(days=7)} if kind == "suspend" else {}
    getattr(service, kind)(actor, user, community_id=community_id, reason=WHY, **term | more)
    db.session.rollback()


@pytest.mark.parametrize("kind", KINDS)
def test_a_facilitator_acts_where_they_have_the_charge(make, people, writer, here, kind):
    act(kind, people["facilitator"], writer, here)
    measure = last_measure()
    assert (measure.kind, measure.user_id, measure.community_id, measure.reason) == (kind, writer.id, here, WHY)
    actor = make.actor(writer)
    assert not actor.is_suspended and actor.barred_ids == (frozenset() if kind == "warn" else {here})
    notice = notices_by_user(f"measure.{kind}")[writer.id]
    assert (
        notice.facts["community"] == here
        and notice.facts["reason"] == WHY
        and ("until" in notice.facts) == (kind == "suspend")
    )
    assert lines() == [(kind, WHY, "user")]
    undo(make.actor(facilitates=[HERE]))
    assert (last_measure().kind, last_measure().undoes_id) == ("lift", measure.id)
    assert make.actor(writer).barred_ids == frozenset()
    assert notices_by_user(f"measure.un{kind}")[writer.id].facts["community"] == here
    with pytest.raises(Conflict):
        undo(people["facilitator"], measure)


@pytest.mark.parametrize("kind", KINDS)
def test_never_where_it_is_not_their_community_nor_where_nothing_was_written(make, people, writer, here, kind):
    for place in (here, make.room(ELSEWHERE).id, None):
        with pytest.raises(Forbidden):
            act(kind, people["neighbour"], writer, place)
        db.session.rollback()
    silent = make.user()
    make.idea(silent, HERE, status="draft")
    for actor, person, place in (
        (people["facilitator"], writer, None),
        (people["facilitator"], silent, here),
        (people["coordinator"], silent, here),
    ):
        with pytest.raises(Forbidden):
            act(kind, actor, person, place)
        db.session.rollback()
    assert (
        not db.session.scalars(select(Measure)).all()
        and not db.session.scalars(select(Restriction).where(Restriction.by_id.is_not(None))).all()
    )


@pytest.mark.parametrize("kind", ["suspend", "block"])
def test_a_coordinator_acts_on_the_whole_site_and_facilitators_do_not_lift_it(make, people, writer, kind):
    act(kind, people["coordinator"], writer, None)
    assert (
        make.actor(writer).is_suspended and notices_by_user(f"measure.{kind}")[writer.id].facts.get("community") is None
    )
    with pytest.raises(NotFound):
        undo(people["facilitator"])
    undo(people["coordinator"])
    assert not make.actor(writer).is_suspended


def test_what_the_administration_suspended_is_not_facilitations_to_lift(make, people, writer):
    suspensions.suspend(people["admin"], writer, reason=WHY)
    assert not db.session.scalars(select(Measure)).all()
    act("suspend", people["coordinator"], writer, None)
    undo(people["coordinator"])
    assert make.actor(writer).is_suspended and suspensions.find_suspension(writer) is not None


def test_a_suspended_facilitator_has_no_charge_meanwhile(make, people, here):
    user = user_of(people["facilitator"])
    make.comment(make.idea(community=HERE), user)
    act("suspend", people["coordinator"], user, here)
    assert make.actor(user).facilitates == frozenset()


def test_a_suspension_ends_by_itself_and_they_write_again(clock, make, people, writer, here):
    act("suspend", people["facilitator"], writer, here)
    thread = db.session.get_one(Thread, make.idea(community=HERE).thread_id)
    with pytest.raises(Forbidden):
        comment_service.post(make.actor(writer), thread, body="Un mot.")
    clock.forward(days=7, minutes=1)
    comment_service.post(make.actor(writer), thread, body="Un mot.")
    assert not queries.list_measures(people["facilitator"]).items[0].has_effect
    with pytest.raises(Conflict):
        undo(people["facilitator"])
    act("suspend", people["facilitator"], writer, here)
    found = queries.list_measures(people["facilitator"]).items
    assert [one.has_effect for one in found] == [True, False]


@pytest.mark.parametrize("kind", ["suspend", "block"])
def test_they_still_read_and_ask_that_it_be_looked_at_again(make, people, writer, here, kind):
    act(kind, people["facilitator"], writer, here)
    actor, idea = make.actor(writer), make.idea(community=HERE)
    comment = make.comment(idea)
    db.session.refresh(comment)
    appeal = appeals.appeal(actor, last_measure(), words="Ce n'était pas ce que je voulais dire.")
    colleague = make.actor(facilitates=[HERE])
    appeals.grant(colleague, None, appeal, reason="Vous aviez raison.")
    assert make.actor(writer).barred_ids == frozenset()
    assert comments.POST.permits(make.actor(writer), db.session.get_one(Thread, idea.thread_id))


def test_elsewhere_they_take_part_as_before(make, people, writer, here):
    act("block", people["facilitator"], writer, here)
    thread = db.session.get_one(Thread, make.idea(community=ELSEWHERE).thread_id)
    assert comment_service.post(make.actor(writer), thread, body="Un mot.")


@pytest.mark.parametrize("kind", ["suspend", "block"])
def test_two_colleagues_at_once_act_once(app, make, people, writer, here, kind):
    team, user_id = [people["facilitator"], make.actor(facilitates=[HERE]), people["coordinator"]], writer.id

    def one(actor):
        return lambda: act(kind, actor, db.session.get_one(type(writer), user_id), here)

    at_once(app, [one(actor) for actor in team * 2], Conflict)
    assert (
        len(db.session.scalars(select(Measure)).all())
        == len(db.session.scalars(select(Restriction).where(Restriction.user_id == user_id)).all())
        == 1
    )


def test_both_hold_beside_each_other_and_the_one_without_end_is_told(make, people, writer, here):
    act("suspend", people["facilitator"], writer, here)
    act("block", people["facilitator"], writer, here)
    assert communities.list_restrictions(make.actor(writer))[0].kind == "block"
    undo(people["facilitator"])
    assert communities.list_restrictions(make.actor(writer))[0].kind == "suspend"
    make.restriction(writer)
    assert communities.list_restrictions(make.actor(writer))[0].community_id is None


def test_the_end_is_in_the_future(people, writer, here):
    with pytest.raises(Invalid):
        act("suspend", people["facilitator"], writer, here, until=time.now())


def test_a_warning_names_what_it_comes_from(make, people, writer, here):
    comment = make.comment(make.idea(community=HERE), writer)
    act("warn", people["facilitator"], writer, here, about={"comment_id": comment.id})
    assert notices_by_user("measure.warn")[writer.id].comment_id == comment.id


def test_the_teams_read_what_is_theirs_of_a_person(make, people, writer, here):
    act("warn", people["facilitator"], writer, here)
    make.idea(writer, ELSEWHERE)
    act("suspend", people["neighbour"], writer, make.room(ELSEWHERE).id)
    act("block", people["coordinator"], writer, None)
    for who, kinds, number in (
        ("facilitator", ["warn"], 0),
        ("neighbour", ["suspend"], 1),
        ("coordinator", ["block", "suspend", "warn"], 2),
    ):
        found = queries.list_measures_on_person(people[who], writer.id).items
        assert [one.measure.kind for one in found] == kinds
        assert len(measures.list_restrictions(people[who], writer.id)) == number
    person = measures.get_person(people["facilitator"], writer.id, policy.PERSON_READ)
    assert person.community_ids == {here, make.room(ELSEWHERE).id}
    for who in ("anyone", "member", "admin", "suspended"):
        with pytest.raises(NotFound):
            measures.get_person(people[who], writer.id, policy.PERSON_READ)
    for user_id in (people["facilitator"].id, 999_999):
        with pytest.raises(NotFound):
            measures.get_person(people["facilitator"], user_id, policy.PERSON_READ)
    for who, places in (("facilitator", {here}), ("coordinator", {here, make.room(ELSEWHERE).id, None})):
        assert (
            set(measures.list_allowed_communities(people[who], measures.build_person(writer), policy.RESTRICT))
            == places
        )

"""The work of a team: who may give what to whom, who reads its notes, whose replies are whose; and who is told."""

import pytest
from sqlalchemy import func, select

from app.accounts.models.people import User
from app.communities.models import Facilitator
from app.communities.queries import get_community, in_charge_of
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.permits import can
from app.desk import service
from app.desk.models import Assignment, Note, ReadMark
from app.desk.queries import assignments
from app.ideas.models import Idea
from app.moderation.cases import queries
from app.moderation.cases.models import Case, Report
from app.notifications.models import Notice
from tests.support.clock import LONG_AGO
from tests.support.law import compare
from tests.support.world import HERE

ELSEWHERE = "transport-collectif"
EVERYBODY = "anyone unconfirmed member author facilitator neighbour coordinator admin"
TEAM = "facilitator coordinator"
ANY, OWN = f"{TEAM} neighbour author", f"{TEAM} author"
# The author has the charge too: they may give their idea to a colleague, and read nothing of what the team notes on it.
LAW = {
    "desk:read": ANY,
    "desk:mark_read": OWN,
    "reply:keep": OWN,
    "desk:assign": TEAM,
    "case:assign": TEAM,
    "note:read": TEAM,
    "note:write": TEAM,
    "note:delete": "facilitator",
}


@pytest.fixture
def case(make, idea):
    return make.add(Case(idea_id=idea.id, community_id=idea.community_id))


def count_notices(actor, kind):
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Notice.user_id == actor.id, Notice.kind == kind))


def holder(**subject):
    db.session.rollback()
    return db.session.scalar(select(Assignment.user_id).filter_by(**subject))


def test_each_right_is_had_by_exactly_those_named(make, cast, idea, case):
    note = make.add(Note(idea_id=idea.id, body="x", by_id=cast["facilitator"].id))
    room = get_community(idea.community_id)
    things = {
        "desk:read": None,
        "desk:mark_read": room,
        "reply:keep": room,
        "note:delete": note,
        "case:assign": lambda actor: queries.find_case_file(case.id),
    }
    for right, names in LAW.items():
        compare({right: names}, cast, things.get(right, idea))


@pytest.mark.parametrize(
    ("columns", "may"),
    [
        ({"status": "draft"}, False),
        ({"deleted_at": LONG_AGO}, False),
        ({"status": "pending"}, True),
        ({"hidden_at": LONG_AGO, "hidden_reason": "x"}, True),
        ({"status": "archived"}, True),
    ],
)
def test_what_the_team_moderates_has_notes_and_hands_in_each_state(make, people, columns, may):
    columns = dict(columns)
    state = columns.pop("status", "published")
    idea = make.idea(None, HERE, state, **columns)
    for right in ("desk:assign", "note:read", "note:write"):
        assert can(people["facilitator"], right, idea) == can(people["coordinator"], right, idea) == may


def test_a_closed_case_is_given_to_nobody(make, people, case):
    make.at(case, state="dismissed")
    assert not can(people["facilitator"], "case:assign", queries.find_case_file(case.id))
    with pytest.raises(Conflict):
        service.assign_case(people["facilitator"], case, to=people["facilitator"].id)


def test_those_in_charge_now_are_those_the_law_says(make, people, app):
    """`in_charge_of` is the SQL twin of `community:moderate` over everybody, in every state of an account."""
    room = get_community(make.room(HERE).id)
    blocked_user, suspended_user, closed_user, inactive_user, over, admin_user, lead, far = (
        make.user() for _n in range(8)
    )
    for user in (blocked_user, suspended_user, closed_user, inactive_user, admin_user):
        make.facilitator(user, HERE)
    make.facilitator(over, HERE, expires_at=clock.ago(days=1))
    for user in (lead, far):
        make.at(user, site_role="coordinator")
    make.restriction(blocked_user, HERE)
    make.restriction(suspended_user)
    make.restriction(lead, HERE)
    make.restriction(far)
    make.at(closed_user, closed_at=clock.now())
    make.at(inactive_user, active=False)
    make.at(admin_user, site_role="admin")
    found = set(db.session.scalars(select(User.id).where(in_charge_of(room.id))))
    able = {user.id for user in db.session.scalars(select(User)) if user.active and not user.closed_at}
    assert found == {
        user_id for user_id in able if can(make.actor(db.session.get_one(User, user_id)), "community:moderate", room)
    }
    assert found == {people["facilitator"].id, people["coordinator"].id, lead.id}


def test_an_idea_is_taken_given_and_released_and_whoever_is_given_it_is_told(make, people, idea):
    fae, coordinator = people["facilitator"], people["coordinator"]
    service.assign(fae, idea, to=fae.id)
    assert holder(idea_id=idea.id) == fae.id and count_notices(fae, "desk.idea") == 0
    service.assign(fae, idea, to=coordinator.id)
    service.assign(fae, idea, to=coordinator.id)
    assert holder(idea_id=idea.id) == coordinator.id and count_notices(coordinator, "desk.idea") == 1
    service.assign(coordinator, idea, to=fae.id)
    assert count_notices(fae, "desk.idea") == 1
    service.release(fae, idea)
    service.release(fae, idea)
    assert holder(idea_id=idea.id) is None
    service.assign(coordinator, idea, to=fae.id)
    assert count_notices(fae, "desk.idea") == 2


def test_a_case_is_taken_given_and_released(people, case):
    fae, coordinator = people["facilitator"], people["coordinator"]
    service.assign_case(fae, case, to=coordinator.id)
    assert holder(case_id=case.id) == coordinator.id and count_notices(coordinator, "desk.case") == 1
    notice = db.session.scalars(select(Notice).where(Notice.kind == "desk.case")).one()
    assert notice.facts == {"case": case.id} and notice.idea_id == case.idea_id
    service.release_case(coordinator, case)
    assert holder(case_id=case.id) is None


def test_it_is_given_only_to_those_who_have_the_charge_and_no_part_in_it(make, cast, author, idea, case):
    fae = cast["facilitator"]
    reporter, lead = make.user("Rita", facilitates=[HERE]), make.user("Léa", role="coordinator")
    for user in (reporter, lead):
        make.add(Report(case_id=case.id, user_id=user.id, reason="spam"))
    able = {user.id for user in assignments.get_choice_for_idea(idea).candidates}
    assert able == {fae.id, cast["coordinator"].id}
    case_file = queries.find_case_file(case.id)
    assert {user.id for user in assignments.get_choice_for_case(case_file).candidates} == able
    for user_id in (author.id, reporter.id, lead.id, cast["neighbour"].id, cast["member"].id, cast["admin"].id, 999):
        with pytest.raises(Invalid):
            service.assign(fae, idea, to=user_id)
        with pytest.raises(Invalid):
            service.assign_case(fae, case, to=user_id)
    with pytest.raises(Invalid):
        service.assign_case(fae, case, to=reporter.id)
    assert holder(idea_id=idea.id) is holder(case_id=case.id) is None


def test_nobody_else_gives_or_releases_anything(cast, idea, case):
    fae = cast["facilitator"]
    service.assign(fae, idea, to=fae.id)
    service.assign_case(fae, case, to=fae.id)
    ned = cast["neighbour"]
    for act in (lambda: service.assign(ned, idea, to=fae.id), lambda: service.release(ned, idea)):
        with pytest.raises(Forbidden):
            act()
    for act in (lambda: service.assign_case(ned, case, to=fae.id), lambda: service.release_case(ned, case)):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotFound):
        service.release_case(cast["author"], case)
    assert holder(idea_id=idea.id) == holder(case_id=case.id) == fae.id


def test_whoever_lost_the_charge_has_nothing_in_hand_any_more(make, people, idea, case):
    colleague = make.user("Coline", facilitates=[HERE])
    service.assign(people["facilitator"], idea, to=colleague.id)
    service.assign_case(people["facilitator"], case, to=colleague.id)
    assert (
        assignments.get_assignments("idea", [idea.id])[idea.id].user.name
        == assignments.get_assignments("case", [case.id])[case.id].user.name
        == "Coline"
    )
    assert assignments.get_choice_for_idea(idea).holder.id == colleague.id
    charge = db.session.scalars(select(Facilitator).where(Facilitator.user_id == colleague.id)).one()
    make.at(charge, expires_at=clock.ago(days=1))
    assert (
        assignments.get_assignments("idea", [idea.id])
        == assignments.get_assignments("case", [case.id])
        == assignments.get_assignments("comment", [1])
        == {}
    )
    assert assignments.get_choice_for_idea(db.session.get_one(Idea, idea.id)).holder is None
    service.assign(people["facilitator"], idea, to=people["coordinator"].id)
    assert holder(idea_id=idea.id) == people["coordinator"].id


def test_an_idea_without_a_community_is_in_the_hands_of_coordinators_alone(make, people):
    idea = make.idea(community_id=None)
    assert [user.id for user in assignments.get_choice_for_idea(idea).candidates] == [people["coordinator"].id]
    with pytest.raises(Forbidden):
        service.assign(people["facilitator"], idea, to=people["facilitator"].id)


def test_how_far_a_team_has_read_is_its_own_to_say(make, people, idea):
    room, comment = get_community(idea.community_id), make.comment(idea)
    with pytest.raises(Forbidden):
        service.mark_read(people["neighbour"], room, upto=comment.id)
    service.mark_read(people["coordinator"], get_community(make.room(ELSEWHERE).id), upto=comment.id)
    assert db.session.scalars(select(ReadMark)).all() == []
    service.mark_read(people["facilitator"], room, upto=comment.id)
    service.mark_read(people["coordinator"], room, upto=comment.id)
    mark = db.session.scalars(select(ReadMark)).one()
    assert (mark.comment_id, mark.by_id) == (comment.id, people["facilitator"].id)

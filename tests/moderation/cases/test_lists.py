"""Cases in lists, each to those whom it is for; and reports, decisions and openings made at once."""

from sqlalchemy import func, select

from app.comments.queries import reading
from app.communities.models import Membership
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.permits import can
from app.core.unit import unit
from app.ideas.models import Idea
from app.moderation.cases import queries, service
from app.moderation.cases.models import Case, CaseStep, Report
from tests.moderation.gestures import close, report_content
from tests.support.races import at_once
from tests.support.world import HERE, ROLES


def test_what_a_list_gives_is_what_the_law_gives(make, world):
    """The SQL of the lists and `case:read` agree on the whole square, for everybody, in every state."""
    reporter = make.actor(member_of=["canari-cercle"])
    for things in (world.ideas, world.comments, world.updates):
        for row in things.values():
            content = reading.reload_comment(row.id) if things is world.comments else row
            if can(reporter, "content:report", content):
                service.report(reporter, content, reason="spam")
    found = list(db.session.scalars(select(Case.id).where(Case.state == "open")))
    assert len(found) > 8
    for who in ROLES:
        actor = make.actor(world.people[who]) if who != "anyone" else None
        if actor and (actor.is_coordinator or actor.facilitates):
            ids = {line.id for line in queries.list_cases(actor, "open", size=100).items}
            assert ids == {case_id for case_id in found if can(actor, "case:read", queries.find_case_file(case_id))}
            assert bool(ids) == (who != "neighbour")


def test_lists_are_paged_in_their_order_and_narrowed_to_a_community(make, people):
    coordinator, reporter = people["coordinator"], people["member"]
    ids = []
    for n in range(5):
        case_file = report_content(reporter, make.idea(community=HERE if n else "transport-collectif"))
        make.at(case_file.case, opened_at=clock.ago(hours=10 - n))
        ids.append(case_file.id)
    first = queries.list_cases(coordinator, "open", size=3)
    rest = queries.list_cases(coordinator, "open", after=first.next, size=3)
    assert [line.id for line in [*first.items, *rest.items]] == ids and rest.next is None and not rest.is_first
    here = queries.list_cases(coordinator, "open", community_id=make.room(HERE).id)
    assert [line.id for line in here.items] == ids[1:]
    for case_id in ids[:2]:
        close("dismiss", coordinator, queries.find_case_file(case_id))
    assert [line.id for line in queries.list_cases(coordinator, "dismissed").items] == ids[1::-1]
    assert queries.list_cases(coordinator, "handled").items == []


def test_own_reports_are_ones_own(make, people, contents):
    one = people["member"]
    for content in contents.values():
        service.report(one, content, reason="spam")
        service.report(people["neighbour"], content, reason="spam")
    page = queries.list_own_reports(one, size=2)
    rest = queries.list_own_reports(one, before=int(page.next), size=2)
    assert len(page.items) == 2 and len(rest.items) == 1 and rest.next is None
    assert {line.report.user_id for line in [*page.items, *rest.items]} == {one.id}
    assert queries.list_own_reports(people["admin"]).items == []


def test_reports_made_at_once_are_one_case(app, make):
    idea_id, members = make.idea(community=HERE).id, [make.actor() for _n in range(8)]

    def report(actor):
        return lambda: service.report(actor, db.session.get_one(Idea, idea_id), reason="insult")

    at_once(app, [report(actor) for actor in members] * 2)
    assert db.session.scalar(select(func.count(Case.id))) == 1
    assert db.session.scalar(select(func.count(Report.id))) == 8


def test_decisions_made_at_once_are_one_decision(app, make, people):
    idea_id = make.idea(community=HERE).id
    case_id = report_content(people["member"], db.session.get_one(Idea, idea_id)).id

    team, acts = (people["facilitator"], people["coordinator"]), ("dismiss", "handle", "hide_and_handle")
    at_once(
        app,
        [
            lambda actor=actor, act=act: close(act, actor, queries.find_case_file(case_id))
            for actor in team
            for act in acts
        ],
        Conflict,
    )
    assert db.session.scalar(select(func.count(CaseStep.id))) == 1


def test_reports_and_reopening_at_once_leave_one_open_case(app, make, people):
    idea_id = make.idea(community=HERE).id
    for _round in range(3):
        case_file = report_content(make.actor(), db.session.get_one(Idea, idea_id))
        case_id = case_file.id
        close("dismiss", people["coordinator"], case_file)

        def reopen():
            case_file = queries.find_case_file(case_id)
            try:
                close("reopen", people["coordinator"], case_file)
            except Conflict:
                db.session.rollback()

        actor = make.actor()
        at_once(app, [reopen, lambda: service.report(actor, db.session.get_one(Idea, idea_id), reason="spam")])
        db.session.rollback()
        still = db.session.scalars(select(Case).where(Case.state == "open")).one()
        close("dismiss", people["coordinator"], queries.find_case_file(still.id))


def test_a_member_who_left_a_private_community_keeps_their_report(make, author):
    room = make.community(is_private=True)
    user = make.user()
    membership = make.add(Membership(user_id=user.id, community_id=room.id))
    idea = make.idea(author, room.slug)
    report_content(make.actor(user), idea)
    with unit():
        db.session.delete(membership)
    own = queries.list_own_reports(make.actor(user)).items
    assert len(own) == 1 and not can(make.actor(user), "content:read", own[0].content)

"""Reports: one case per content, decided with a reason by those who have no part in it, told to those concerned."""

import pytest
from sqlalchemy import func, select

from app.accounts.models.people import User
from app.comments.queries import reading
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.permits import can
from app.journal.models import Entry
from app.moderation.cases import policy, queries, service
from app.moderation.cases.models import Case
from tests.moderation.gestures import WHY, again, close, last_case, report_content
from tests.support.clock import LONG_AGO
from tests.support.rows import notices_by_user
from tests.support.world import HERE

EVERYBODY = "member facilitator neighbour coordinator admin"
TEAM = "facilitator coordinator"
WRITTEN = {
    "content:read": "anyone unconfirmed suspended author reporter member facilitator neighbour coordinator admin",
    "content:read_own": "author",
    "content:report": f"reporter {EVERYBODY}",
    "content:contest": "",
    "case:list": f"{TEAM} neighbour reporter",
    "case:read": f"{TEAM} reporter",
    "case:decide": TEAM,
    "case:hide": TEAM,
    "case:reopen": "",
}
CLOSED = {"case:read": f"{TEAM} reporter", "case:decide": "", "case:hide": "", "case:reopen": TEAM}
LAW = (WRITTEN, CLOSED)


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_several_reports_of_one_content_are_one_case(make, contents, noun):
    content = contents[noun]
    one, other = make.actor(), make.actor()
    assert service.report(one, content, reason="insult") and service.report(
        other, content, reason="other", words="Voici"
    )
    assert not service.report(one, content, reason="spam")
    case_file = last_case()
    assert (
        case_file.content is content
        and case_file.case.state == "open"
        and queries.count_reasons(case_file.id) == {"insult": 1, "other": 1}
    )
    assert [report.words for report in queries.list_reports(case_file).items] == ["", "Voici"]
    assert db.session.scalar(select(func.count(Case.id))) == 1


def test_each_content_has_a_case_of_its_own_and_a_closed_one_is_not_reused(make, contents, people):
    actor = make.actor()
    for content in contents.values():
        close("dismiss", people["coordinator"], report_content(actor, content))
        report_content(actor, content)
    assert db.session.scalar(select(func.count(Case.id))) == 6


def test_only_the_reasons_of_the_list_and_other_needs_words(make, contents):
    actor = make.actor()
    for wrong, words, field in (("nothing", "", "reason"), ("other", "", "words")):
        with pytest.raises(Invalid) as refusal:
            service.report(actor, contents["idea"], reason=wrong, words=words)
        assert refusal.value.field == field
    assert db.session.scalars(select(Case)).all() == []


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_each_right_is_had_by_exactly_those_named(cast, contents, noun):
    content = contents[noun]
    report_content(cast["reporter"], content)
    for state, rights in (("open", WRITTEN), ("closed", CLOSED)):
        if state == "closed":
            close("dismiss", cast["coordinator"], last_case())
        for name, names in rights.items():
            who = {
                who
                for who, actor in cast.items()
                if can(again(actor), name, last_case() if name.startswith("case") else content)
            }
            # The author of an update has the charge that publishing it needs.
            assert who - ({"author"} if name == "case:list" else set()) == set(names.split()), (state, name)


@pytest.mark.parametrize(
    "columns", [{"status": "draft"}, {"status": "pending"}, {"hidden_at": LONG_AGO}, {"deleted_at": LONG_AGO}]
)
def test_what_is_not_in_sight_is_not_reported_not_even_by_the_team(make, cast, author, columns):
    columns = dict(columns)
    state = columns.pop("status", "published")
    idea = make.idea(author, HERE, state, **columns)
    comment = make.comment(make.idea(author, HERE), author, **({"status": "pending"} if not columns else columns))
    update = make.update(author, HERE, **columns) if columns else None
    for content in (idea, reading.reload_comment(comment.id), update):
        assert not content or not any(can(actor, "content:report", content) for actor in cast.values())


def test_what_is_private_is_reported_by_its_members_and_decided_by_its_team(make, people, author):
    room = make.community(is_private=True)
    member = make.actor(member_of=[room.slug])
    idea = make.idea(author, room.slug)
    with pytest.raises(Forbidden):
        service.report(people["member"], idea, reason="spam")
    case_file = report_content(member, idea)
    for who in ("facilitator", "neighbour", "admin"):
        assert not policy.CASE_READ.permits(people[who], case_file)
        assert queries.list_cases(people[who], "open").items == []
    assert len(queries.list_cases(people["coordinator"], "open").items) == 1
    close("handle", people["coordinator"], case_file)
    entry = db.session.scalars(select(Entry)).one()
    assert entry.is_private and entry.community_id == room.id and entry.idea_id is None


def test_an_idea_that_no_community_leads_is_decided_by_coordinators(make, people):
    case_file = report_content(make.actor(), make.idea(community_id=None))
    assert not policy.CASE_READ.permits(people["facilitator"], case_file)
    close("dismiss", people["coordinator"], case_file)
    assert case_file.case.state == "dismissed"


def test_the_case_follows_its_content_to_another_community(make, people):
    idea = make.idea(community=HERE)
    case_file = report_content(make.actor(), idea)
    make.at(idea, community_id=make.room("transport-collectif").id)
    for who, number in (("facilitator", 0), ("neighbour", 1)):
        db.session.rollback()
        assert len(queries.list_cases(people[who], "open").items) == number
    with pytest.raises(NotFound):
        close("dismiss", people["facilitator"], queries.find_case_file(case_file.id))
    close("dismiss", people["neighbour"], queries.find_case_file(case_file.id))


@pytest.mark.parametrize("act", ["dismiss", "handle", "hide_and_handle"])
def test_whoever_has_a_part_in_it_does_not_decide(make, cast, contents, act):
    make.facilitator(db.session.get_one(User, cast["author"].id), HERE)
    author = make.actor(db.session.get_one(User, cast["author"].id))
    case_file = report_content(cast["reporter"], contents["comment"])
    with pytest.raises(NotFound):
        close(act, author, case_file)
    with pytest.raises(Forbidden):
        close(act, again(cast["reporter"]), case_file)
    with pytest.raises(NotFound):
        close(act, cast["neighbour"], case_file)
    assert queries.find_case_file(case_file.id).case.state == "open" and not contents["comment"].is_hidden


def test_a_coordinator_may_decide_on_what_they_reported_but_not_on_what_they_wrote(make, people):
    coordinator = people["coordinator"]
    close("dismiss", coordinator, report_content(coordinator, make.idea(community=HERE)))
    own = make.idea(db.session.get_one(User, coordinator.id), HERE)
    case_file = report_content(people["member"], own)
    assert own.id not in [line.content.id for line in queries.list_cases(coordinator, "open").items]
    with pytest.raises(NotFound):
        close("dismiss", coordinator, case_file)


def test_a_case_does_not_take_another_content_with_it(cast, contents):
    case_file = report_content(cast["member"], contents["idea"])
    with pytest.raises(NotFound):
        service.hide_and_handle(cast["coordinator"], contents["update"], case_file.case, reason=WHY)
    assert not contents["update"].is_hidden


def test_the_team_is_told_of_a_new_case_but_for_those_who_have_a_part_in_it(make, people, author):
    make.facilitator(author, HERE)
    reporter = make.actor(facilitates=[HERE])
    idea = make.idea(author, HERE)
    report_content(reporter, idea)
    service.report(people["member"], idea, reason="spam")
    assert set(notices_by_user("case.opened")) == {people["facilitator"].id}
    lonely = make.idea(author, make.community().slug)
    report_content(reporter, lonely)
    assert set(notices_by_user("case.opened")) == {people["facilitator"].id, people["coordinator"].id}

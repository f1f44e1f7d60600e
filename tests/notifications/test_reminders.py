"""A team is told once a week how many ideas wait for its answer; a holder, that a day of their action is over."""

import pytest
from sqlalchemy import delete, select, update

from app.communities.models import Community, Facilitator
from app.core import clock as time
from app.core import versions
from app.core.db import db
from app.core.unit import unit
from app.notifications.jobs import remind, remind_holders
from app.notifications.models import Notice
from app.plan.outline import MilestoneOutline
from app.web.notices import immediate_mails
from app.web.notices.summaries import write_summaries
from tests.support.races import at_once
from tests.support.rows import again, every

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"


def list_notices():
    db.session.rollback()
    notices = db.session.scalars(select(Notice).where(Notice.kind == "answers.due").order_by(Notice.id))
    return [(notice.user_id, notice.facts["count"]) for notice in notices]


def make_late_idea(make, days=31, community=HERE, **columns):
    idea = make.idea(community=community, **columns)
    return make.at(idea, published_at=time.ago(days=days), status_at=time.ago(days=days))


def test_one_notice_a_week_tells_how_many_wait(make, fae, clock):
    clock.at("2024-05-07T12:00")
    make_late_idea(make), make_late_idea(make)
    remind(), remind()
    assert list_notices() == [(fae.id, 2)]
    clock.forward(days=1)
    remind()
    assert len(list_notices()) == 1
    clock.forward(days=7)
    remind()
    assert list_notices() == [(fae.id, 2)] * 2


@pytest.mark.parametrize(
    ("night", "morning"),
    [("2024-05-12T23:55-04:00", "2024-05-13T00:05-04:00"), ("2024-12-29T23:55-05:00", "2024-12-30T00:05-05:00")],
)
def test_a_week_begins_on_monday_in_the_region(make, fae, clock, night, morning):
    """On Sunday evening it is Monday already in UTC: the team was told of the next week then."""
    clock.at("2024-05-07T12:00" if "05-1" in night else "2024-12-24T12:00")
    make_late_idea(make)
    for moment, told in ((clock.now(), 1), (night, 1), (morning, 2)):
        clock.at(moment)
        remind()
        assert len(list_notices()) == told, moment


def test_only_what_waits_longer_than_the_community_wants_is_counted(make, fae):
    make_late_idea(make, days=29)
    for status in ("under_review", "withdrawn", "draft"):
        make_late_idea(make, status=status)
    make_late_idea(make, hidden_at=time.now(), hidden_reason="non"), make_late_idea(make, deleted_at=time.now())
    (
        make_late_idea(make, merged_into=make.idea(community=HERE).id),
        make_late_idea(make, community_id=None, community=None),
    )
    remind()
    assert list_notices() == []
    with unit():
        db.session.execute(update(Community).where(Community.slug == HERE).values(answer_days=28))
        versions.touch("reference")
    remind()
    assert list_notices() == [(fae.id, 1)]


def test_coordinators_are_told_where_nobody_facilitates(make, fae):
    coordinator = make.user(role="coordinator")
    former = make.user()
    make.facilitator(former, ELSEWHERE, expires_at=time.ago(days=1))
    make_late_idea(make, community=ELSEWHERE)
    remind()
    assert list_notices() == [(coordinator.id, 1)]


def test_an_archived_community_is_left_alone(make, fae):
    make_late_idea(make)
    with unit():
        db.session.execute(update(Community).where(Community.slug == HERE).values(archived_at=time.now()))
        versions.touch("reference")
    remind()
    assert list_notices() == []


def test_the_notice_leads_to_what_waits_and_tells_nothing_once_the_charge_is_over(make, team):
    make_late_idea(make, title="Celle qui attend")
    remind()
    page = team.get("/notifications")
    assert (
        "1 idée attend depuis longtemps une réponse de votre équipe"
        in page.words.replace("\u00a0", " ").replace("\u202f", " ")
        and "Celle qui attend" not in page.words
    )
    link = page.soup.select_one(".notices a")
    assert link.get_text() == "Sécurité alimentaire" and "Celle qui attend" in team.get(link["href"]).words
    with unit():
        db.session.execute(delete(Facilitator))
    assert not team.get("/notifications").soup.select(".notices a")


def test_a_mail_goes_with_it_at_once_to_those_who_want_it_so(make, fae, outbox):
    make.paces(fae, desk="now")
    make_late_idea(make)
    remind()
    assert immediate_mails.write_mails() == 1
    mail = outbox.to(fae.email)[-1]
    assert f"/moderation/{HERE}/bulk" in "".join(outbox.links(mail))


def make_late_action(plans, **milestones):
    """Return an action whose milestones were to be there on these days."""
    steps = [MilestoneOutline(title, due_on=day) for title, day in milestones.items()]
    return plans.action(milestones=steps, starts_on="2027-01-04", ends_on="2028-01-01")


def list_late():
    return [(notice.user_id, notice.facts["due"]) for notice in every(Notice, Notice.kind == "action.late")]


def test_a_holder_is_told_once_of_each_day_that_is_over_then_every_fourteen_days(make, plans, clock):
    clock.at("2027-01-04T12:00")
    action = make_late_action(plans, camion="2027-03-01", tournee="2027-03-10")
    keeper, other = plans.holder(action), plans.holder(action, make.user())
    clock.at("2027-03-01T22:00")
    remind_holders()
    assert list_late() == [], "the day is not over"
    clock.at("2027-03-02T11:59")
    remind_holders()
    assert list_late() == [], "not by night"
    clock.forward(minutes=1)
    remind_holders(), remind_holders()
    assert list_late() == [(keeper.id, "2027-03-01"), (other.id, "2027-03-01")]
    for moment, count in (
        ("2027-03-11T12:00", 4),
        ("2027-03-24T12:00", 4),
        ("2027-03-25T13:00", 6),
        ("2027-04-15T13:00", 8),
        ("2027-04-22T13:00", 8),
        ("2027-04-29T14:00", 10),
    ):
        clock.at(moment)
        remind_holders(), remind_holders()
        assert len(list_late()) == count, moment


def test_nothing_is_told_of_what_was_heard_of_lately_nor_of_what_is_over_or_out_of_sight(make, plans, clock):
    clock.at("2027-01-04T12:00")
    action = make_late_action(plans, camion="2027-03-01")
    plans.holder(action)
    clock.at("2027-03-03T12:00")
    said = plans.say(action, "Le camion arrive.")
    remind_holders()
    clock.at("2027-03-12T12:00")
    remind_holders()
    assert list_late() == []
    make.at(action, hidden_at=said.at, hidden_reason="non")
    clock.at("2027-03-18T12:00")
    remind_holders()
    assert list_late() == []
    make.at(action, hidden_at=None, hidden_reason=None)
    remind_holders()
    assert len(list_late()) == 1
    plans.say(again(action), "Fini.", state="dropped")
    clock.at("2027-05-18T12:00")
    remind_holders()
    assert len(list_late()) == 1


def test_several_workers_and_one_that_comes_back_tell_a_holder_once(app, make, plans, clock):
    clock.at("2027-01-04T12:00")
    action = make_late_action(plans, camion="2027-03-01")
    plans.holder(action)
    clock.at("2027-03-10T12:00")
    at_once(app, [remind_holders] * 3)
    assert len(list_late()) == 1


def test_the_morning_summary_of_the_coordination_says_how_many_actions_are_late(make, plans, fae, outbox, clock):
    clock.at("2027-01-04T12:00")
    make_late_action(plans, camion="2027-03-01")
    clock.at("2027-03-02T12:00")
    write_summaries()
    text = outbox.to(plans.boss.email)[-1].text.replace("\u00a0", " ")
    assert "Actions du plan en retard : 1" in text and "/plan?late=1" in text
    assert not any("en retard" in mail.text for mail in outbox.to(fae.email))


def test_the_notice_names_the_action_and_the_day_and_comes_by_mail(make, plans, sign_in, outbox, clock):
    clock.at("2027-01-04T12:00")
    action = make_late_action(plans, camion="2027-03-01")
    keeper = plans.holder(action)
    clock.at("2027-03-02T12:00")
    remind_holders()
    page = sign_in(keeper).get("/notifications")
    assert (
        "est passée, le 1er mars 2027" in page.words
        and page.soup.select(f"a[href='/plan/actions/{action.id}/bulletins/new']")
        and "parce que vous tenez cette action à jour" in page.words
    )
    clock.forward(minutes=11)
    assert immediate_mails.write_mails() == 1 and "Une tournée d'épicerie" in outbox.to(keeper.email)[-1].subject

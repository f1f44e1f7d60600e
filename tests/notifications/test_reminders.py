"""A team is told once a week how many ideas wait for its answer."""
from sqlalchemy import delete, select, update

from app.communities.models import Community, Facilitator
from app.core import clock as time
from app.core import versions
from app.core.db import db
from app.core.unit import unit
from app.notifications.jobs import remind
from app.notifications.models import Notice
from app.web.notices import at_once as notices

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


def test_only_what_waits_longer_than_the_community_wants_is_counted(make, fae):
    make_late_idea(make, days=29)
    for status in ("under_review", "withdrawn", "draft"):
        make_late_idea(make, status=status)
    make_late_idea(make, hidden_at=time.now(), hidden_reason="non"), make_late_idea(make, deleted_at=time.now())
    make_late_idea(make, merged_into=make.idea(community=HERE).id), make_late_idea(make, community_id=None, community=None)
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
    assert "votre équipe : 1" in page.words.replace("\u00a0", " ").replace("\u202f", " ") and "Celle qui attend" not in page.words
    link = page.soup.select_one(".notices a")
    assert link.get_text() == "Sécurité alimentaire" and "Celle qui attend" in team.get(link["href"]).words
    with unit():
        db.session.execute(delete(Facilitator))
    assert not team.get("/notifications").soup.select(".notices a")


def test_a_mail_goes_with_it_at_once_to_those_who_want_it_so(make, fae, outbox):
    make.paces(fae, desk="now")
    make_late_idea(make)
    remind()
    assert notices.write_mails() == 1
    mail = outbox.to(fae.email)[-1]
    assert f"/moderation/{HERE}/bulk" in "".join(outbox.links(mail))

"""Who needs to know of a topic: its host and who is interested in it, once, as it stands, and by no mail on the day itself."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.core import clock as now
from app.core.db import db
from app.core.signals import tell
from app.core.unit import unit
from app.events.models.registrations import EventRegistration
from app.forum.models import ForumInterest, ForumRoom, ForumSlot, ForumTopic, ForumTopicHost
from app.forum.service import interests
from app.forum.signals import TopicChanged
from app.notes import publishing
from app.notes.models import SessionNotes
from app.notifications import jobs
from app.notifications.models import Notice
from app.web.notices.immediate_mails import write_mails
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in
from tests.support.rows import again, count, every, kinds_told
from tests.support.world import HERE


@pytest.fixture
def event(make, fae, clock):
    clock.at("2027-01-10T12:00-05:00")
    return event_in(make, room=make.room(HERE), author_id=fae.id, starts_at=at("2027-02-18 09:00"), hours=7)


@pytest.fixture
def forum(event, make):
    return forum_in(make, event=event)


@pytest.fixture
def host(make):
    return make.paces(make.user("Rita"), contribution="now", support="now")


@pytest.fixture
def fan(make):
    return make.paces(make.user("Simon"), follow="now")


@pytest.fixture
def topic(make, forum, host, fan):
    """A topic, with its host, a co-host, and two who are interested in it: a member and a guest."""
    topic = make.add(ForumTopic(forum_id=forum.id, author_id=host.id, title="Un marché le samedi"))
    make.add(ForumInterest(registration_id=place(make, forum, fan).id, topic_id=topic.id))
    return topic


def place(make, forum, person, state="in"):
    code = f"CODE{person.id}"
    return make.add(EventRegistration(event_id=forum.id, user_id=person.id, mode="online", state=state, code=code))


def become(make, topic, what, by=None, **columns):
    """Make something of a topic, as its act does."""
    make.at(topic, **columns)
    with unit():
        tell(TopicChanged(topic.id, what, by=by))
    jobs.tell_followers()


def cell(forum):
    slot = next(one for one in every(ForumSlot, ForumSlot.forum_id == forum.id) if one.starts_after == 60)
    return {"slot_id": slot.id, "room_id": every(ForumRoom, ForumRoom.forum_id == forum.id)[0].id}


def test_a_topic_that_is_placed_is_told_to_its_host_and_to_who_is_interested_with_its_hour(
    make, forum, topic, host, fan, fae, sign_in, outbox, clock
):
    become(make, topic, "placed", by=fae.id, **cell(forum))
    assert (kinds_told(host), kinds_told(fan), kinds_told(fae)) == (
        ["topic_placed.host"],
        ["topic_placed.interested"],
        [],
    )
    browser = sign_in(fan)
    page = browser.get("/notifications")
    words = page.words.replace("\xa0", " ").replace("’", "'")
    assert (
        "Le sujet « Un marché le samedi », qui vous intéresse, a une salle et une heure : le 18 février 2027 à 10 h"
        in words
    )
    assert "parce que ce sujet vous intéresse" in words
    clock.forward(minutes=11)
    write_mails()
    for person in (host, fan):
        [mail] = outbox.to(person.email)
        assert "Un marché le samedi" in mail.text and f"/forums/{forum.id}" in mail.text
    assert browser.get(f"/forums/{forum.id}/topics/{topic.id}").status_code == 200
    assert not count(Notice, Notice.user_id == fan.id, Notice.read_at.is_(None)), "read where it stands"


@pytest.mark.parametrize(("columns", "told"), [({}, ["topic_noted.interested"]), ({"status": "cancelled"}, [])])
def test_who_is_interested_is_told_once_that_its_notes_are_published_after_the_meeting_too(
    make, event, forum, topic, host, fan, fae, sign_in, clock, columns, told
):
    make.at(topic, **cell(forum))
    make.at(event, **columns)
    make.add(SessionNotes(topic_id=topic.id, people_there=12))
    clock.at(event.ends_at + timedelta(hours=1))
    for _n in range(2):
        with unit():
            publishing.copy(topic.id, fae.id)
        jobs.tell_followers()
    assert (kinds_told(host), kinds_told(fan), kinds_told(fae)) == ([], told, [])
    if told:
        browser = sign_in(fan)
        words = browser.get("/notifications").words.replace("\xa0", " ")
        assert "Le sujet « Un marché le samedi », qui vous intéresse, a maintenant des notes publiées" in words
        browser.get(f"/forums/{forum.id}/topics/{topic.id}")
        assert not count(Notice, Notice.user_id == fan.id, Notice.read_at.is_(None)), "read where it stands"


def test_a_co_host_is_told_as_a_host_once_accepted_and_nobody_of_their_own_act(make, forum, topic, host, fan):
    asks, holds = make.user(), make.user()
    for person, accepted in ((asks, None), (holds, now.now())):
        registration_id = place(make, forum, person).id
        make.add(ForumTopicHost(topic_id=topic.id, registration_id=registration_id, accepted_at=accepted))
    become(make, topic, "withdrawn", by=host.id, state="withdrawn")
    assert (kinds_told(host), kinds_told(asks), kinds_told(holds)) == ([], [], ["topic_withdrawn.host"])
    assert kinds_told(fan) == ["topic_withdrawn.interested"]


@pytest.mark.parametrize(
    ("what", "columns"),
    [("placed", {}), ("joined", {}), ("taken_off", {"state": "withdrawn"}), ("withdrawn", {}), ("moved", {})],
)
def test_what_is_so_no_more_is_not_told(make, topic, host, fan, what, columns):
    become(make, topic, what, **columns)
    assert kinds_told(host) == kinds_told(fan) == []


@pytest.mark.parametrize(
    "columns", [{"hidden_at": now, "hidden_reason": "x"}, {"status": "cancelled"}, {"deleted_at": now}]
)
def test_nothing_is_told_of_what_is_out_of_sight_or_off(make, event, forum, topic, host, fan, columns):
    make.at(event, **{name: now.now() if value is now else value for name, value in columns.items()})
    become(make, topic, "placed", **cell(forum))
    assert kinds_told(host) == kinds_told(fan) == []


def test_on_the_day_itself_a_notice_and_no_mail(make, event, forum, topic, host, fan, clock, outbox):
    clock.at(event.starts_at + timedelta(minutes=30))
    become(make, topic, "placed", **cell(forum))
    assert {notice.pace for notice in every(Notice)} == {"site"} and len(every(Notice)) == 2
    clock.forward(hours=2)
    write_mails()
    assert not outbox.to(host.email) and not outbox.to(fan.email)
    clock.at(event.ends_at)
    become(make, topic, "moved", **cell(forum))
    assert len(every(Notice)) == 2, "nobody needs to know it after"


def test_whoever_wants_to_hear_nothing_of_what_they_follow_is_not_told_on_the_day_either(
    make, event, forum, topic, fan, clock
):
    make.paces(fan, follow="never")
    clock.at(event.starts_at)
    become(make, topic, "placed", **cell(forum))
    assert kinds_told(fan) == []


def test_a_topic_that_waited_is_told_to_its_host_once_it_is_let_onto_the_wall(make, forum, host, fan, fae):
    waits = make.add(ForumTopic(forum_id=forum.id, author_id=host.id, title="Un toit partagé", state="waiting"))
    become(make, waits, "pitched", by=host.id, state="open")
    assert kinds_told(host) == []
    become(make, waits, "pitched", by=fae.id)
    assert kinds_told(host) == ["topic_pitched.host"]


def test_the_host_hears_of_interest_by_tens_once_for_each(make, forum, topic, host):
    def fill(number):
        for _n in range(number):
            make.add(ForumInterest(registration_id=place(make, forum, make.user()).id, topic_id=topic.id))
        with unit():
            interests.fold(forum.id)

    fill(8)
    assert kinds_told(host) == []
    fill(1)
    fill(1)
    assert [notice.facts["count"] for notice in every(Notice)] == [10]
    gone = every(EventRegistration)[-1].id
    with unit():
        db.session.execute(delete(ForumInterest).where(ForumInterest.registration_id == gone))
        db.session.execute(delete(ForumInterest).where(ForumInterest.registration_id == gone - 1))
        interests.fold(forum.id)
    fill(2)
    assert [notice.facts["count"] for notice in every(Notice)] == [10], "a number is told once"
    fill(15)
    assert [notice.facts["count"] for notice in every(Notice)] == [10, 20] and again(topic).interest_count == 26


def test_interest_on_the_day_is_told_by_no_mail(make, event, forum, topic, host, clock):
    clock.at(event.starts_at)
    for _n in range(9):
        make.add(ForumInterest(registration_id=place(make, forum, make.user()).id, topic_id=topic.id))
    with unit():
        interests.fold(forum.id)
    assert [(notice.kind, notice.pace) for notice in every(Notice)] == [("topic_interest.host", "site")]


def test_a_topic_of_a_private_community_is_told_to_its_members_alone(make, clock, host, fan, fae):
    make.community(slug="cercle", name="Cercle", is_private=True)
    room = make.room("cercle")
    event = event_in(make, room=room, author_id=fae.id, hours=7)
    forum = forum_in(make, event=event)
    topic = make.add(ForumTopic(forum_id=forum.id, author_id=host.id, title="Un marché le samedi"))
    make.add(ForumInterest(registration_id=place(make, forum, fan).id, topic_id=topic.id))
    become(make, topic, "placed", **cell(forum))
    assert kinds_told(host) == kinds_told(fan) == []


OFFER, TAKE_BACK = "form[action$='/hosting']", "form[action$='/hosting/withdrawal']"


@pytest.fixture
def offerer(make, forum, host):
    """Somebody who comes to the forum, as the host does."""
    place(make, forum, host)
    person = make.paces(make.user("Olga"), contribution="now")
    place(make, forum, person)
    return person


def page_of(topic):
    return f"/forums/{topic.forum_id}/topics/{topic.id}"


def accept(browser, topic):
    return browser.submit(page_of(topic), "form[action$='/hosts']", follow=True)


def told_in_words(browser):
    return browser.get("/notifications").words.replace("\xa0", " ").replace("’", "'")


def test_an_offer_is_told_to_the_host_and_its_acceptance_to_who_offered(topic, host, offerer, sign_in, outbox, clock):
    sign_in(offerer).submit(page_of(topic), OFFER)
    assert (kinds_told(host), kinds_told(offerer)) == (["topic_offered.host"], [])
    browser = sign_in(host)
    words = told_in_words(browser)
    assert "Quelqu'un a proposé d'animer votre sujet « Un marché le samedi » avec vous" in words and "Olga" not in words
    clock.forward(minutes=11)
    write_mails()
    assert page_of(topic) in outbox.to(host.email)[0].text
    accept(browser, topic)
    assert not count(Notice, Notice.user_id == host.id, Notice.read_at.is_(None)), "read where it stands"
    assert (kinds_told(host), kinds_told(offerer)) == (["topic_offered.host"], ["topic_accepted.offered"])
    assert "Vous animez maintenant le sujet « Un marché le samedi », avec qui le propose" in told_in_words(
        sign_in(offerer)
    )


def test_an_offer_that_is_taken_back_is_as_if_it_had_not_been_made(topic, host, offerer, sign_in):
    browser = sign_in(offerer)
    browser.submit(page_of(topic), OFFER)
    browser.submit(page_of(topic), TAKE_BACK)
    assert kinds_told(host) == []
    browser.submit(page_of(topic), OFFER)
    browser.submit(page_of(topic), TAKE_BACK)
    browser.submit(page_of(topic), OFFER)
    assert kinds_told(host) == ["topic_offered.host"]


def test_the_host_hears_that_who_was_accepted_holds_it_no_more(topic, host, offerer, sign_in):
    browser = sign_in(offerer)
    browser.submit(page_of(topic), OFFER)
    accept(sign_in(host), topic)
    browser.submit(page_of(topic), TAKE_BACK)
    assert (kinds_told(host), kinds_told(offerer)) == (["topic_left.host"], [])
    assert "Quelqu'un n'anime plus votre sujet « Un marché le samedi » avec vous" in told_in_words(sign_in(host))


def test_what_the_team_accepts_is_told_to_who_offered_and_a_host_without_account_hears_nothing(
    make, forum, offerer, fae, sign_in
):
    guest = make.add(ForumTopic(forum_id=forum.id, host_name="Luz", title="Un toit partagé"))
    sign_in(offerer).submit(page_of(guest), OFFER)
    assert not every(Notice)
    accept(sign_in(fae), guest)
    assert kinds_told(offerer) == ["topic_accepted.offered"]
    assert len(every(Notice)) == 1


def test_within_the_hours_of_the_meeting_an_offer_is_a_notice_and_no_mail(
    event, topic, host, offerer, sign_in, clock, outbox
):
    clock.at(event.starts_at + timedelta(minutes=30))
    sign_in(offerer).submit(page_of(topic), OFFER)
    assert [(notice.kind, notice.pace) for notice in every(Notice)] == [("topic_offered.host", "site")]
    clock.forward(hours=1)
    write_mails()
    assert not outbox.to(host.email)


def test_nothing_is_told_of_an_offer_to_a_topic_that_its_reader_reads_no_more(make, topic, host, offerer, sign_in):
    sign_in(offerer).submit(page_of(topic), OFFER)
    make.at(topic, deleted_at=now.now())
    assert "Un marché le samedi" not in told_in_words(sign_in(host))

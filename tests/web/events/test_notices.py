"""What people read of a meeting among their notices and in their mails, and where it goes once they may not read it."""

from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models.people import User
from app.communities.models import Membership
from app.core import clock as now
from app.core.db import db
from app.core.unit import unit
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.events.service import life
from app.notifications import jobs
from app.notifications.models import Notice
from app.notifications.topics import WITH_EVENT, get_topic, kinds_told
from app.web.notices.immediate_mails import write_mails
from tests.events.stored import event_in
from tests.support.make import Make
from tests.support.rows import again, count
from tests.support.world import HERE

SECRET = "canari-rencontre"


@pytest.fixture
def reader(make: Make) -> User:
    return make.paces(make.user(), follow="now", contribution="now", task="now")


def tell_all(make: Make, user: User, event: Event) -> None:
    """Tell a person all that may be told of a meeting."""
    for n, kind in enumerate(kinds_told(WITH_EVENT)):
        facts = {"starts_at": now.now().isoformat(), "reason": SECRET, "count": 10}
        notice = Notice(key=f"{kind}:{n}", user_id=user.id, kind=kind, topic=get_topic(kind), pace="now", facts=facts)
        notice.event_id = event.id
        make.add(notice)


def words_of(page: Any) -> str:
    return str(page.words).replace("\xa0", " ").replace("\u202f", " ").replace("’", "'")


def test_an_announced_meeting_is_read_among_notices_and_in_a_mail_that_one_may_stop(
    make: Make, sign_in: Any, people: Any, reader: User, clock: Any, outbox: Any
) -> None:
    clock.at("2027-02-01T12:00-05:00")
    browser = sign_in(reader)
    browser.submit(f"/communities/{HERE}", "#follow form")
    draft = event_in(make, room=make.room(HERE), status="draft", title="Se loger ici", lead="Venez le dire.")
    life.publish(people["facilitator"], draft)
    jobs.tell_followers()
    words = words_of(browser.get("/notifications"))
    assert "Une rencontre est annoncée pour le 8 février 2027 à 12 h" in words and "Venez le dire." in words
    clock.forward(minutes=11)
    write_mails()
    [mail] = outbox.to(reader.email)
    assert "Se loger ici" in mail.subject and f"/events/{draft.id}" in mail.text
    assert "Unsubscribe" in str(mail.headers)
    assert browser.get(f"/events/{draft.id}").status_code == 200 and count(Notice, Notice.read_at.is_(None)) == 0


def test_a_move_says_the_new_moment_and_the_reason(
    make: Make, sign_in: Any, people: Any, reader: User, clock: Any
) -> None:
    clock.at("2027-02-01T12:00-05:00")
    event = event_in(make, room=make.room(HERE), title="Se loger ici")
    make.add(EventRegistration(event_id=event.id, user_id=reader.id, mode="online", state="in", code="ABCDEF"))
    moment = now.now() + timedelta(days=17, hours=2)
    life.move(people["facilitator"], event, starts_at=moment, ends_at=moment + timedelta(hours=1), reason="La neige")
    jobs.tell_followers()
    words = words_of(sign_in(reader).get("/notifications"))
    said = "La rencontre où vous avez demandé une place change de date : elle commence le 18 février 2027 à 14 h"
    assert said in words and "La neige" in words and "parce que vous y avez demandé une place" in words


@pytest.mark.parametrize("away", ["draft", "hidden", "deleted", "private"])
def test_nothing_is_said_of_a_meeting_that_is_out_of_sight(
    make: Make, sign_in: Any, reader: User, clock: Any, outbox: Any, away: str
) -> None:
    make.community(slug="cercle", name="Cercle", is_private=True)
    room = make.room("cercle" if away == "private" else HERE)
    columns = {"draft": {"status": "draft"}, "hidden": {"hidden_at": now.now(), "hidden_reason": SECRET}}
    columns |= {"deleted": {"deleted_at": now.now()}}
    event = event_in(make, room=room, title=SECRET, lead=SECRET, **columns.get(away, {}))
    tell_all(make, reader, event)
    browser = sign_in(reader)
    for path in ("/notifications", "/", "/notifications?unread=1"):
        assert SECRET not in browser.get(path).text, path
    clock.forward(minutes=30)
    write_mails()
    assert not outbox.to(reader.email)
    # The same, as soon as it may be read.
    with unit():
        row = db.session.get_one(Event, event.id)
        row.status, row.hidden_at, row.deleted_at = "published", None, None
    if away == "private":
        make.add(Membership(user_id=reader.id, community_id=room.id))
    assert SECRET in browser.get("/notifications").text


def test_a_mail_that_waits_says_nothing_of_a_meeting_that_is_hidden_meanwhile(
    make: Make, reader: User, clock: Any, outbox: Any
) -> None:
    event = event_in(make, room=make.room(HERE), title=SECRET)
    tell_all(make, reader, event)
    make.at(event, hidden_at=now.now(), hidden_reason="non")
    clock.forward(minutes=30)
    assert write_mails() == 0 and not outbox.to(reader.email) and again(event).is_hidden


def test_the_meeting_page_has_the_button_that_follows_it_and_the_page_of_follows_lists_it(
    make: Make, sign_in: Any, visitor: Any, fae: User, reader: User
) -> None:
    event = event_in(make, room=make.room(HERE), title="Se loger ici", author_id=fae.id)
    path, browser = f"/events/{event.id}", sign_in(reader)
    assert visitor.get(path).soup.select_one("#follow a")["href"].endswith("%23follow")
    answer = browser.submit(path, "#follow form:nth-of-type(2)")
    assert answer.headers["Location"] == f"{path}#follow"
    line = browser.get("/follows").soup.select_one(f"#follow-thread-{event.thread_id}")
    assert line and "Se loger ici" in browser.get("/follows").text
    assert "parce que vous l'avez écrit" in words_of(sign_in(fae).get(path))
    make.at(event, hidden_at=now.now(), hidden_reason="non")
    assert "Se loger ici" not in browser.get("/follows").text

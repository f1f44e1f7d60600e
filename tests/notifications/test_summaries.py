"""The summary of a day or of a week: at 7 h in the region, once, never empty, and never of what was read."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.accounts import service as accounts
from app.accounts.models.people import User
from app.core import clock as time
from app.core.db import db
from app.notifications.models import Notice, NoticePace, NoticeSettings, Summary
from app.notifications.queries.summaries import get_last_period
from app.notifications.service import notices
from app.web.notices import summaries
from app.web.notices.delivery import deliver
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.browser import Browser

HERE = "securite-alimentaire"
# A Tuesday.
NOON = "2027-01-05T12:00"


@pytest.fixture
def reader(make: Any, clock: Any) -> User:
    clock.at(NOON)
    return make.paces(make.user("Rita Lecture"), reply="daily", contribution="weekly")


@pytest.fixture
def answer(make: Any, reader: User) -> Callable[..., Any]:
    """Answer the reader's idea, as somebody else does through its page."""
    idea = make.idea(reader, HERE, title="Un four à pain pour le village")

    def say(body: str = "J'ai des briques pour vous.") -> Any:
        comment = make.comment(idea, make.user("Simon Bernache"), body)
        notices.tell(reader.id, "comment.post", str(comment.id), comment_id=comment.id)
        db.session.commit()
        return comment

    return say


def mails(outbox: Any, user: User) -> list[Any]:
    db.session.rollback()
    return [mail for mail in outbox.to(db.session.get_one(User, user.id).email or "")]


def test_a_daily_summary_comes_at_seven_once_with_the_words_and_who_said_them(
    answer: Any, reader: User, outbox: Any, clock: Any
) -> None:
    answer()
    assert write_summaries() == 0 and not mails(outbox, reader)
    clock.at("2027-01-06T11:59")
    assert write_summaries() == 0
    clock.at("2027-01-06T12:01")
    assert write_summaries() == 1 and write_summaries() == 0
    [mail] = mails(outbox, reader)
    assert "Un four à pain" in mail.subject and "/unsubscribe/" in mail.headers["List-Unsubscribe"]
    for text in (mail.text, mail.html):
        assert (
            "Simon Bernache" in text
            and "J&#39;ai des briques" in text.replace("'", "&#39;")
            and "Sécurité alimentaire" in text
        )
    clock.forward(days=1)
    assert write_summaries() == 0, "nothing new: nothing comes"


def test_a_new_idea_is_told_with_its_first_words(make: Any, reader: User, outbox: Any, clock: Any) -> None:
    make.paces(reader, follow="daily")
    idea = make.idea(
        make.user("Simon Bernache"), HERE, title="Un four à pain", body="Le village n'a plus de boulanger."
    )
    notices.tell(reader.id, "follow.idea", str(idea.id), idea_id=idea.id)
    db.session.commit()
    clock.forward(days=1)
    assert write_summaries() == 1
    [mail] = mails(outbox, reader)
    assert "Simon Bernache publie" in mail.text and "Le village n'a plus de boulanger." in mail.text


def test_what_was_read_as_a_notice_is_not_told_again(
    answer: Any, reader: User, sign_in: Any, outbox: Any, clock: Any
) -> None:
    answer()
    sign_in(reader).submit("/notifications", "main form")
    clock.forward(days=2)
    assert write_summaries() == 0 and not mails(outbox, reader)


def test_what_can_no_longer_be_read_is_not_counted(
    make: Any, answer: Any, reader: User, outbox: Any, clock: Any
) -> None:
    make.at(answer(), hidden_at=time.now(), hidden_reason="hors du sujet")
    answer()
    clock.forward(days=2)
    assert write_summaries() == 1
    [mail] = mails(outbox, reader)
    assert "autre avis" not in mail.text and "autre avis" not in mail.html


def test_what_can_no_longer_be_read_is_not_told(make: Any, answer: Any, reader: User, outbox: Any, clock: Any) -> None:
    comment = answer()
    make.at(comment, hidden_at=time.now(), hidden_reason="hors du sujet")
    clock.forward(days=2)
    assert write_summaries() == 0 and not mails(outbox, reader)


def test_a_weekly_summary_comes_on_the_day_that_was_chosen_and_the_late_one_once(
    make: Any, reader: User, sign_in: Any, outbox: Any, clock: Any
) -> None:
    browser: Browser = sign_in(reader)
    assert browser.submit("/notifications/preferences", "main form.form", weekday="2").status_code == 303
    notices.tell(reader.id, "charge.given", "1", community=1)
    db.session.commit()
    clock.at("2027-01-06T11:00")
    assert write_summaries() == 0
    clock.at("2027-01-09T15:00")
    assert write_summaries() == 1, "the site was away on Wednesday: it comes when it is back"
    notices.tell(reader.id, "charge.given", "2", community=1)
    db.session.commit()
    clock.at("2027-01-12T15:00")
    assert write_summaries() == 0
    clock.at("2027-01-13T12:01")
    assert write_summaries() == 1 and len(mails(outbox, reader)) == 2


def test_nothing_comes_in_a_pause_and_what_was_missed_comes_after_it_in_one_mail(
    make: Any, answer: Any, reader: User, sign_in: Any, outbox: Any, clock: Any
) -> None:
    make.paces(reader, reply="now")
    answer("Avant la pause.")
    page = sign_in(reader).submit("/notifications/preferences", "main form.form", pause="2027-01-08", follow=True)
    assert "Rien ne viendra avant le 8 janvier 2027" in page.words
    answer("Pendant la pause.")
    clock.at("2027-01-08T11:50")
    assert write_mails() == 0 and write_summaries() == 0
    clock.at("2027-01-08T12:05")
    assert write_mails() == 0 and write_summaries() == 1
    [mail] = mails(outbox, reader)
    assert "Avant la pause." in mail.text and "Pendant la pause." in mail.text


def test_a_team_hears_in_the_morning_of_what_waits_and_nothing_when_nothing_does(
    make: Any, outbox: Any, clock: Any
) -> None:
    clock.at(NOON)
    fae = make.user("Fae Animation", facilitates=[HERE])
    clock.at("2027-01-06T12:05")
    assert write_summaries() == 0 and not mails(outbox, fae)
    make.idea(make.user("Nina Nouvelle", trusted_at=None), HERE, status="pending")
    assert write_summaries() == 0, "this morning's was looked at"
    clock.at("2027-01-07T12:05")
    assert write_summaries() == 1
    [mail] = mails(outbox, fae)
    assert "Premières publications\xa0: 1" in mail.text and "/moderation?queue=pending" in mail.text
    make.paces(fae, desk="site")
    clock.forward(days=1)
    assert write_summaries() == 0


def test_nobody_without_a_charge_hears_of_a_desk(make: Any, outbox: Any, clock: Any) -> None:
    clock.at(NOON)
    make.idea(make.user("Nina Nouvelle", trusted_at=None), HERE, status="pending")
    former = make.user("Ancienne Animatrice")
    clock.forward(days=1)
    write_summaries()
    assert not mails(outbox, former)


def test_one_that_can_not_be_written_keeps_no_other_back(
    make: Any, answer: Any, reader: User, outbox: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make.paces(make.user(), contribution="daily")
    notices.tell(other.id, "charge.given", "1", community=1)
    db.session.commit()
    answer()
    clock.forward(days=1)
    right = summaries._greet

    def fail(user: User, groups: Any) -> str:
        if user.id == reader.id:
            raise ValueError
        return right(user, groups)

    monkeypatch.setattr(summaries, "_greet", fail)
    assert write_summaries() == 1 and mails(outbox, other) and not mails(outbox, reader)
    monkeypatch.setattr(summaries, "_greet", right)
    assert write_summaries() == 1 and mails(outbox, reader)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Summary)) == 2
    assert not db.session.scalars(select(Notice.id).where(Notice.mailed_at.is_(None))).all()


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1)), st.integers(0, 6))
def test_the_last_summary_that_was_due_is_of_the_week_that_ends_and_never_to_come(at: Any, weekday: int) -> None:
    with time.telling(at.replace(tzinfo=UTC)):
        day, moment = get_last_period("weekly").day_of(weekday), get_last_period("daily").day_of(weekday)
        local = time.now().astimezone(time.ZONE)
    assert day.weekday() == weekday and 0 <= (moment - day).days < 7
    assert moment in (local.date(), local.date() - timedelta(days=1)) and (moment == local.date()) == (local.hour >= 7)


def test_a_mail_that_waits_for_its_server_tells_no_more_than_may_be_read_when_it_leaves(
    make: Any, reader: User, answer: Any, outbox: Any, clock: Any
) -> None:
    kept, gone = answer("Ce mot reste."), answer("Ce mot sera masqué.")
    clock.forward(days=1)
    assert write_summaries() == 1 and "Ce mot sera masqué." in mails(outbox, reader)[0].text
    make.at(gone, hidden_at=time.now(), hidden_reason="hors du sujet")
    clock.forward(minutes=11)
    assert deliver() == 1
    [mail] = mails(outbox, reader)
    assert mail.sent_at and "Ce mot reste." in outbox.sent(mail) and "masqué" not in outbox.sent(mail)
    make.paces(reader, reply="now")
    lost = answer("Un dernier mot.")
    clock.forward(minutes=11)
    assert write_mails() == 1 and "Un dernier mot." in mails(outbox, reader)[-1].text
    make.at(lost, hidden_at=time.now(), hidden_reason="hors du sujet")
    clock.forward(minutes=11)
    assert deliver() == 0 and len(mails(outbox, reader)) == 1, "nothing is left to tell: no mail leaves"
    assert kept.id


def test_a_mail_that_waits_for_its_server_does_not_leave_once_its_reader_wants_no_more(
    make: Any, reader: User, answer: Any, outbox: Any, clock: Any
) -> None:
    make.paces(reader, reply="now")
    answer()
    clock.forward(minutes=11)
    assert write_mails() == 1
    make.paces(reader, reply="site")
    clock.forward(minutes=11)
    assert deliver() == 0 and not mails(outbox, reader)


def test_several_workers_write_one_summary(app: Flask, reader: User, answer: Any, outbox: Any, clock: Any) -> None:
    answer()
    clock.forward(days=1)

    def work() -> int:
        with app.app_context():
            return write_summaries()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _n: work(), range(4))) == 1
    assert len(mails(outbox, reader)) == 1


def test_who_leaves_leaves_no_choice_behind(make: Any, reader: User, answer: Any, clock: Any) -> None:
    answer()
    clock.forward(days=1)
    make.add(NoticeSettings(user_id=reader.id, weekday=1))
    assert write_summaries() == 1
    accounts.close(make.actor(reader), reader)
    for table in (Notice, NoticePace, NoticeSettings, Summary):
        assert not db.session.scalar(select(func.count()).where(table.user_id == reader.id))

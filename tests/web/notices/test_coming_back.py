"""Coming back: what moved, at the top of the first page; in a thread that one follows, what is new and where it begins."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts.models.people import User
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.notifications.models import ThreadVisit
from app.notifications.service import facts, follows, notices
from app.web.notices import unsubscribe
from tests.support.browser import Browser

HERE = "securite-alimentaire"


@pytest.fixture
def author(make: Any) -> User:
    user: User = make.user("Rita Lecture")
    return user


@pytest.fixture
def idea(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, title="Un four à pain pour le village")
    return found


@pytest.fixture
def reader(sign_in: Any, author: User) -> Browser:
    browser: Browser = sign_in(author)
    return browser


def look(browser: Browser, idea: Idea) -> Any:
    return browser.get(f"/ideas/{idea.id}-{idea.slug}")


def new_ones(page: Any) -> list[str]:
    return [mark.find_parent("li")["id"] for mark in page.soup.select(".thread .badge.is-new")]


def count_visits() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ThreadVisit)) or 0


def test_what_was_said_since_the_last_visit_is_marked_and_one_press_leads_to_the_first(
    make: Any, reader: Browser, idea: Idea, clock: Any
) -> None:
    make.comment(idea)
    assert not new_ones(look(reader, idea)), "on a first visit nothing is new, or everything"
    first, second = make.comment(idea), make.comment(idea)
    clock.forward(hours=2)
    page = look(reader, idea)
    assert new_ones(page) == [f"comment-{first.id}", f"comment-{second.id}"] and "2 nouveaux" in page.words
    [link] = [link for link in page.soup.select("#comments a") if link.get_text() == "Aller au premier non lu"]
    assert reader.get(link["href"]).headers["Location"].endswith(f"#comment-{first.id}")
    clock.forward(minutes=5)
    assert new_ones(look(reader, idea)) == new_ones(page), "they stay marked for the time of a visit"
    clock.forward(hours=1)
    third = make.comment(idea)
    assert new_ones(look(reader, idea)) == [f"comment-{third.id}"] and count_visits() == 1


def test_ones_own_words_and_those_that_nobody_reads_are_not_new(
    make: Any, reader: Browser, author: User, idea: Idea, clock: Any
) -> None:
    make.comment(idea)
    look(reader, idea)
    clock.forward(hours=2)
    make.comment(idea, author)
    make.comment(idea, status="pending")
    assert not new_ones(look(reader, idea)) and "Aller au premier" not in look(reader, idea).words


def test_nothing_is_kept_of_who_follows_nothing_or_has_no_account_nor_after_they_stop(
    make: Any, sign_in: Any, visitor: Browser, idea: Idea
) -> None:
    make.comment(idea)
    other = make.user()
    browser = sign_in(other)
    look(visitor, idea), look(browser, idea)
    assert count_visits() == 0
    follows.follow(make.actor(other), "thread", idea.thread_id)
    look(browser, idea)
    assert count_visits() == 1
    follows.withdraw(make.actor(other), "thread", idea.thread_id)
    look(browser, idea)
    assert count_visits() == 0
    follows.follow(make.actor(other), "thread", idea.thread_id)
    look(browser, idea)
    visitor.post_raw(f"/unsubscribe/{unsubscribe.sign(other.id, 'thread', idea.thread_id)}")
    look(browser, idea)
    assert count_visits() == 0


def test_a_visit_is_forgotten_after_a_year(make: Any, reader: Browser, idea: Idea, clock: Any) -> None:
    make.comment(idea)
    look(reader, idea)
    facts.purge()
    assert count_visits() == 1
    clock.forward(days=366)
    facts.purge()
    assert count_visits() == 0


def test_the_first_page_begins_with_what_moved_until_it_was_read(
    make: Any, reader: Browser, author: User, idea: Idea, visitor: Browser
) -> None:
    assert not reader.get("/").soup.select(".since")
    comment = make.comment(idea, make.user("Simon Bernache"))
    with unit():
        notices.tell(idea.author_id, "comment.post", "1", comment_id=comment.id)
        notices.tell(idea.author_id, "status", "1", idea_id=make.idea(author, HERE).id, status="retained", reason="")
    [since] = reader.get("/").soup.select(".since")
    lines = [line.get_text() for line in since.select("li")]
    assert len(lines) == 2 and "retenue" in lines[0] and "Simon Bernache" in lines[1]
    assert since.select_one(f"a[href='/comments/{comment.id}']")
    assert not visitor.get("/").soup.select(".since")
    reader.submit("/notifications", 'form[action="/notifications/reading"]')
    assert not reader.get("/").soup.select(".since")


def test_a_thread_is_read_while_nothing_can_be_written(
    make: Any, reader: Browser, idea: Idea, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.comment(idea)

    def fail(*_given: Any, **_values: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(follows, "upsert", fail)
        page = look(reader, idea)
    assert page.status_code == 200 and idea.title in page.words and not count_visits()
    look(reader, idea)
    assert count_visits() == 1


def test_a_page_that_a_browser_fetches_ahead_is_not_read_yet(make: Any, reader: Browser, idea: Idea) -> None:
    make.comment(idea)
    reader.get(f"/ideas/{idea.id}-{idea.slug}", headers={"Sec-Purpose": "prefetch;prerender"})
    assert not count_visits()

"""Reading what a notice is about reads the notice: what is left, what the bell says, and what is never written."""

from typing import Any

import pytest
from sqlalchemy import event

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.notifications.models import Notice
from app.notifications.service import follows, notices
from app.web.notices.immediate_mails import write_mails
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.queries import record_statements
from tests.support.races import at_once
from tests.support.rows import every, last
from tests.support.world import HERE
from tests.web.notices.samples import bell, read_ids, tell


@pytest.fixture
def reader(make: Make) -> User:
    return make.user("Rita Lecture")


@pytest.fixture
def idea(make: Make, reader: User) -> Idea:
    return make.idea(reader, HERE, title="Un four à pain pour le village")


def told_of_comment(make: Make, person: User, thing: Any, kind: str = "comment.post", **columns: Any) -> Comment:
    comment = make.comment(thing, **columns)
    tell(make, person, kind, comment.id, comment_id=comment.id)
    return comment


def test_a_page_clears_all_that_it_shows_at_once_and_its_own_bell_says_so(
    make: Make, reader: User, idea: Idea, sign_in: Any
) -> None:
    for _n in range(12):
        told_of_comment(make, reader, idea)
    tell(make, reader, "support.first", 1, idea_id=idea.id)
    other = told_of_comment(make, reader, make.idea(reader, HERE))
    browser = sign_in(reader)
    assert bell(browser.get("/ideas")) == "Avis : 14 non lus"
    assert bell(browser.get(idea_page(idea))) == "Avis : 1 non lu"
    assert [notice.comment_id for notice in every(Notice, Notice.read_at.is_(None))] == [other.id]


def test_what_is_said_on_another_page_of_a_talk_or_folded_is_not_read(
    make: Make, reader: User, idea: Idea, sign_in: Any
) -> None:
    told_of_comment(make, reader, idea)
    for _n in range(60):
        make.comment(idea)
    far, root = told_of_comment(make, reader, idea), last(Comment)
    folded = told_of_comment(make, reader, idea, parent=every(Comment)[0], kind="follow.comment")
    browser = sign_in(reader)
    assert bell(browser.get(idea_page(idea))) == "Avis : 2 non lus"
    assert {notice.comment_id for notice in every(Notice, Notice.read_at.is_(None))} == {far.id, folded.id}
    browser.get(f"/comments/{far.id}", follow_redirects=True)
    assert {notice.comment_id for notice in every(Notice, Notice.read_at.is_(None))} == {folded.id}
    assert bell(browser.get(f"/comments/{folded.id}", follow_redirects=True)) == "Avis", root


def writes_of(statements: list[str]) -> list[str]:
    return [statement.split("(")[0] for statement in statements if statement.startswith(("UPDATE", "INSERT", "DELETE"))]


@pytest.mark.both_engines
def test_one_statement_reads_them_and_a_page_without_any_writes_nothing_and_asks_no_more(
    make: Make, reader: User, idea: Idea, sign_in: Any
) -> None:
    browser, page = sign_in(reader), idea_page(idea)
    make.comment(idea)
    browser.get(page), browser.get(page)
    with record_statements() as before:
        browser.get(page)
    assert writes_of(before) == []
    tell(make, reader, "status", 1, idea_id=idea.id, facts={"status": "retained"})
    tell(make, reader, "support.first", 1, idea_id=idea.id)
    with record_statements() as reading:
        assert bell(browser.get(page)) == "Avis"
    [write] = writes_of(reading)
    assert write.startswith("UPDATE notices SET read_at=") and len(reading) == len(before) + 1, reading
    with record_statements() as after:
        browser.get(page)
    assert len(after) == len(before) and writes_of(after) == []


def test_how_far_one_reads_a_thread_and_its_notices_are_written_in_one_transaction(
    make: Make, reader: User, idea: Idea, sign_in: Any
) -> None:
    browser, commits = sign_in(reader), []
    browser.get("/ideas")

    def note(connection: Any) -> None:
        commits.append(connection)

    told_of_comment(make, reader, idea)
    event.listen(db.engine, "commit", note)
    try:
        with record_statements() as statements:
            browser.get(idea_page(idea))
    finally:
        event.remove(db.engine, "commit", note)
    assert sorted(statement.split("(")[0].split(" SET")[0].strip() for statement in writes_of(statements)) == [
        "INSERT INTO thread_visits",
        "UPDATE notices",
    ]
    assert len(commits) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"headers": {"Sec-Purpose": "prefetch"}},
        {"headers": {"Sec-Purpose": "prefetch;prerender"}},
        {"headers": {"Purpose": "prefetch"}},
        *(
            {"headers": {"Sec-Fetch-Dest": dest, "Sec-Fetch-Site": "same-site"}}
            for dest in ("image", "iframe", "script", "empty")
        ),
        {"method": "HEAD"},
    ],
)
def test_a_page_that_nobody_reads_yet_clears_nothing(
    make: Make, reader: User, idea: Idea, sign_in: Any, asked: dict[str, Any]
) -> None:
    told_of_comment(make, reader, idea)
    browser = sign_in(reader)
    answer = browser.open(idea_page(idea), **{"method": "GET"} | asked)
    assert answer.status_code == 200 and not read_ids()
    if asked.get("method") != "HEAD":
        assert bell(answer) == "Avis : 1 non lu"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_page_that_a_browser_opens_or_our_scripts_ask_for_is_read(
    make: Make, reader: User, idea: Idea, sign_in: Any, headers: dict[str, str]
) -> None:
    told_of_comment(make, reader, idea)
    assert sign_in(reader).get(idea_page(idea), headers=headers).status_code == 200 and read_ids()


def test_a_form_that_is_refused_or_an_address_that_leads_on_clears_nothing(
    make: Make, reader: User, idea: Idea, sign_in: Any
) -> None:
    told_of_comment(make, reader, idea)
    browser = sign_in(reader)
    assert browser.submit("/notifications/preferences", "main form.form", follow=True).status_code == 200
    assert browser.get(f"/ideas/{idea.id}").status_code == 301
    assert browser.forge(f"/ideas/{idea.id}/comments", {"body": ""}).status_code == 422
    assert not read_ids()


def test_what_was_hidden_is_still_to_be_read_when_it_comes_back(
    make: Make, reader: User, idea: Idea, sign_in: Any
) -> None:
    comment, browser = told_of_comment(make, reader, idea), sign_in(reader)
    make.at(comment, hidden_at=time.now(), hidden_reason="non")
    assert bell(browser.get(idea_page(idea))) == "Avis" and not read_ids()
    make.at(comment, hidden_at=None, hidden_reason=None)
    assert bell(browser.get("/ideas")) == "Avis : 1 non lu"
    browser.get(idea_page(idea))
    assert len(read_ids()) == 1


def test_a_refusal_is_read_where_its_text_stands(make: Make, reader: User, sign_in: Any) -> None:
    idea = make.idea(reader, HERE, "pending", suspect="first", hidden_at=time.now(), hidden_reason="Il manque le lieu.")
    tell(make, reader, "measure.refuse", 1, idea_id=idea.id, facts={"measure": 1, "reason": "Il manque le lieu."})
    page = sign_in(reader).get(f"/ideas/{idea.id}", follow_redirects=True)
    assert "Il manque le lieu." in page.words and bell(page) == "Avis" and len(read_ids()) == 1


def test_what_comes_while_a_page_is_made_is_still_to_be_read(
    make: Make, reader: User, idea: Idea, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of_comment(make, reader, idea)
    remember = follows.try_to_remember

    def come_first(*given: Any) -> None:
        with unit():
            db.session.add(
                Notice(
                    key="late", user_id=reader.id, kind="support.first", topic="support", pace="site", idea_id=idea.id
                )
            )
        remember(*given)

    monkeypatch.setattr(follows, "try_to_remember", come_first)
    sign_in(reader).get(idea_page(idea))
    assert [notice.kind for notice in every(Notice, Notice.read_at.is_(None))] == ["support.first"]


@pytest.mark.both_engines
def test_two_pages_read_at_once_lose_nothing(app: Any, make: Make, reader: User, idea: Idea) -> None:
    for _n in range(6):
        told_of_comment(make, reader, idea)
    actor, ids = make.actor(reader), [notice.id for notice in every(Notice)]
    at_once(app, [lambda n=n: follows.remember(actor, None, ids[n : n + 4][:: -1 if n else 1]) for n in (0, 1, 2)])
    assert read_ids() == set(ids)


def test_a_page_is_read_while_nothing_can_be_written(
    make: Make, reader: User, idea: Idea, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of_comment(make, reader, idea)
    monkeypatch.setattr(follows, "run", lambda *_given, **_values: db.session.execute(db.text("SELECT no_such_column")))
    assert sign_in(reader).get(idea_page(idea)).status_code == 200 and not read_ids()


def test_what_was_read_needs_no_mail_but_what_is_decided_of_ones_own_does(
    make: Make, reader: User, idea: Idea, sign_in: Any, clock: Any, outbox: Any
) -> None:
    notices.tell(reader.id, "comment.post", "1", comment_id=make.comment(idea).id)
    notices.tell(reader.id, "status", "1", idea_id=idea.id, status="retained", reason="C'est utile.")
    db.session.commit()
    sign_in(reader).get(idea_page(idea))
    assert len(read_ids()) == 2
    clock.forward(minutes=11)
    write_mails()
    [mail] = outbox.to(reader.email)
    assert "commente" not in mail.text and "C'est utile." in mail.text


def test_what_the_page_of_notices_says_whole_is_read_there_and_nothing_else(
    make: Make, reader: User, idea: Idea, sign_in: Any
) -> None:
    tell(make, reader, "charge.given", 1, facts={"community": make.room(HERE).id})
    told_of_comment(make, reader, idea)
    browser: Browser = sign_in(reader)
    page = browser.get("/notifications")
    assert len(page.soup.select(".notices li li.is-new")) == 2 and len(page.soup.select(".notices form")) == 1
    assert bell(page) == "Avis : 1 non lu"
    assert [notice.kind for notice in every(Notice, Notice.read_at.is_not(None))] == ["charge.given"]

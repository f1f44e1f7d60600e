"""A team that answered an idea is told of each version of it, and reads all that changed since it last looked."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.core.db import db
from app.ideas.models import Idea
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.browser import Browser

HERE = "securite-alimentaire"
TITLE, BODY = "Agrandir le marché du samedi", "Le marché manque de place pour les kiosques du voisinage."
OTHER = "Le marché vendra des pilules aux kiosques du voisinage."


@pytest.fixture
def reader(make: Any) -> User:
    user: User = make.user("Fae Animation", facilitates=[HERE])
    return user


@pytest.fixture
def idea(make: Any) -> Idea:
    found: Idea = make.idea(make.user(), HERE, status="retained", title=TITLE, body=BODY)
    return found


@pytest.fixture
def author(sign_in: Any, idea: Idea) -> Browser:
    browser: Browser = sign_in(db.session.get_one(User, idea.author_id))
    return browser


def rewrite(author: Browser, idea: Idea, body: str) -> None:
    assert author.submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish", body=body).status_code == 303


def lead(team: Browser) -> Any:
    """Follow the one notice of a version that is not read yet: that reads it."""
    [link] = team.get("/notifications?unread=1").soup.select('.notices a[href*="/revisions/"]')
    return team.get(link["href"])


def read_differences(page: Any) -> str:
    return " ".join(piece.get_text() for piece in page.soup.select(".diff ins, .diff del"))


def test_a_later_version_hides_nothing_of_the_earlier_one_that_was_not_read(
    author: Browser, idea: Idea, reader: User, sign_in: Any
) -> None:
    team = sign_in(reader)
    for body in (OTHER, OTHER.replace("pilules", "pilules,")):
        rewrite(author, idea, body)
    team.get(f"/ideas/{idea.id}/revisions/3")
    rewrite(author, idea, OTHER.replace("pilules", "pilules, hélas,"))
    page = lead(team)
    assert (
        "vendra" in read_differences(page) and "hélas" in read_differences(page) and "depuis la version 1" in page.words
    )
    rewrite(author, idea, OTHER)
    page = lead(team)
    assert (
        "vendra" not in read_differences(page)
        and "hélas" in read_differences(page)
        and "depuis la version 4" in page.words
    )


def test_a_version_is_compared_with_an_earlier_one_alone(author: Browser, idea: Idea, visitor: Browser) -> None:
    rewrite(author, idea, OTHER)
    rewrite(author, idea, f"{OTHER} Hélas.")
    page = f"/ideas/{idea.id}/revisions"
    assert "pilules" in read_differences(visitor.get(f"{page}/3?since=1"))
    assert "pilules" not in read_differences(visitor.get(f"{page}/3"))
    assert [
        visitor.get(f"{page}/{path}").status_code for path in ("2?since=2", "2?since=3", "3?since=9", "3?since=x")
    ] == [404, 404, 404, 400]


def test_each_version_is_mailed_of_in_the_end_and_at_most_once_an_hour(
    author: Browser, idea: Idea, reader: User, make: Any, sign_in: Any, outbox: Any, clock: Any
) -> None:
    make.paces(reader, desk="now")

    def count_mails() -> int:
        write_mails()
        return len(outbox.to(reader.email))

    rewrite(author, idea, OTHER)
    assert count_mails() == 0, "what follows within ten minutes leaves with it"
    clock.forward(minutes=6)
    rewrite(author, idea, f"{OTHER} Enfin.")
    clock.forward(minutes=4)
    assert (count_mails(), count_mails()) == (1, 1), "a text that changes again does not put it off"
    clock.forward(minutes=20)
    rewrite(author, idea, f"{OTHER} Hélas.")
    rewrite(author, idea, f"{OTHER} Hélas!")
    assert count_mails() == 1
    clock.forward(minutes=39)
    assert count_mails() == 1
    clock.forward(minutes=2)
    assert (count_mails(), count_mails()) == (2, 2)
    assert "since=1" in outbox.to(reader.email)[-1].text
    clock.forward(minutes=20)
    rewrite(author, idea, OTHER)
    sign_in(reader).submit("/notifications", "main form")
    clock.forward(hours=2)
    assert count_mails() == 2, "what was read needs no mail"
    rewrite(author, idea, BODY)
    clock.forward(minutes=10)
    assert count_mails() == 3


def test_a_version_that_follows_a_summary_is_in_the_next_one(
    author: Browser, idea: Idea, reader: User, outbox: Any, clock: Any
) -> None:
    for body in (OTHER, OTHER + " Hélas."):
        rewrite(author, idea, body)
        clock.forward(days=1)
        write_summaries()
    assert ["a changé" in mail.text for mail in outbox.to(reader.email)] == [True, True]

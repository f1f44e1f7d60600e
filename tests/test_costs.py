"""What a page costs: as many queries for twenty things as for one, and few of them (docs/testing.md)."""
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core.db import db
from app.reference.models import Tag
from tests.support.browser import Browser
from tests.support.make import Make

PUBLIC, MEMBER = 6, 9
PAGES = (
    "/", "/ideas", "/ideas?sort=supported", "/ideas?sort=discussed", "/ideas?sort=unanswered", "/ideas?q=idee",
    "/ideas?community=securite-alimentaire&kind=idea", "/ideas/1", "/ideas/1?sort=newest", "/ideas/1?sort=useful",
    "/ideas/1/revisions", "/communities", "/communities/securite-alimentaire",
    "/communities/securite-alimentaire/updates/1", "/issues/education", "/territories/70", "/territories/70052",
    "/tags/velo", "/members/1", "/about", "/privacy", "/accessibility", "/login", "/register", "/forgot",
)
Counting = Callable[[], AbstractContextManager[list[str]]]


class Square:
    """A square that fills: each round adds an idea in every list, an answer, a supporter, a piece of news."""

    def __init__(self, make: Make):
        self.make = make
        self.author = make.user(shows_activity=True)
        self.tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
        self.first = make.idea(self.author)
        self.news = make.update(self.author)

    def add(self, rounds: int) -> None:
        for _round in range(rounds):
            idea = self.make.idea(self.author, status="under_review", votes=1, issues=["education"],
                                  territories=["70052"], tags=[self.tag])
            self.make.comment(idea)
            for subject in (self.first, self.news):
                self.make.comment(subject, parent=self.make.comment(subject))
            self.make.update()


@pytest.fixture
def square(make: Make) -> Square:
    return Square(make)


@pytest.fixture
def readers(square: Square, visitor: Browser, sign_in: Callable[[User], Browser]) -> Iterator[list[tuple[Browser, int]]]:
    """A reader of the public and a member, each with the most queries a page may cost them."""
    yield [(visitor, PUBLIC), (sign_in(square.make.user()), MEMBER)]


@pytest.mark.one_engine
def test_a_page_costs_little_and_as_much_for_twenty_things_as_for_one(
        square: Square, readers: list[tuple[Browser, int]], count_queries: Counting) -> None:
    square.add(1)
    first = costs(readers, count_queries)
    most = [bound for _browser, bound in readers]
    assert {path: found for path, found in first.items() if found[0] > most[0] or found[1] > most[1]} == {}
    square.add(19)
    assert costs(readers, count_queries) == first


def costs(readers: list[tuple[Browser, int]], count_queries: Counting) -> dict[str, list[int]]:
    """Count the queries of every page, for each reader."""
    return {path: [len(cost(browser, path, count_queries)) for browser, _most in readers] for path in PAGES}


def cost(browser: Browser, path: str, count_queries: Counting) -> list[str]:
    """Ask for the page twice, and count the second time: what a process keeps is there."""
    path = follow(browser, path)
    browser.get(path)
    with count_queries() as seen:
        answer: Any = browser.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status}"
    return seen


def follow(browser: Browser, path: str) -> str:
    """Return the address that the short one leads to."""
    answer = browser.get(path)
    db.session.rollback()
    return str(answer.headers["Location"]) if answer.status_code in (301, 302, 303, 308) else path

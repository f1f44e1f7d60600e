"""Pages whose SQL changes with what is asked of them, read on both engines: pairs of filters, threads as each reader sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete

from app.communities.models import Community, CommunityIssue
from app.core import clock, versions
from app.core.db import db
from app.desk.queries import undecided
from app.notifications.jobs import remind
from tests.support.browser import Browser
from tests.support.make import Make

pytestmark = pytest.mark.both_engines

LISTS = (
    "kind=need&q=velo",
    "kind=need&sort=supported",
    "community=transport-collectif&kind=need",
    *("q=" + "+".join(["un", "deux", "trois", "quatre", "cinq"][:n]) for n in range(1, 6)),
)


def test_a_list_is_narrowed_by_two_filters_or_by_many_words(make: Make, visitor: Browser) -> None:
    make.idea(kind="need", title="Un vélo pour deux ou trois personnes")
    for query in LISTS:
        assert visitor.get(f"/ideas?{query}").status_code == 200, query


@pytest.mark.parametrize("who", ["member", "facilitator", "coordinator"])
def test_a_thread_is_read_by_each_reader_where_something_was_hidden(
    make: Make, sign_in: Callable[[Any], Browser], who: str
) -> None:
    user, idea = make.user(role="coordinator" if who == "coordinator" else "member"), make.idea()
    if who == "facilitator":
        make.user(role="coordinator")
        for here, holder in (("securite-alimentaire", user), ("transport-collectif", make.user())):
            make.facilitator(holder, make.room(here))
    browser, root = sign_in(user), make.comment(idea)
    answer = make.comment(idea, parent=root)
    make.comment(idea, parent=root, hidden_at=clock.now(), hidden_reason="Hors sujet")
    pages = [
        f"/ideas/{idea.id}-{idea.slug}",
        f"/comments/{root.id}/branch",
        f"/ideas/{idea.id}-{idea.slug}?at={root.id}",
    ]
    assert [browser.get(page).status_code for page in pages] == [200] * 3
    assert browser.get(f"/comments/{answer.id}").status_code == 302


def test_a_coordinator_chooses_among_the_ideas_of_a_community(make: Make, sign_in: Callable[[Any], Browser]) -> None:
    assert sign_in(make.user(role="coordinator")).get("/moderation/securite-alimentaire/bulk").status_code == 200


def test_an_organisation_is_sought_by_two_words(make: Make, sign_in: Callable[[Any], Browser]) -> None:
    assert sign_in(make.user(role="coordinator")).get("/reference/organisations?q=maison+jeunes").status_code == 200


def test_nothing_waits_where_there_is_no_community(make: Make, sign_in: Callable[[Any], Browser]) -> None:
    for table in (CommunityIssue, Community):
        db.session.execute(delete(table))
    versions.touch("reference")
    db.session.commit()
    assert undecided.count_undecided() == 0
    coordinator = sign_in(make.user(role="coordinator"))
    remind()
    assert undecided.count_undecided() == 0
    assert coordinator.get("/moderation").status_code == 200

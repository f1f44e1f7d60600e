"""What somebody pitched whom nobody has seen yet: its team reads it at the desk, lets it onto the wall or refuses it."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumTopic
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.clock import LONG_AGO
from tests.support.make import Make
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

DESK = "/moderation?queue=pending"


@pytest.fixture
def forum(make: Make, fae: User) -> Forum:
    other = make.room(ELSEWHERE).id
    event = event_in(make, room=make.room(HERE), author_id=fae.id, communities=[other], title="Nos routes")
    return forum_in(make, event=event, phase="marketplace")


@pytest.fixture
def topic(make: Make, forum: Forum) -> ForumTopic:
    return topic_in(make, forum, host_name="Luc Passant", title="Ziboulette", why="Deux places.", state="waiting")


def test_the_team_reads_it_at_the_desk_and_one_press_puts_it_on_the_wall(
    make: Make, forum: Forum, topic: ForumTopic, team: Any, visitor: Any
) -> None:
    later = topic_in(make, forum, title="Le suivant", host_name="Éva", state="waiting")
    page = team.get(DESK)
    assert all(words in page.words for words in ("Ziboulette", "Deux places", "Luc Passant", "Nos routes"))
    assert page.soup.select_one(f"#item-topic-{topic.id} h2 a")["href"].startswith(f"/forums/{topic.forum_id}/topics/")
    answer = team.submit(page, f"#item-topic-{topic.id} form", follow=True)
    assert again(topic).state == "open" and "au mur" in answer.soup.select_one("#flashes").get_text()
    assert answer.request.path == "/moderation" and answer.soup.select_one(f"#item-topic-{later.id}")
    assert not answer.soup.select_one(f"#item-topic-{topic.id}")
    assert "Ziboulette" in visitor.get(f"/forums/{topic.forum_id}").words


def test_refused_it_is_hidden_with_the_reason_and_its_host_is_told(
    make: Make, forum: Forum, author: User, sign_in: Any, team: Any
) -> None:
    topic = topic_in(make, forum, author_id=author.id, title="Ziboulette", state="waiting")
    link = team.get(DESK).soup.select_one(f"#item-topic-{topic.id} a[data-key=r]")
    answer = team.submit(str(link["href"]), "form.form", reason="Ce n'est pas un sujet.", follow=True)
    assert again(topic).is_hidden and answer.request.path == "/moderation"
    assert "Ziboulette" not in answer.words
    told = sign_in(author).get("/notifications").words
    assert "a masqué votre sujet" in told and "Ce n'est pas un sujet." in told
    colleague = sign_in(make.user(facilitates=[HERE]))
    colleague.submit(f"/topics/{topic.id}/restoration", "form.form", reason="Il l'est.")
    assert "Ziboulette" in team.get(DESK).words and not again(topic).is_in_sight


def test_the_team_of_another_community_that_it_concerns_lets_it_in_too(
    topic: ForumTopic, sign_in: Any, ned: Any
) -> None:
    page = sign_in(ned).get(DESK)
    row = page.soup.select_one(f"#item-topic-{topic.id}")
    assert row and not row.select_one("a[data-key=r]")


@pytest.mark.parametrize(
    ("of_topic", "of_forum", "of_event"),
    [
        ({"state": "withdrawn"}, {}, {}),
        ({"hidden_at": LONG_AGO}, {}, {}),
        ({"deleted_at": LONG_AGO}, {}, {}),
        ({}, {"phase": "closed"}, {}),
        ({}, {}, {"status": "cancelled"}),
        ({}, {}, {"hidden_at": LONG_AGO}),
    ],
)
def test_what_no_longer_waits_is_not_at_the_desk(
    make: Make, forum: Forum, topic: ForumTopic, team: Any, of_topic: Any, of_forum: Any, of_event: Any
) -> None:
    assert "Ziboulette" in team.get(DESK).words
    event = db.session.get_one(Event, forum.id)
    for row, columns in ((topic, of_topic), (forum, of_forum), (event, of_event)):
        make.at(row, **columns)
    assert "Ziboulette" not in team.get(DESK).words

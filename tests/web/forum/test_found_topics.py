"""Search finds the topics that stand on a wall, and not one moment longer."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core import clock as time
from app.core.db import db
from app.events.models.meetings import Event
from app.events.service import life
from app.events.stored_words import get_words
from app.forum.models import Forum, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from app.forum.service import forums as forum_service
from app.forum.service import topics as service
from app.forum.words import TopicWords
from app.moderation.measures.service import contents as measures
from app.notes.service import correcting, lines, publishing, texts
from app.notes.words import LineWords
from app.reference.queries import get_catalogue
from app.search.index import rebuild
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, topic_in
from tests.notes.published import line_in, publish_in
from tests.notes.stored import who_at
from tests.support.browser import Browser
from tests.support.clock import LONG_AGO
from tests.support.make import Make
from tests.support.rows import again
from tests.support.world import HERE, SECLUDED

WORD = "Ziboulette"


@pytest.fixture
def forum(make: Make, clock: Any) -> Forum:
    clock.at("2027-02-01T12:00-05:00")
    event = event_in(make, room=make.room(HERE), title="Nos routes", starts_at=at("2027-02-18 09:00"), hours=6)
    return forum_in(make, event=event, phase="marketplace")


@pytest.fixture
def topic(make: Make, forum: Forum) -> ForumTopic:
    return topic_in(make, forum, title=f"{WORD} du matin", why="Deux places par auto.", author_id=make.user().id)


def find(browser: Browser, word: str = WORD, **more: str) -> list[str]:
    address = "&".join(f"{name}={value}" for name, value in {"q": f'"{word}"', **more}.items())
    return [
        one.get_text(" ", strip=True).replace("\N{NO-BREAK SPACE}", " ")
        for one in browser.get(f"/search?{address}").soup.select("article.find")
    ]


def test_a_topic_is_found_with_its_forum_and_the_hour_that_it_has(
    make: Make, forum: Forum, topic: ForumTopic, visitor: Browser
) -> None:
    [found] = find(visitor)
    assert "Sujet du forum « Nos routes »" in found and "18 février 2027" in found and "à 10" not in found
    assert f"/forums/{forum.id}" in visitor.get(f"/search?q={WORD}").soup.select_one("article.find a")["href"]
    cells = forums.get_arrangement(forum.id)
    make.at(topic, slot_id=cells.slots[1].id, room_id=cells.rooms[0].id)
    [found] = find(visitor, "places", kind="topic", community=HERE)
    assert "« Nos routes », à 10 h" in found and "Deux places par auto" in found


def hide(make: Make, topic: ForumTopic, boss: Any) -> None:
    measures.hide(boss, topic, reason="Une adresse")


def withdraw(make: Make, topic: ForumTopic, boss: Any) -> None:
    service.withdraw(boss, Participant(topic.forum, topic=topic))


def join(make: Make, topic: ForumTopic, boss: Any) -> None:
    other = topic_in(make, topic.forum, title="Un autre")
    topic = topics.get_topic(boss, topic.id, service.policy.READ_TOPIC)
    service.join(boss, Participant(topic.forum, topic=topic), other.id)


def edit(make: Make, topic: ForumTopic, boss: Any) -> None:
    service.edit(boss, Participant(topic.forum, topic=topic), TopicWords("Un autre titre"))


def delete(make: Make, topic: ForumTopic, boss: Any) -> None:
    make.at(topic, deleted_at=time.now())


def hide_meeting(make: Make, topic: ForumTopic, boss: Any) -> None:
    life.hide(boss, again(topic.forum.event), reason="Une erreur")


def delete_meeting(make: Make, topic: ForumTopic, boss: Any) -> None:
    event = topic.forum.event
    make.at(event, ends_at=time.now(), starts_at=time.ago(hours=3))
    life.delete(boss, again(event))


def seclude(make: Make, topic: ForumTopic, boss: Any) -> None:
    event = topic.forum.event
    room = make.community(slug=SECLUDED, is_private=True)
    make.at(event, community_id=room.id)
    life.edit(boss, again(event), get_words(boss, event))


def take_back(make: Make, topic: ForumTopic, boss: Any) -> None:
    make.at(topic.forum, phase="before")
    forum_service.remove(boss, forums.get_forum(boss, topic.forum_id, forum_service.policy.REMOVE))


@pytest.mark.parametrize("act", [hide, withdraw, join, edit, delete, hide_meeting, delete_meeting, seclude, take_back])
def test_it_is_gone_at_once_with_what_it_stood_on(
    make: Make,
    topic: ForumTopic,
    visitor: Browser,
    act: Callable[[Make, ForumTopic, Any], None],
    people: Any,
) -> None:
    assert find(visitor)
    boss = people["coordinator"]
    act(make, topics.get_topic(boss, topic.id, service.policy.READ_TOPIC), boss)
    assert find(visitor) == [] and list(rebuild.list_differences()) == []


@pytest.mark.parametrize("columns", [{"state": "waiting"}, {"state": "withdrawn"}, {"hidden_at": LONG_AGO}])
def test_what_never_stood_on_the_wall_is_not_found(
    make: Make, forum: Forum, visitor: Browser, columns: dict[str, Any]
) -> None:
    topic_in(make, forum, title=f"{WORD} du soir", host_name="Luc Zamboni", **columns)
    assert find(visitor) == [] and find(visitor, "Zamboni") == []


def test_it_is_filed_where_its_meeting_is_held(make: Make, topic: ForumTopic, visitor: Browser) -> None:
    place = get_catalogue().places[1]
    make.at(db.session.get_one(Event, topic.forum_id), territory_id=place.id, mode="hybrid")
    assert find(visitor, territory=place.code) and list(rebuild.list_differences()) == []


def test_it_is_found_by_its_published_notes_and_by_those_alone(
    make: Make, forum: Forum, topic: ForumTopic, visitor: Browser, people: Any
) -> None:
    cells = forums.get_arrangement(forum.id)
    make.at(topic, slot_id=cells.slots[1].id, room_id=cells.rooms[0].id)
    make.at(forum, phase="sessions")
    boss = people["coordinator"]
    texts.save(boss, who_at(boss, topic.id, forum.id), texts.Sent(1, 0, is_own=False, text="Le mot gloxinia.", key="a"))
    lines.add(boss, who_at(boss, topic.id, forum.id), LineWords("need", "Un besoin de nélombo"), key="b")
    assert find(visitor, "gloxinia") == find(visitor, "nélombo") == []

    publishing.publish(boss, who_at(boss, topic.id, forum.id))
    for word in ("gloxinia", "nélombo"):
        [found] = find(visitor, word)
        assert word in found and ". · Un besoin de" in found
    assert list(rebuild.list_differences()) == []

    make.at(forum, phase="closed")
    correcting.correct_text(boss, who_at(boss, topic.id, forum.id), "Le mot hysope.", reason="Une autre plante", seen=0)
    assert find(visitor, "gloxinia") == [] and len(find(visitor, "hysope")) == 1
    assert list(rebuild.list_differences()) == []


@pytest.mark.parametrize("act", [hide, delete, hide_meeting, seclude])
def test_published_notes_are_found_no_longer_than_their_topic(
    make: Make, topic: ForumTopic, visitor: Browser, act: Callable[[Make, ForumTopic, Any], None], people: Any
) -> None:
    publish_in(make, topic, text="Le mot gloxinia.")
    line_in(make, topic, "Un besoin de nélombo")
    assert len(find(visitor, "gloxinia")) == len(find(visitor, "nélombo")) == 1
    boss = people["coordinator"]
    act(make, topics.get_topic(boss, topic.id, service.policy.READ_TOPIC), boss)
    assert find(visitor, "gloxinia") == find(visitor, "nélombo") == [] and list(rebuild.list_differences()) == []


def test_the_notes_of_a_rehearsal_are_not_found(make: Make, forum: Forum, visitor: Browser) -> None:
    rehearsal = event_in(make, title="Essai", starts_at=time.now(), hours=6, rehearses_id=forum.id)
    topic = topic_in(make, forum_in(make, event=rehearsal, phase="closed"), title=f"{WORD} d'essai")
    publish_in(make, topic, text="Le mot gloxinia.")
    assert find(visitor) == find(visitor, "gloxinia") == []

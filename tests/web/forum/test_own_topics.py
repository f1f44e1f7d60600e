"""What becomes of the topics that a member pitched: among their contributions, and once their account is closed."""

from typing import Any

import pytest

from app.accounts import service as accounts
from app.accounts.models.people import User
from app.core.signals import tell
from app.core.unit import unit
from app.events.signals import PlaceTakenOver
from app.forum.models import Forum, ForumTopicHost
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.clock import LONG_AGO
from tests.support.make import Make
from tests.support.queries import costs_alike
from tests.support.rows import again
from tests.support.world import HERE

OWN = "/account/contributions?kind=topics"


@pytest.fixture
def forum(make: Make, fae: User) -> Forum:
    event = event_in(make, room=make.room(HERE), author_id=fae.id, title="Nos routes")
    return forum_in(make, event=event, phase="marketplace")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, "Au mur du forum"),
        ({"state": "waiting"}, "En attente"),
        ({"state": "withdrawn"}, "Retiré du mur"),
        ({"hidden_at": LONG_AGO, "hidden_reason": "Un nom."}, "Masqué par l'équipe d'animation"),
        ({"hidden_at": LONG_AGO, "hidden_reason": "Un nom.", "state": "waiting"}, "Refusé par l'équipe d'animation"),
    ],
)
def test_each_topic_is_among_the_contributions_of_its_host_in_its_state(
    make: Make, forum: Forum, author: User, sign_in: Any, member: Any, columns: dict[str, Any], words: str
) -> None:
    topic = topic_in(make, forum, author_id=author.id, title="Ziboulette", why="Deux places.", **columns)
    item = sign_in(author).get(OWN).soup.select_one("main .list li")
    told = item.get_text().replace("’", "'")
    assert all(one in told for one in (words, "Ziboulette", "Nos routes", columns.get("hidden_reason", "")))
    assert item.a["href"] == f"/forums/{forum.id}/topics/{topic.id}"
    assert "Ziboulette" not in member.get(OWN).text and "Aucun sujet" in member.get(OWN).words


def test_what_was_deleted_or_stands_in_a_hidden_meeting_is_not_there(
    make: Make, forum: Forum, author: User, sign_in: Any
) -> None:
    topic_in(make, forum, author_id=author.id, title="Ziboulette", deleted_at=LONG_AGO)
    hidden = forum_in(make, event=event_in(make, room=make.room(HERE), hidden_at=LONG_AGO))
    topic_in(make, hidden, author_id=author.id, title="Ziboulette")
    assert "Ziboulette" not in sign_in(author).get(OWN).text


def test_a_list_of_topics_costs_the_same_whatever_its_length(
    make: Make, forum: Forum, author: User, sign_in: Any
) -> None:
    def fill(times: int) -> None:
        for n in range(times):
            topic_in(make, forum, author_id=author.id, title=f"Sujet {n}")

    costs_alike(fill, (sign_in(author), OWN), most=9)


def test_a_closed_account_leaves_its_topics_under_no_name_and_what_waits_is_erased(
    make: Make, forum: Forum, author: User, visitor: Any, team: Any
) -> None:
    shown = topic_in(make, forum, author_id=author.id, title="Ziboulette")
    waiting = topic_in(make, forum, author_id=author.id, title="Un secret", why="Entre nous.", state="waiting")
    accounts.close(make.actor(author), author)
    page = visitor.get(f"/forums/{forum.id}/topics/{shown.id}")
    assert page.status_code == 200 and "Ziboulette" in page.words and "Ana Auteure" not in page.text
    assert "Un secret" not in team.get("/moderation?queue=pending").text
    assert (again(waiting).title, again(waiting).why, again(waiting).is_deleted) == ("", "", True)


def test_the_name_that_a_guest_gave_goes_with_the_account_that_their_place_became(
    make: Make, forum: Forum, author: User, visitor: Any
) -> None:
    place = place_in(make, forum, author)
    topic = topic_in(make, forum, host_name="Ana Ziboulette", registration_id=place.id)
    make.add(ForumTopicHost(topic_id=topic.id, registration_id=place.id, name="Ana Ziboulette", accepted_at=LONG_AGO))
    with unit():
        tell(PlaceTakenOver(place.id, author.id))
    accounts.close(make.actor(author), author)
    page = visitor.get(f"/forums/{forum.id}/topics/{topic.id}")
    assert "Ziboulette" not in page.text and "Ana Auteure" not in page.text

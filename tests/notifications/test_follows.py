"""What a person follows by what they do, and what they chose: the choice stands over all the rest."""

from typing import Any

import pytest

from app.accounts import service as accounts
from app.accounts.models.people import User
from app.communities import service as communities
from app.core.actor import ANYONE
from app.core.errors import Forbidden
from app.ideas.models import Idea
from app.notifications.models import Follow, NoticePace, NoticeSettings
from app.notifications.queries import follows
from app.notifications.service import follows as service
from app.notifications.service import settings
from app.notifications.topics import USUAL
from app.reference.models import Tag
from tests.support.follower_acts import actor, follow, look
from tests.support.rows import count

HERE = "securite-alimentaire"


@pytest.fixture
def ana(make: Any) -> User:
    found: User = make.user("Ana")
    return found


@pytest.fixture
def idea(make: Any) -> Idea:
    found: Idea = make.idea(community=HERE)
    return found


def choose(person: User, commented: str = "all", supported: str = "steps") -> None:
    settings.choose(actor(person), paces=USUAL, weekday=4, paused_until=None, commented=commented, supported=supported)


def test_ones_own_things_are_followed_and_those_one_comments_or_supports_as_one_chose(
    make: Any, ana: User, idea: Idea
) -> None:
    assert not look(ana, idea).is_on
    make.vote(ana, idea)
    assert (look(ana, idea).level, look(ana, idea).cause) == ("steps", "supported")
    said = make.comment(idea, ana)
    assert (look(ana, idea).level, look(ana, idea).cause) == ("all", "commented")
    choose(ana, commented="none", supported="all")
    assert (look(ana, idea).level, look(ana, idea).cause) == ("all", "supported")
    choose(ana, commented="none", supported="none")
    assert not look(ana, idea).is_on
    choose(ana)
    make.at(said, deleted_at=said.created_at)
    assert look(ana, idea).level == "steps"
    assert (look(ana, make.idea(ana)).cause, look(ana, make.update(ana, HERE)).cause) == ("own", "own")


def test_a_choice_stands_over_what_one_does_and_is_kept_where_it_has_to_be(make: Any, ana: User, idea: Idea) -> None:
    follow(ana, idea, "steps")
    assert (look(ana, idea).level, look(ana, idea).cause) == ("steps", "chosen")
    follow(ana, idea, "none")
    assert count(Follow) == 0, "nothing else would have her follow it"
    make.comment(idea, ana)
    follow(ana, idea, "none")
    assert not look(ana, idea).is_on and count(Follow) == 1
    follow(ana, idea)
    assert look(ana, idea).level == "all" and count(Follow) == 1


def test_whoever_joins_a_community_follows_it_whatever_they_chose_before(make: Any, ana: User) -> None:
    room = make.room(HERE)
    communities.join(actor(ana), room)
    assert look(ana, room).cause == "member"
    follow(ana, room, "none")
    assert not look(ana, room).is_on
    communities.leave(actor(ana), room)
    follow(ana, room)
    assert look(ana, room).cause == "chosen"
    follow(ana, room, "none")
    assert count(Follow) == 0
    communities.join(actor(ana), room)
    follow(ana, room, "none")
    communities.leave(actor(ana), room), communities.join(actor(ana), room)
    assert look(ana, room).cause == "member" and count(Follow) == 0


def test_a_tag_is_followed_under_every_name_that_leads_to_it(make: Any, ana: User) -> None:
    bike = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
    cycle = make.add(Tag(slug="bicyclette", name="Bicyclette", sort_key="bicyclette", merged_into=bike.id))
    make.idea(tags=[cycle]), follow(ana, cycle)
    assert follows.of_tag(actor(ana), [bike.id, cycle.id]).is_on and [
        tag.name for tag in follows.list_tags(actor(ana))
    ] == ["Vélo"]
    follow(ana, bike, "none")
    assert count(Follow) == 0


def test_all_that_one_follows_is_listed_with_its_cause_as_far_as_one_may_read_it(
    make: Any, ana: User, idea: Idea
) -> None:
    circle = make.community(slug="cercle", name="Cercle", is_private=True)
    mine, supported, quiet = make.idea(ana, HERE), make.idea(), make.idea()
    make.vote(ana, supported), make.comment(idea, ana), make.comment(quiet, ana)
    follow(ana, quiet, "none"), follow(ana, make.idea(community="cercle")), make.idea(), make.idea(ana, status="draft")
    service.follow(actor(ana), "issue", 1)
    service.follow(actor(ana), "territory", 2)
    service.withdraw(actor(ana), "territory", 1)
    communities.join(actor(ana), make.room(HERE))
    follow(ana, circle)
    found = follows.list_threads(actor(ana))
    assert [(thread.id, following.cause, following.level) for thread, following in found.items] == [
        (quiet.thread_id, "chosen", "none"),
        (supported.thread_id, "supported", "steps"),
        (mine.thread_id, "own", "all"),
        (idea.thread_id, "commented", "all"),
    ]
    first = follows.list_threads(actor(ana), size=2)
    second = follows.list_threads(actor(ana), size=2, before=int(first.next or 0))
    assert [thread.id for page in (first, second) for thread, _of in page.items] == [
        thread.id for thread, _of in found.items
    ]
    assert [room.slug for room, _of in follows.get_followed_places(actor(ana)).communities] == [HERE]
    places = follows.get_followed_places(actor(ana))
    assert ([issue.id for issue in places.issues], [place.id for place in places.territories]) == ([1], [2])
    choose(ana, commented="none", supported="none")
    assert [following.cause for _thread, following in follows.list_threads(actor(ana)).items] == ["chosen", "own"]


def test_nobody_follows_without_an_account_and_what_one_followed_goes_with_it(make: Any, ana: User, idea: Idea) -> None:
    for act in (service.follow, service.withdraw):
        with pytest.raises(Forbidden):
            act(ANYONE, "thread", idea.thread_id)
    follow(ana, idea), choose(ana)
    accounts.close(actor(ana), ana)
    assert [count(table) for table in (Follow, NoticePace, NoticeSettings)] == [0, 0, 0]

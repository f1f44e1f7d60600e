"""A forum is taken back while its rehearsal is played (`tests/support/racing.py`): nothing is left, and nothing fails."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy import func, select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.forum import policy
from app.forum.models import Forum, ForumInterest, ForumSlot, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums
from app.forum.queries import topics as queries
from app.forum.service import forums as service
from app.forum.service import interests, rehearsals
from app.forum.service import topics as pitching
from app.forum.words import TopicWords
from tests.forum.stored import forum_in
from tests.support.make import Make
from tests.support.racing import Act, Acts, Race, main

interests.PAUSE = timedelta(0)


def prepare(make: Make, _size: int) -> Callable[[Race, int], list[str]]:
    return partial(run_round, make, make.actor(role="coordinator"))


def run_round(make: Make, team: Actor, race: Race, _number: int) -> list[str]:
    """Begin a rehearsal, take its forum back and play in it at once, and look at what is left."""
    forum = forum_in(make)
    forum_id, (rehearsal_id, _is_new) = forum.id, rehearsals.begin(team, forum, {w: w for w in rehearsals.list_words()})
    topics = db.session.scalars(select(ForumTopic.id).where(ForumTopic.forum_id == rehearsal_id)).all()
    acts: list[Act] = [
        (race.chance.choice(("want", "want_no_more", "pitch")), (team, rehearsal_id, race.chance.choice(topics)))
        for _n in range(race.size - 1)
    ]
    race.do([*acts, ("remove", (team, forum_id))])
    return list_faults([forum_id, rehearsal_id], topics)


def list_faults(ids: Sequence[int], topics: Sequence[int]) -> list[str]:
    """Say what is left of the forum and of its rehearsal."""
    found = {
        "forums": select(func.count()).where(Forum.id.in_(ids)),
        "topics": select(func.count()).where(ForumTopic.forum_id.in_(ids)),
        "hours": select(func.count()).where(ForumSlot.forum_id.in_(ids)),
        "presses": select(func.count()).where(ForumInterest.topic_id.in_(topics)),
    }
    left = {name: db.session.scalar(query) for name, query in found.items()}
    return [f"{count} {name} are left" for name, count in left.items() if count]


def find(team: Actor, forum_id: int, topic_id: int | None = None) -> Participant:
    forum = forums.get_forum(team, forum_id, policy.READ)
    who = Participant(forum, queries.find_own_place(team, forum))
    found = queries.find_topic(team, who, topic_id, policy.READ_TOPIC) if topic_id else who
    if found is None:
        raise NotFound()
    return found


def do_want(team: Actor, forum_id: int, topic_id: int, *, is_on: bool) -> None:
    interests.press(team, find(team, forum_id, topic_id), is_on=is_on)


def do_pitch(team: Actor, forum_id: int, _topic_id: int) -> None:
    pitching.pitch(team, find(team, forum_id), TopicWords("Un autre sujet"))


def do_remove(team: Actor, forum_id: int) -> None:
    service.remove(team, forums.get_forum(team, forum_id, policy.READ))


ACTS: Acts = {
    "want": partial(do_want, is_on=True),
    "want_no_more": partial(do_want, is_on=False),
    "pitch": do_pitch,
    "remove": do_remove,
}


if __name__ == "__main__":
    main(ACTS, prepare)

"""Two who review the same lines at the same moment (`tests/support/racing.py`).

Each round is a closed forum of its own: its lines become ideas, are joined, offered, linked and put aside by two people who
read the page a moment ago; meanwhile notes are published again, whoever said a line becomes its author, and the review ends.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sqlalchemy import func, select

from app.comments.models import Comment
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.unit import under_lock
from app.forum import policy as forum_policy
from app.forum.participants import Participant
from app.forum.queries import forums
from app.ideas.models import Idea
from app.ideas.writing import IdeaWords
from app.notes import publishing
from app.notes.models import ASIDE, JOINED, LINKED, NEW, OFFERED, ForumReview, PublishedLine
from app.notes.queries import review as queries
from app.notes.service import authors
from app.notes.service import review as service
from app.notifications.models import Notice
from app.plan.queries import links
from tests.forum.stored import place_in
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.racing import Act, Acts, Race, main

LINES, PEOPLE = 5, 3
PRESSES = ("publish", "publish", "join", "offer", "link", "put_aside", "put_aside", "publish_again", "become", "end")


def prepare(make: Make, _size: int) -> Callable[[Race, int], list[str]]:
    team = [make.actor(role="coordinator") for _n in range(2)]
    MakePlan(make).plan(action_of("Une action pour tout le monde", 1))
    there = [make.user() for _n in range(PEOPLE)]
    return partial(run_round, make, team, make.idea().id, there)


def run_round(
    make: Make, team: Sequence[Actor], idea_id: int, there: Sequence[object], race: Race, number: int
) -> list[str]:
    """Store a closed forum of which some lines were said, do all acts at once, and look at what stands."""
    session = session_in(make, phase="closed")
    forum = forums.get_forum(team[0], session.forum_id, forum_policy.READ)
    publish_in(make, session)
    places = [place_in(make, forum, one, arrived_at=clock.now()) for one in there]
    lines = [line_in(make, session, f"Ligne {n} de {number}", by=there[n % PEOPLE]).id for n in range(LINES)]
    first = db.session.scalar(select(func.max(Idea.id))) or 0, db.session.scalar(select(func.max(Comment.id))) or 0
    chance = race.chance
    race.do([choose(forum.id, team, lines, idea_id, places, chance) for _n in range(race.size)])
    return [*list_faults(forum.id, session.id, *first)]


def choose(
    forum_id: int,
    team: Sequence[Actor],
    lines: Sequence[int],
    idea_id: int,
    places: Sequence[object],
    chance: random.Random,
) -> Act:
    """Return what one of the two does with a line, of which the page showed that it had no place, or was put aside."""
    name, who, line_id = chance.choice(PRESSES), chance.choice(team), chance.choice(lines)
    was = chance.choice(("", "", "", ASIDE))
    return name, (forum_id, who, line_id, was, idea_id, chance.random())


def list_faults(forum_id: int, topic_id: int, first_idea: int, first_comment: int) -> Iterator[str]:
    """Say what is wrong: a line with two places or half of one, an idea or a voice of nothing, somebody told twice."""
    lines = db.session.scalars(select(PublishedLine).where(PublishedLine.topic_id == topic_id)).all()
    ideas = Counter(line.idea_id for line in lines if line.fate == NEW)
    made = set(db.session.scalars(select(Idea.id).where(Idea.id > first_idea)))
    if made != set(ideas) or any(count > 1 for count in ideas.values()):
        yield f"the ideas {made} are not those of the lines: {ideas}"
    voices = Counter(line.comment_id for line in lines if line.fate in (JOINED, OFFERED))
    said = set(db.session.scalars(select(Comment.id).where(Comment.id > first_comment)))
    if said != set(voices) or any(count > 1 for count in voices.values()):
        yield f"the comments {said} are not those of the lines: {voices}"
    for line in lines:
        if (line.fate == ASIDE) != bool(line.reason) or (line.fate == LINKED) != bool(line.action_id):
            yield f"{line.id} is {line.fate} for {line.reason!r}, linked to {line.action_id}"
        if (line.fate in (NEW, JOINED, OFFERED)) != bool(line.idea_id) or bool(line.fate) != bool(line.review_by):
            yield f"{line.id} is {line.fate} of the idea {line.idea_id}, by {line.review_by}"
    told = db.session.scalars(select(Notice.user_id).filter_by(event_id=forum_id, kind="review.there")).all()
    is_ended = db.session.get(ForumReview, forum_id) is not None
    if is_ended and any(line.fate is None for line in lines):
        yield "the review ended, and a line has no place"
    if len(told) != (PEOPLE if is_ended else 0) or len(set(told)) != len(told):
        yield f"{told} were told, and the review {'ended' if is_ended else 'did not end'}"


def find(who: Actor, forum_id: int, line_id: int) -> tuple[Participant, PublishedLine]:
    return Participant(forums.get_forum(who, forum_id, forum_policy.READ)), queries.get_line(forum_id, line_id)


def do_publish(forum_id: int, who: Actor, line_id: int, was: str, _idea_id: int, number: float) -> None:
    words = IdeaWords(f"Une idée de la ligne {line_id}", f"Dite en salle, {number}.", "idea", "fr", None)
    service.publish(who, *find(who, forum_id, line_id), words, was=was)


def do_join(forum_id: int, who: Actor, line_id: int, was: str, idea_id: int, _number: float, *, is_offer: bool) -> None:
    body = f"La ligne {line_id}, dite en salle."
    service.join(who, *find(who, forum_id, line_id), idea_id, body=body, is_offer=is_offer, was=was)


def do_link(forum_id: int, who: Actor, line_id: int, was: str, _idea_id: int, _number: float) -> None:
    action = links.list_linkable_actions(who)[0]
    service.link(who, *find(who, forum_id, line_id), action.id, was=was)


def do_put_aside(forum_id: int, who: Actor, line_id: int, _was: str, _idea_id: int, _number: float) -> None:
    participant, line = find(who, forum_id, line_id)
    service.put_aside(who, participant, [line.id], reason="C'est déjà fait.")


def do_publish_again(forum_id: int, who: Actor, line_id: int, _was: str, _idea_id: int, _number: float) -> None:
    """Copy the notes again, as whoever publishes them does: nobody reviews their forum meanwhile."""
    participant, line = find(who, forum_id, line_id)
    under_lock(participant.forum, partial(publishing.copy, line.topic_id, None))


def do_become(_forum_id: int, _who: Actor, line_id: int, _was: str, _idea_id: int, _number: float) -> None:
    said = queries.get_said(line_id)
    if said.writer_id is None:
        raise NotFound()
    authors.become_author(Actor(said.writer_id), said.line)


def do_end(forum_id: int, who: Actor, line_id: int, _was: str, _idea_id: int, _number: float) -> None:
    service.end(who, find(who, forum_id, line_id)[0])


ACTS: Acts = {
    "publish": do_publish,
    "join": partial(do_join, is_offer=False),
    "offer": partial(do_join, is_offer=True),
    "link": do_link,
    "put_aside": do_put_aside,
    "publish_again": do_publish_again,
    "become": do_become,
    "end": do_end,
}


if __name__ == "__main__":
    main(ACTS, prepare)

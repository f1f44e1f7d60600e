"""The convergence of a forum of the demonstration: each ballot placed by its person, counted, and what was decided."""

from typing import Any

from app.accounts.models.people import User
from app.choices.queries import choices as queries
from app.choices.service import ballots, choices
from app.choices.words import ChoiceWords, DecisionWords
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.events.models.meetings import Event
from app.forum import policy
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from app.notes.queries import lines
from app.operations.demo import book

Fact = dict[str, Any]


def open_choice(actor: Actor, event: Event, fact: Fact) -> None:
    """Open a choice among lines of the notes, in the order of their sessions."""
    found, wanted = _load(fact), lines.list_lines_of_forum(event.id)
    ids = [line.id for line, _topic in wanted if line.text in found["lines"]]
    choices.open_choice(actor, _at(actor, event), ChoiceWords(found["dots"], found["most_on_one"], lines=ids))


def place(_actor: Actor, event: Event, fact: Fact) -> None:
    """Have each person place their dots: a ballot says how many on each line, in the order of the file."""
    found, candidates = _load(fact), queries.list_candidates(event.id)
    order = [found["lines"].index(candidate.text) for candidate in candidates]
    for key, dots in found["ballots"].items():
        voter = actor_for(db.session.get_one(User, fact["user_ids"][key]))
        ballots.cast(voter, _at(voter, event), [dots[n] for n in order])


def count(actor: Actor, event: Event, _fact: Fact) -> None:
    """Stop the choice, and count it in front of everybody."""
    choices.stop(actor, _at(actor, event))
    choices.count(actor, _at(actor, event))


def decide(actor: Actor, event: Event, fact: Fact) -> None:
    candidates, actions = queries.list_candidates(event.id), book.get_ids("action")
    ids = {candidate.text: candidate.id for candidate in candidates}
    for one in _load(fact)["decisions"]:
        words = DecisionWords(one["words"], one["who"], action_id=actions.get(one.get("action", "")))
        choices.decide(actor, _at(actor, event), ids[one["line"]], words)


def _load(fact: Fact) -> Fact:
    found: Fact = book.load(fact["file"])["choice"]
    return found


def _at(actor: Actor, event: Event) -> Participant:
    """Return a person before the forum of a meeting."""
    forum = forums.get_forum(actor, event.id, policy.READ)
    return Participant(forum, topics.find_own_place(actor, forum))

"""The review of a forum of the demonstration: each line finds its place, some their author, and ideas are answered."""

from typing import Any

from sqlalchemy import select

from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.core.text import markdown
from app.events.models.meetings import Event
from app.forum import policy
from app.forum.models import ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums
from app.ideas import policy as policies
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.ideas.writing import IdeaWords
from app.notes.models import NEW, OFFERED, PublishedLine
from app.notes.queries import lines as queries
from app.notes.service import authors
from app.notes.service import review as service
from app.operations.demo import book
from app.plan.queries import links

Fact = dict[str, Any]
# Of a demonstration that people changed before this forum was added to it.
GONE = "Ce à quoi elle se joignait n’est plus là."


def review(actor: Actor, event: Event, fact: Fact) -> None:
    """Give the lines of some sessions of a file (`from`, `to`) their place: what becomes an idea first."""
    who = Participant(forums.get_forum(actor, event.id, policy.READ))
    sessions = book.load(fact["file"])["sessions"][fact["from"] : fact["to"]]
    lines = [(session, line) for session in sessions for line in session["lines"]]
    for session, line in sorted(lines, key=lambda pair: pair[1]["review"]["become"] != NEW):
        ACTS[line["review"]["become"]](actor, who, _find(event, line["text"]), line["review"] | {"session": session})


def take(_actor: Actor, event: Event, fact: Fact) -> None:
    """Have those who first said some lines become the authors of the ideas that they became."""
    file = book.load(fact["file"])
    hosts = {line["text"]: session["by"] for session in file["sessions"] for line in session["lines"]}
    for text in file["authors"]:
        host = actor_for(db.session.get_one(User, fact["user_ids"][hosts[text]]))
        authors.become_author(host, _find(event, text))


def answer(actor: Actor, event: Event, fact: Fact) -> None:
    """Answer the idea that a line became."""
    idea = db.session.get_one(Idea, _find(event, fact["line"]).idea_id)
    ideas.move(actor, idea, fact["status"], reason=fact["words"])


def end(actor: Actor, event: Event, _fact: Fact) -> None:
    service.end(actor, Participant(forums.get_forum(actor, event.id, policy.READ)))


def _publish(actor: Actor, who: Participant, line: PublishedLine, fact: Fact) -> None:
    room = communities.get_rooms().by_slug[fact["community"]]
    words = IdeaWords(fact["title"], fact["words"], kind=fact["as"], community_id=room.id)
    service.publish(actor, who, line, words, was="", form_key=f"demo-{line.id}")


def _join(actor: Actor, who: Participant, line: PublishedLine, fact: Fact) -> None:
    """Have a line be heard under an idea of the demonstration, or under the one that another line became."""
    event, session = who.forum.event, fact["session"]
    idea_id = book.get_ids("idea").get(fact["idea"], 0) if "idea" in fact else _find(event, fact["said"]).idea_id
    idea = reading.find_idea(actor, idea_id or 0, policies.READ)
    if idea is None or not idea.is_open:
        _put_aside(actor, who, line, {"words": GONE})
        return
    body = markdown.quote(line.text, f"{event.title}, séance «\u00a0{session['title']}\u00a0»")
    service.join(actor, who, line, idea.id, body=body.strip(), is_offer=fact["become"] == OFFERED, was="")


def _link(actor: Actor, who: Participant, line: PublishedLine, fact: Fact) -> None:
    action_id = book.get_ids("action").get(fact["action"], 0)
    if action_id in {action.id for action in links.list_linkable_actions(actor)}:
        service.link(actor, who, line, action_id, was="")
    else:
        _put_aside(actor, who, line, {"words": GONE})


def _put_aside(actor: Actor, who: Participant, line: PublishedLine, fact: Fact) -> None:
    service.put_aside(actor, who, [line.id], reason=fact["words"])


def _find(event: Event, text: str) -> PublishedLine:
    """Return the line of a forum that says this."""
    query = select(PublishedLine.id, PublishedLine.topic_id).join(ForumTopic, ForumTopic.id == PublishedLine.topic_id)
    line_id, topic_id = db.session.execute(
        query.where(ForumTopic.forum_id == event.id, PublishedLine.text == text)
    ).one()
    return queries.get_published_line(topic_id, line_id)


ACTS = {"new": _publish, "joined": _join, "offered": _join, "linked": _link, "aside": _put_aside}

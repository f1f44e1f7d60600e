"""Acts that are told to followers, and the worker that tells them."""

from typing import Any

from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.ideas import publishing
from app.ideas.models import Idea
from app.ideas.writing import IdeaWords
from app.notifications import jobs
from app.notifications.models import Notice
from app.notifications.queries import follows
from app.notifications.queries.follows import Following
from app.notifications.service import follows as service
from app.reference.models import Tag
from tests.support.rows import again, every

BODY = "Un texte qui dit pourquoi et comment, en assez de mots."


def actor(person: User) -> Actor:
    """Return the actor of a person as they are now."""
    return actor_for(again(person))


def say(person: User, content: Any, body: str = "J'ai une fourgonnette.", parent: Comment | None = None) -> Comment:
    """Post a comment under an idea or an update."""
    thread = db.session.get_one(Thread, again(content).thread_id)
    return reading.reload_comment(comments.post(actor(person), thread, body=body, parent=parent).id)


def publish(person: User, community: Any = None, title: str = "Une idée toute neuve", **places: Any) -> Idea:
    """Publish an idea as its form does."""
    words = IdeaWords(title=title, body=BODY, community_id=community.id if community else None, **places)
    return publishing.submit(actor(person), None, words)


def follow(person: User, content: Any, level: str = "all") -> None:
    """Choose how much of an idea, an update, a community or a tag a person follows; "none" stops it."""
    kind, number = _name(content)
    if level == "none":
        service.withdraw(actor(person), kind, number)
    else:
        service.follow(actor(person), kind, number, level)


def _name(content: Any) -> tuple[str, int]:
    content = again(content)
    return (
        ("thread", content.thread_id) if hasattr(content, "thread_id") else (type(content).__name__.lower(), content.id)
    )


def look(person: User, content: Any) -> Following:
    """Return how much of a thread, a community or a tag a person follows, and why."""
    kind, number = _name(content)
    if kind == "thread":
        return follows.of_thread(actor(person), db.session.get_one(Thread, number))
    if isinstance(content, Tag):
        return follows.of_tag(actor(person), [number])
    return follows.of_community(actor(person), number)


def told(kind: str = "follow") -> list[tuple[str, int]]:
    """Let the worker tell what happened, and return the kinds of notices that begin so, each with whose it is."""
    jobs.tell_followers()
    return sorted((notice.kind, notice.user_id) for notice in every(Notice, Notice.kind.startswith(kind)))

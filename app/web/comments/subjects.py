"""The subject of a thread, an idea, an update, an action of the plan or a meeting, and its addresses."""

from dataclasses import dataclass

from flask import url_for

from app.comments.models import Comment, Thread
from app.comments.queries import positions
from app.core.errors import NotFound
from app.events import policy as events
from app.events.models.meetings import Event
from app.events.queries import reading as event_queries
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.plan import policy as plan
from app.plan.models.structure import Action
from app.plan.queries import actions
from app.updates import policy as updates
from app.updates import queries as update_queries
from app.updates.models import Update
from app.web.frame import links
from app.web.frame.session import me, rooms


@dataclass(frozen=True)
class Subject:
    """`url` is its page, `post_url` takes a comment under it; `is_to_come` says that nobody could comment yet."""

    thread: Thread
    title: str
    url: str
    post_url: str
    is_to_come: bool = False


def of_idea(idea: Idea) -> Subject:
    return Subject(
        idea.thread,
        idea.title,
        links.idea_url(idea),
        url_for("comments.on_idea", idea_id=idea.id),
        is_to_come=idea.published_at is None,
    )


def of_update(update: Update) -> Subject:
    slug = rooms().by_id[update.community_id].slug
    return Subject(
        update.thread,
        update.title,
        url_for("updates.show", slug=slug, update_id=update.id),
        url_for("comments.on_update", slug=slug, update_id=update.id),
    )


def of_action(action: Action) -> Subject:
    post_url = url_for("comments.on_action", action_id=action.id)
    return Subject(action.thread, action.title, links.action_url(action), post_url)


def of_event(event: Event) -> Subject:
    post_url = url_for("comments.on_event", event_id=event.id)
    return Subject(event.thread, event.title, links.event_url(event), post_url, is_to_come=event.is_draft)


def of_thread(thread: Thread) -> Subject:
    """Return what a thread is about. Raise NotFound unless the reader may read it."""
    if thread.kind == "idea":
        return of_idea(reading.get_idea_of_thread(me(), thread.id, ideas.READ))
    if thread.kind == "update":
        return of_update(update_queries.get_update_of_thread(me(), thread.id, updates.READ))
    if thread.kind == "action":
        return of_action(actions.get_action_of_thread(me(), thread.id, plan.READ_ACTION))
    if thread.kind == "event":
        return of_event(event_queries.get_event_of_thread(me(), thread.id, events.READ))
    raise NotFound()


def place(comment: Comment, subject: Subject | None = None) -> str:
    """Return the address where a comment stands among the others; `subject` is what it was written under, if known."""
    is_there = subject is not None and subject.thread.id == comment.thread_id
    subject = subject if subject and is_there else of_thread(comment.thread)
    return place_in(subject, comment.id, comment.root_id)


def place_in(subject: Subject, comment_id: int, root_id: int | None) -> str:
    """Return the address of a comment where a subject is known: the thread's page, or that of its branch."""
    if positions.is_far(me(), comment_id, root_id):
        return url_for("comments.branch", comment_id=root_id, at=comment_id, _anchor=f"comment-{comment_id}")
    return f"{subject.url}?at={comment_id}#comment-{comment_id}"

"""The subject of a thread, an idea, an update or an action of the plan, and its addresses."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from flask import url_for

from app.comments.models import Comment, Thread
from app.comments.queries import pages, places
from app.comments.queries.tree import ThreadPage
from app.core.actor import ANYONE, Actor
from app.core.errors import NotFound
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.plan import policy as plan
from app.plan.models.structure import Action
from app.plan.queries import actions
from app.updates import policy as updates
from app.updates import queries as news
from app.updates.models import Update
from app.web.frame import links
from app.web.frame.params import number, single
from app.web.frame.session import me, rooms


@dataclass(frozen=True)
class Subject:
    """`url` is its page, `post_url` takes a comment under it; `is_to_come` says that nobody could comment yet."""

    thread: Thread
    title: str
    url: str
    post_url: str
    is_to_come: bool = False

    @cached_property
    def public_talk(self) -> ThreadPage:
        """The page of the thread that the address asks for, as the public reads it."""
        return talk(ANYONE, self.thread)


class Asked(NamedTuple):
    """The page of a thread that an address asks for; `at` is the number of a comment."""

    sort: str
    after: str
    at: int | None
    is_unfolded: bool


def asked() -> Asked:
    return Asked(
        single("sort", pages.SORTS, "oldest"), single("after"), number("at"), single("replies", ("all",)) == "all"
    )


def of_idea(idea: Idea) -> Subject:
    return Subject(
        idea.thread,
        idea.title,
        links.idea(idea),
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
    return Subject(action.thread, action.title, links.action(action), post_url)


def of_thread(thread: Thread) -> Subject:
    """Return what a thread is about. Raise NotFound unless the reader may read it."""
    if thread.kind == "idea":
        return of_idea(reading.of_thread(me(), thread.id, ideas.READ))
    if thread.kind == "update":
        return of_update(news.of_thread(me(), thread.id, updates.READ))
    if thread.kind == "action":
        return of_action(actions.of_thread(me(), thread.id, plan.READ_ACTION))
    raise NotFound()


def talk(actor: Actor, thread: Thread, *, beside: Collection[int] = ()) -> ThreadPage:
    """Return the page of a thread that the address asks for, and the beginnings of the threads `beside`."""
    sort, after, at, is_unfolded = asked()
    page = pages.page(actor, thread, sort=sort, after=after, at=at, beside=beside)
    return replace(page, is_unfolded=is_unfolded)


def place(comment: Comment, subject: Subject | None = None) -> str:
    """Return the address where a comment stands among the others; `subject` is what it was written under, if known."""
    is_there = subject is not None and subject.thread.id == comment.thread_id
    subject = subject if subject and is_there else of_thread(comment.thread)
    return place_in(subject, comment.id, comment.root_id)


def place_in(subject: Subject, comment_id: int, root_id: int | None) -> str:
    """Return the address of a comment where a subject is known: the thread's page, or that of its branch."""
    if places.is_far(me(), comment_id, root_id):
        return url_for("comments.branch", comment_id=root_id, at=comment_id, _anchor=f"comment-{comment_id}")
    return f"{subject.url}?at={comment_id}#comment-{comment_id}"

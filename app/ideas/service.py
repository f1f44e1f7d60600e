"""Every act on an idea: ask, change, tell."""
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update

from app.accounts import submissions, trust
from app.comments import service as comments
from app.comments.models import Thread
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.text import markdown
from app.core.text.plain import excerpt, fold
from app.core.text.slug import slugify
from app.core.unit import command
from app.ideas import leading, policy
from app.ideas.models import NEXT, Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, Revision, StatusChange
from app.ideas.queries import reading
from app.ideas.signals import IdeaHeld, IdeaMoved, IdeaPublished, IdeaRevised
from app.reference import service as reference

EXCERPT = 220
NOT_NEXT = N_("Cette étape n'est pas possible depuis l'état présent de l'idée.")


@dataclass(frozen=True)
class Typed:
    """What the form holds: texts, the lead community, and ids on each axis; tags by name."""

    title: str
    body: str
    kind: str = "idea"
    lang: str = "fr"
    community_id: int | None = None
    communities: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()
    territories: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


def texts(title: str, body: str) -> dict[str, Any]:
    """Give the text columns of an idea: what was typed, and what follows from it."""
    html = markdown.render(body)
    plain = markdown.to_text(html)
    return {
        "title": title, "body": body, "slug": slugify(title) if title else "", "body_html": html,
        "renderer": markdown.VERSION, "excerpt": excerpt(plain, EXCERPT), "search_text": fold(f"{title} {plain}")}


@command
def draft(actor: Actor, typed: Typed, *, form_key: str | None = None) -> Idea:
    """Begin an idea; the same form sent again gives the same draft, and so do the same words within the hour."""
    require(actor, policy.WRITE)
    known = db.session.get(Idea, submissions.first_result(actor, form_key) or 0) or reading.just_sent(
        actor, typed.title, typed.body)
    if known:
        submissions.record(actor, form_key, known.id)
        return save(actor, known, typed)
    thread = comments.open_thread(
        "idea", typed.title, community_id=typed.community_id, author_id=actor.id, is_public=False, is_open=False)
    idea = Idea(author_id=actor.id, thread_id=thread.id, status="draft")
    _write(actor, idea, typed)
    db.session.add(idea)
    db.session.flush()
    _place(idea, typed)
    submissions.record(actor, form_key, idea.id)
    return idea


@command
def save(actor: Actor, idea: Idea, typed: Typed) -> Idea:
    """Keep a draft as it is typed; a published idea is left as it is."""
    require(actor, policy.EDIT, idea)
    if idea.is_draft:
        _write(actor, idea, typed)
        _place(idea, typed)
    return idea


@command
def publish(actor: Actor, idea: Idea, *, signs: Iterable[str] = ()) -> Idea:
    """Make a draft public: revision 1, and the first step of the road. What must be looked at first is pending."""
    require(actor, policy.PUBLISH, idea)
    idea.suspect = trust.weigh(actor, "idea", f"{idea.title}\n{idea.body}", signs=signs)
    if idea.suspect:
        idea.status = "pending"
        _keep_thread(idea)
        tell(IdeaHeld(idea.id, by=actor.own_id))
        return idea
    return _appeared(idea)


@command
def admit(actor: Actor, idea: Idea) -> Idea:
    """Let a pending idea appear, now."""
    require(actor, policy.ADMIT, idea)
    return _appeared(idea)


def _appeared(idea: Idea) -> Idea:
    assert idea.author_id is not None, "what is drafted here has an author here"
    idea.status, idea.published_at, idea.suspect = "published", clock.now(), ""
    _revise(idea, "")
    _step(idea, "published", by=idea.author_id, reason="")
    _keep_thread(idea)
    tell(IdeaPublished(idea.id, by=idea.author_id))
    return idea


@command
def revise(actor: Actor, idea: Idea, typed: Typed, *, summary: str = "") -> Idea:
    """Change a published idea; a new revision is kept when its words changed."""
    require(actor, policy.EDIT, idea)
    has_changed = (idea.title, idea.body) != (typed.title, typed.body)
    _write(actor, idea, typed)
    _place(idea, typed)
    _keep_thread(idea)
    if has_changed and idea.status != "pending":
        idea.edited_at = clock.now()
        _revise(idea, summary)
        tell(IdeaRevised(idea.id, by=actor.own_id, number=idea.revisions_count))
    return idea


@command
def move(actor: Actor, idea: Idea, status: str, *, reason: str) -> Idea:
    """Bring an idea to its next station, with the reason the public reads."""
    require(actor, policy.ANSWER, idea)
    if status not in NEXT[idea.status]:
        raise Conflict(NOT_NEXT)
    return _moved(actor, idea, status, reason)


@command
def withdraw(actor: Actor, idea: Idea, *, reason: str) -> Idea:
    """Let its author take an idea back; it stays readable, its supports are frozen."""
    require(actor, policy.WITHDRAW, idea)
    return _moved(actor, idea, "withdrawn", reason)


@command
def discard(actor: Actor, idea: Idea) -> None:
    """Throw a draft away."""
    require(actor, policy.DISCARD, idea)
    erase(idea)


@command
def hide(actor: Actor, idea: Idea, *, reason: str) -> None:
    require(actor, policy.HIDE, idea)
    idea.hide(actor.own_id, reason)
    _keep_thread(idea)


@command
def restore(actor: Actor, idea: Idea) -> None:
    require(actor, policy.RESTORE, idea)
    idea.show()
    _keep_thread(idea)


def count_vote(idea_id: int, by: int) -> None:
    """Move the counter of supports, in the transaction of the vote."""
    run(update(Idea).where(Idea.id == idea_id).values(votes_count=Idea.votes_count + by))


def erase(idea: Idea) -> None:
    """Delete a draft's row and everything that hangs on it."""
    thread_id = idea.thread_id
    for table in (IdeaCommunity, IdeaIssue, IdeaTerritory, IdeaTag):
        run(delete(table).where(table.idea_id == idea.id))
    db.session.delete(idea)
    db.session.flush()
    run(delete(Thread).where(Thread.id == thread_id))


def _moved(actor: Actor, idea: Idea, status: str, reason: str) -> Idea:
    idea.status = status
    _step(idea, status, by=actor.id, reason=reason)
    _keep_thread(idea)
    tell(IdeaMoved(idea.id, by=actor.own_id, status=status, reason=reason))
    return idea


def _write(actor: Actor, idea: Idea, typed: Typed) -> None:
    leading.lead(actor, idea, typed.community_id, typed.communities)
    for column, value in texts(typed.title, typed.body).items():
        setattr(idea, column, value)
    idea.kind, idea.lang = typed.kind, typed.lang
    idea.saved_at = clock.now()


def _place(idea: Idea, typed: Typed) -> None:
    """Replace the places of an idea on the axes."""
    others = [c for c in typed.communities if c != typed.community_id]
    for table, column, ids in (
            (IdeaCommunity, "community_id", others), (IdeaIssue, "issue_id", typed.issues),
            (IdeaTerritory, "territory_id", typed.territories),
            (IdeaTag, "tag_id", reference.tags_named(list(typed.tags)))):
        run(delete(table).where(table.idea_id == idea.id))
        if ids:
            run(insert(table).values([{"idea_id": idea.id, column: row_id} for row_id in dict.fromkeys(ids)]))


def _revise(idea: Idea, summary: str) -> None:
    idea.revisions_count += 1
    db.session.add(Revision(
        idea_id=idea.id, number=idea.revisions_count, title=idea.title, body=idea.body, body_html=idea.body_html,
        summary=summary))


def _step(idea: Idea, status: str, *, by: int | None, reason: str) -> None:
    idea.status_at = clock.now()
    db.session.add(StatusChange(
        idea_id=idea.id, status=status, by_id=by, at=idea.status_at, reason=reason, community_id=idea.community_id))


def _keep_thread(idea: Idea) -> None:
    """Keep what the thread knows of its idea in step, and its privacy with that of its community."""
    leading.settle(idea, idea.community_id)
    comments.keep_thread(
        idea.thread_id, title=idea.title, community_id=idea.community_id, is_public=idea.is_published,
        is_open=idea.is_open)

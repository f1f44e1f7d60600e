"""Giving work to one another, and what a team keeps for itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, update

from app.accounts.models.people import User
from app.accounts.submissions import Sending
from app.comments import threads
from app.communities.models import Community
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.desk import policy
from app.desk.models import Assignment, Note, ReadMark, SavedReply, ThreadReadMark
from app.desk.policy import KEEP_REPLIES
from app.desk.queries import assignments, notes, replies, unread
from app.desk.signals import Assigned
from app.ideas.models import Idea
from app.moderation.cases import queries
from app.moderation.cases.models import Case, CaseFile
from app.moderation.cases.policy import CASE_READ


@command
def mark_read(actor: Actor, community: Community, *, upto: int, thread_id: int | None = None) -> None:
    """Take the comments of a community, or of one of its threads, as read up to one of them; no mark goes back.

    Raise Forbidden without the charge of the community.
    """
    require(actor, policy.MARK_READ, community)
    last = unread.find_last_comment_id(community.id, thread_id=thread_id)
    if last is None:
        return
    values: dict[str, Any] = {"comment_id": min(last, upto), "by_id": actor.own_id, "at": clock.now()}
    if thread_id:
        _put_mark(ThreadReadMark, ThreadReadMark.thread_id, thread_id, values)
        threads.mark_read(thread_id, values["comment_id"])
    else:
        _put_mark(ReadMark, ReadMark.community_id, community.id, values)


def _put_mark(model: Any, column: Any, row_id: int, values: dict[str, Any]) -> None:
    if not insert_once(model, **{column.key: row_id}, **values):
        run(update(model).where(column == row_id, model.comment_id < values["comment_id"]).values(**values))


NOT_IN_CHARGE = N_("Cette personne ne peut pas s'en charger. Choisissez quelqu'un de l'équipe dans la liste.")
CLOSED = N_("Ce cas a été clos entre-temps : personne n'a plus à s'en occuper.")


@command
def assign(actor: Actor, idea: Idea, *, to: int) -> None:
    """Put an idea into the hands of somebody of the team, oneself included, in place of whoever had it.

    Raise Forbidden without the right to, Invalid for somebody who may not have it.
    """
    require(actor, policy.ASSIGN, idea)
    _give(actor, assignments.get_choice_for_idea(idea).candidates, to, idea_id=idea.id)


@command
def release(actor: Actor, idea: Idea) -> None:
    """Let an idea be everybody's again. Raise Forbidden without the right to."""
    require(actor, policy.ASSIGN, idea)
    run(delete(Assignment).where(Assignment.idea_id == idea.id))


@command
def assign_case(actor: Actor, case: Case, *, to: int) -> None:
    """Put a case into the hands of somebody who may decide it.

    Raise NotFound or Forbidden without the right to, Conflict where it is closed, Invalid for somebody else.
    """
    case_file = _open_case(actor, case)
    _give(actor, assignments.get_choice_for_case(case_file).candidates, to, case_id=case_file.id)


@command
def release_case(actor: Actor, case: Case) -> None:
    """Let a case be everybody's again. Raise as `assign_case` does."""
    run(delete(Assignment).where(Assignment.case_id == _open_case(actor, case).id))


def _open_case(actor: Actor, case: Case) -> CaseFile:
    """Read a case anew; raise unless it is open and this person may give it to somebody."""
    case_file = queries.find_case_file(case.id)
    if case_file is None or not CASE_READ.permits(actor, case_file):
        raise NotFound()
    if case_file.case.state != "open":
        raise Conflict(CLOSED)
    require(actor, policy.ASSIGN_CASE, case_file)
    return case_file


def _give(actor: Actor, candidates: Sequence[User], to: int, **subject: int) -> None:
    """Write down who has an idea or a case, and tell it where that changes; raise Invalid for no candidate."""
    if to not in {user.id for user in candidates}:
        raise Invalid(NOT_IN_CHARGE, "to")
    assignment = assignments.find_assignment(**subject)
    if assignment and assignment.user_id == to:
        return
    assignment = assignment or Assignment(**subject)
    assignment.user_id, assignment.by_id, assignment.at = to, actor.own_id, clock.now()
    db.session.add(assignment)
    db.session.flush()
    tell(Assigned(assignment.id))


@command
def add_note(actor: Actor, idea: Idea, *, body: str, form_key: str | None = None) -> None:
    """Leave a note for the team; the same form sent twice leaves one. Raise Forbidden without the right to."""
    require(actor, policy.NOTE_WRITE, idea)
    sending = Sending(actor, "note", form_key, (body,))
    if sending.first_result():
        return
    note = Note(idea_id=idea.id, body=body, by_id=actor.own_id, at=clock.now())
    db.session.add(note)
    db.session.flush()
    sending.record(note.id)


@command
def delete_note(actor: Actor, idea: Idea, note: Note) -> None:
    """Take back a note that one wrote; nothing is kept of it. Raise NotFound for another's."""
    db.session.delete(notes.get_note(actor, idea, note.id, policy.NOTE_DELETE))


MOST = 100
ENOUGH = N_("Votre équipe garde déjà 100 réponses types. Retirez-en une avant d'en ajouter une autre.")


@command
def add_reply(actor: Actor, community: Community, *, title: str, body: str, form_key: str | None = None) -> None:
    """Keep a reply for the team of a community; the same form sent twice keeps one.

    Raise Forbidden without the charge of it, Conflict past MOST.
    """
    require(actor, KEEP_REPLIES, community)
    sending = Sending(actor, "reply", form_key, (title, body))
    if sending.first_result():
        return
    if replies.count_replies(community.id) >= MOST:
        raise Conflict(ENOUGH)
    reply = SavedReply(community_id=community.id, title=title, body=body, by_id=actor.own_id, at=clock.now())
    db.session.add(reply)
    db.session.flush()
    sending.record(reply.id)


@command
def edit(actor: Actor, community: Community, reply: SavedReply, *, title: str, body: str) -> None:
    """Change a reply. Raise Forbidden without the charge of the community, NotFound for a reply of another one."""
    require(actor, KEEP_REPLIES, community)
    reply = replies.get_reply(community.id, reply.id)
    reply.title, reply.body = title, body


@command
def delete_reply(actor: Actor, community: Community, reply: SavedReply) -> None:
    """Drop a reply; the reasons that began with it stay as they were written.

    Raise as `edit` does.
    """
    require(actor, KEEP_REPLIES, community)
    db.session.delete(replies.get_reply(community.id, reply.id))

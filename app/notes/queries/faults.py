"""What no press leads to in the notes of sessions: `check` says where it is so all the same."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.forum.models import CLOSED, Forum
from app.notes.models import (
    ASIDE,
    JOINED,
    LINKED,
    NEW,
    OFFERED,
    ForumReview,
    NoteClash,
    NoteLine,
    NoteText,
    NoteVersion,
    PublishedLine,
)

_OTHER = aliased(NoteLine)


def list_faults() -> list[str]:
    """Return what can't be, in words, with the number of the row that it is about."""
    return [words.format(number) for words, query in _select_faults() for number in db.session.scalars(query)]


def _select_faults() -> Iterator[tuple[str, Select[Any]]]:
    """Yield each fault with the rows that have it."""
    here = and_(NoteVersion.topic_id == NoteText.topic_id, NoteVersion.part == NoteText.part)
    last = exists().where(here, NoteVersion.number == NoteText.number)
    part = select(NoteText.topic_id).distinct().order_by(NoteText.topic_id)
    yield (
        "the text of session {} is not that of its last version",
        part.where(
            or_(
                and_(NoteText.number > 0, ~last),
                exists().where(
                    here,
                    NoteVersion.number == NoteText.number,
                    or_(
                        and_(NoteVersion.text.is_(None), NoteVersion.sent != NoteText.text),
                        NoteVersion.text != NoteText.text,
                    ),
                ),
            )
        ),
    )
    yield (
        "the text of session {} has versions that come after it",
        part.where(exists().where(here, NoteVersion.number > NoteText.number)),
    )
    clash = select(NoteClash.id).order_by(NoteClash.id)
    brought = exists().where(
        NoteVersion.topic_id == NoteClash.topic_id,
        NoteVersion.part == NoteClash.part,
        NoteVersion.number == NoteClash.number,
    )
    yield "clash {} is about no version", clash.where(~brought)
    line = select(NoteLine.id).order_by(NoteLine.id)
    replaced = line.join(_OTHER, _OTHER.id == NoteLine.replaces_id)
    yield "line {} takes the place of one of another session", replaced.where(_OTHER.topic_id != NoteLine.topic_id)
    is_first = NoteLine.first_id.is_(None) != NoteLine.replaces_id.is_(None)
    yield "line {} takes a place, and says not where it began", line.where(is_first)
    published = select(PublishedLine.id).join(NoteLine, NoteLine.id == PublishedLine.id).order_by(PublishedLine.id)
    yield "published line {} was said in another session", published.where(NoteLine.topic_id != PublishedLine.topic_id)
    yield from _of_fates()


def _of_fates() -> Iterator[tuple[str, Select[Any]]]:
    has_no_idea, has_no_comment = PublishedLine.idea_id.is_(None), PublishedLine.comment_id.is_(None)
    lacks = {
        NEW: has_no_idea,
        JOINED: or_(has_no_idea, has_no_comment),
        OFFERED: or_(has_no_idea, has_no_comment),
        LINKED: PublishedLine.action_id.is_(None),
        ASIDE: PublishedLine.reason == "",
    }
    leads_nowhere = or_(*(and_(PublishedLine.fate == fate, is_missing) for fate, is_missing in lacks.items()))
    lines = select(PublishedLine.id).order_by(PublishedLine.id)
    yield "published line {} has its place, and leads nowhere", lines.where(leads_nowhere)
    reviews = select(ForumReview.forum_id).join(Forum, Forum.id == ForumReview.forum_id).order_by(ForumReview.forum_id)
    yield "the review of forum {} ended before it closed", reviews.where(Forum.phase != CLOSED)

"""What no press leads to in the notes of sessions is found by `check`, each as it is, and nothing else is."""

from typing import Any

import pytest

from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.forum.models import ForumTopic
from app.notes.models import ForumReview, NoteClash, NoteLine, NoteText, NoteVersion, PublishedLine, SessionNotes
from app.notes.queries import faults
from app.operations import check
from tests.notes.stored import session_in
from tests.support.make import Make


class Room:
    """Two sessions with notes that are right: a text of two versions, and a line."""

    def __init__(self, make: Make):
        self.make = make
        self.here, self.there = session_in(make).id, session_in(make).id
        self.lines = [self._write(topic_id) for topic_id in (self.here, self.there)]

    def _write(self, topic_id: int) -> NoteLine:
        self.make.add(SessionNotes(topic_id=topic_id))
        self.make.add(NoteText(topic_id=topic_id, part=1, number=2, text="a\nb"))
        self.make.add(NoteVersion(topic_id=topic_id, part=1, number=1, sent="a", text=None, sent_as="1"))
        self.make.add(NoteVersion(topic_id=topic_id, part=1, number=2, sent="b", text="a\nb", sent_as="2"))
        clash = {"part": 1, "number": 2, "stored_number": 1, "stored": "a", "typed": "b"}
        self.make.add(NoteClash(topic_id=topic_id, **clash))
        return self.line(topic_id, "0")

    def spoil(self, **columns: Any) -> None:
        """Change the text of this session as no act does."""
        with unit():
            for name, value in columns.items():
                setattr(db.session.get_one(NoteText, (self.here, 1)), name, value)

    def line(self, topic_id: int, sent_as: str, **columns: Any) -> NoteLine:
        words = {"kind": "need", "text": "Une nuit de répit"} | columns
        line: NoteLine = self.make.add(NoteLine(topic_id=topic_id, sent_as=sent_as, **words))
        return line


def of_other_words(room: Room) -> int:
    room.spoil(text="c")
    return room.here


def without_its_version(room: Room) -> int:
    room.spoil(number=3)
    return room.here


def before_its_version(room: Room) -> int:
    room.spoil(number=1, text="a")
    return room.here


def brought_by_nothing(room: Room) -> int:
    clash = room.make.add(NoteClash(topic_id=room.here, part=1, number=9, stored_number=1, stored="a", typed="b"))
    return int(clash.id)


def in_the_place_of_another(room: Room) -> int:
    return room.line(room.here, "9", replaces_id=room.lines[1].id, first_id=room.lines[1].id).id


def from_nowhere(room: Room) -> int:
    return room.line(room.here, "9", first_id=room.lines[0].id).id


def said_elsewhere(room: Room) -> int:
    line = room.lines[1]
    words = {"kind": "need", "text": "Une nuit de répit"}
    room.make.add(PublishedLine(id=line.id, topic_id=room.here, position=0, **words))
    return line.id


def leads_nowhere(room: Room, **fate: Any) -> int:
    line = room.lines[0]
    given = {"review_at": clock.now(), "kind": "need", "text": "Une nuit de répit"} | fate
    room.make.add(PublishedLine(id=line.id, topic_id=room.here, position=0, **given))
    return line.id


def new_of_no_idea(room: Room) -> int:
    return leads_nowhere(room, fate="new")


def joined_without_its_words(room: Room) -> int:
    return leads_nowhere(room, fate="joined", idea_id=room.make.idea().id)


def offered_to_no_idea(room: Room) -> int:
    return leads_nowhere(room, fate="offered", comment_id=room.make.comment(room.make.idea()).id)


def linked_to_no_action(room: Room) -> int:
    return leads_nowhere(room, fate="linked")


def aside_for_no_reason(room: Room) -> int:
    return leads_nowhere(room, fate="aside")


def reviewed_too_early(room: Room) -> int:
    forum_id = db.session.get_one(ForumTopic, room.here).forum_id
    room.make.add(ForumReview(forum_id=forum_id, ended_by=room.make.user().id))
    return forum_id


NOWHERE = "published line {} has its place, and leads nowhere"
FAULTS = {
    of_other_words: "the text of session {} is not that of its last version",
    without_its_version: "the text of session {} is not that of its last version",
    before_its_version: "the text of session {} has versions that come after it",
    brought_by_nothing: "clash {} is about no version",
    in_the_place_of_another: "line {} takes the place of one of another session",
    from_nowhere: "line {} takes a place, and says not where it began",
    said_elsewhere: "published line {} was said in another session",
    new_of_no_idea: NOWHERE,
    joined_without_its_words: NOWHERE,
    offered_to_no_idea: NOWHERE,
    linked_to_no_action: NOWHERE,
    aside_for_no_reason: NOWHERE,
    reviewed_too_early: "the review of forum {} ended before it closed",
}


@pytest.fixture
def room(make: Make) -> Room:
    return Room(make)


def test_notes_that_are_right_have_no_fault(room: Room) -> None:
    assert faults.list_faults() == []


@pytest.mark.parametrize("spoil", FAULTS)
def test_each_fault_is_found_with_its_number_and_no_other(room: Room, spoil: Any) -> None:
    number = spoil(room)
    db.session.rollback()

    assert faults.list_faults() == [FAULTS[spoil].format(number)]


def test_check_says_so(room: Room, app: Any) -> None:
    number = of_other_words(room)
    db.session.rollback()

    [found] = [one for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "forums"]

    assert (found.grade, f"session {number}" in found.text) == ("wrong", True)

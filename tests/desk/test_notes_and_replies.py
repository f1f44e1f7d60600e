"""What a team keeps to itself: notes on an idea, and the replies of its community."""

import pytest

from app.communities.queries import get_community
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.permits import can
from app.desk import service
from app.desk import service as desk
from app.desk.models import SavedReply
from app.desk.policy import NOTE_DELETE
from app.desk.queries import notes, replies
from app.ideas.models import Idea
from tests.support.world import HERE, SECLUDED

ELSEWHERE, TEAM = "transport-collectif", "facilitator coordinator"


def test_notes_are_read_by_whoever_moderates_the_idea_and_nobody_else(make, cast, idea):
    desk.add_note(cast["facilitator"], idea, body="À appeler mardi.", form_key="k")
    desk.add_note(cast["facilitator"], idea, body="À appeler mardi.", form_key="k")
    desk.add_note(cast["coordinator"], idea, body="C'est fait.")
    for who, actor in cast.items():
        assert [note.body for note in notes.list_notes(actor, idea)] == (
            ["À appeler mardi.", "C'est fait."] if who in TEAM.split() else []
        )
    with pytest.raises(Forbidden):
        desk.add_note(cast["neighbour"], idea, body="Moi aussi")


def test_notes_follow_the_idea_to_the_team_that_moderates_it(make, people, idea):
    desk.add_note(people["facilitator"], idea, body="À vous.")
    make.at(idea, community_id=make.room(ELSEWHERE).id)
    idea = db.session.get_one(Idea, idea.id, populate_existing=True)
    assert len(notes.list_notes(people["neighbour"], idea)) == 1 and notes.list_notes(people["facilitator"], idea) == []


def test_a_note_is_taken_back_by_its_writer_alone(people, idea):
    desk.add_note(people["facilitator"], idea, body="À revoir.")
    note = notes.list_notes(people["facilitator"], idea)[0]
    with pytest.raises(NotFound):
        desk.delete_note(people["coordinator"], idea, note)
    with pytest.raises(NotFound):
        notes.get_note(people["facilitator"], idea, 999, NOTE_DELETE)
    desk.delete_note(people["facilitator"], idea, note)
    assert notes.list_notes(people["facilitator"], idea) == []


def test_replies_are_of_one_community_and_its_team_keeps_them(make, people):
    here, there = (get_community(make.room(slug).id) for slug in (HERE, ELSEWHERE))
    for title in ("Zut", "été", "Abc"):
        desk.add_reply(people["facilitator"], here, title=title, body="Bonjour.", form_key=title)
    desk.add_reply(people["facilitator"], here, title="Abc", body="Bonjour.", form_key="Abc")
    found = replies.list_replies(here.id)
    assert [reply.title for reply in found] == ["Abc", "été", "Zut"] and replies.list_replies(there.id) == []
    with pytest.raises(NotFound):
        replies.get_reply(there.id, found[0].id)
    for who in ("member", "neighbour", "admin"):
        for act in (
            lambda actor: desk.add_reply(actor, here, title="x", body="y"),
            lambda actor: desk.delete_reply(actor, here, found[0]),
            lambda actor: desk.edit(actor, here, found[0], title="x", body="y"),
        ):
            with pytest.raises(Forbidden):
                act(people[who])
    for act in (
        lambda: desk.edit(people["neighbour"], there, found[0], title="x", body="y"),
        lambda: desk.delete_reply(people["neighbour"], there, found[0]),
    ):
        with pytest.raises(NotFound):
            act()
    desk.edit(people["coordinator"], here, found[0], title="Autre", body="Bonsoir.")
    desk.delete_reply(people["facilitator"], here, found[1])
    assert {(reply.title, reply.body) for reply in replies.list_replies(here.id)} == {
        ("Autre", "Bonsoir."),
        ("Zut", "Bonjour."),
    }


def test_a_team_keeps_a_hundred_replies_and_no_more(make, people):
    here = get_community(make.room(HERE).id)
    for n in range(100):
        make.add(SavedReply(community_id=here.id, title=f"n{n}", body="x", by_id=people["facilitator"].id))
    with pytest.raises(Conflict):
        desk.add_reply(people["facilitator"], here, title="De trop", body="x")


def test_a_private_community_keeps_its_work_to_itself(make, people):
    room = make.community(slug=SECLUDED, name=SECLUDED, is_private=True)
    host = make.actor(facilitates=[SECLUDED])
    idea = make.idea(None, SECLUDED)
    desk.add_note(host, idea, body="Entre nous.")
    service.assign(host, idea, to=host.id)
    assert notes.list_notes(people["facilitator"], idea) == [] and not can(people["facilitator"], "reply:keep", room)
    assert len(notes.list_notes(people["coordinator"], idea)) == 1

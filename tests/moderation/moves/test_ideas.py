"""Moving an idea to another community: at once, with the charge of both; it goes back as it was."""

import pytest
from sqlalchemy import select

from app.comments.models import Thread
from app.communities.queries import get_rooms
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.desk.models import Assignment
from app.ideas.models import Idea, IdeaCommunity, StatusChange
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover
from app.moderation.moves.service import moves as service
from tests.moderation.gestures import WHY, differences, last_measure, lines, rows, undo
from tests.support.races import at_once
from tests.support.rows import notices_by_user
from tests.support.world import ELSEWHERE, HERE


def test_the_lead_changes_with_its_thread_and_the_steps_keep_the_one_of_then(make, both):
    idea, here, there = make.idea(community=HERE), make.room(HERE).id, make.room(ELSEWHERE).id
    make.add(IdeaCommunity(idea_id=idea.id, community_id=there))
    make.add(Assignment(idea_id=idea.id, user_id=both.id, by_id=both.id))
    offer = make.add(Handover(idea_id=idea.id, from_id=here, to_id=there, by_id=both.id, reason="Motif"))
    before = rows(Thread, Idea, IdeaCommunity)
    service.move_idea(both, idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
    db.session.rollback()
    assert idea.community_id == db.session.get_one(Thread, idea.thread_id).community_id == there
    assert db.session.scalars(select(StatusChange.community_id)).all() == [here]
    assert not db.session.scalars(select(IdeaCommunity)).all() and not db.session.scalars(select(Assignment)).all()
    assert offer.state == "cancelled"
    assert (last_measure().kind, last_measure().idea_id, last_measure().community_id) == ("move", idea.id, there)
    assert notices_by_user("measure.lead")[idea.author_id].facts["community"] == there
    undo(both)
    assert rows(Thread, Idea, IdeaCommunity) == before
    assert lines() == [("move", WHY, "idea")] * 2 and differences() == []


def test_an_idea_that_no_community_leads_is_given_one_by_a_coordinator(make, people, both):
    idea = make.idea(community_id=None)
    for actor in (people["facilitator"], both):
        with pytest.raises(Forbidden):
            service.move_idea(actor, idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
    service.move_idea(people["coordinator"], idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
    with pytest.raises(Forbidden):
        undo(make.actor(facilitates=[ELSEWHERE]))
    undo(people["coordinator"])
    assert idea.community_id is None


def test_only_with_the_charge_of_both(make, people):
    idea, there = make.idea(community=HERE), make.actor(facilitates=[ELSEWHERE])
    for actor in (people["facilitator"], there):
        with pytest.raises(Forbidden):
            service.move_idea(actor, idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
    service.move_idea(people["coordinator"], idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
    for actor in (people["facilitator"], there):
        with pytest.raises((Forbidden, NotFound)):
            undo(actor)


def test_nothing_leaves_a_private_community_and_nothing_enters_one(make, people):
    private_slug, other = (make.community(is_private=True).slug for _n in range(2))
    for from_, to in ((HERE, private_slug), (private_slug, HERE), (private_slug, other)):
        with pytest.raises(Invalid):
            service.move_idea(people["coordinator"], make.idea(community=from_), get_rooms().by_slug[to], reason=WHY)
    archived_slug = make.community(archived_at=clock.now()).slug
    for to in (archived_slug, HERE):
        with pytest.raises(Invalid):
            service.move_idea(people["coordinator"], make.idea(community=HERE), get_rooms().by_slug[to], reason=WHY)


def test_two_moves_at_once_are_one_after_the_other(app, make, people):
    idea_id, slugs = make.idea(community=HERE).id, (ELSEWHERE, "logement-social-et-abordable")
    targets = [get_rooms().by_slug[slug] for slug in slugs]

    def move(to):
        return lambda: service.move_idea(people["coordinator"], db.session.get_one(Idea, idea_id), to, reason=WHY)

    at_once(app, [move(to) for to in targets * 3], Invalid)
    idea = db.session.get_one(Idea, idea_id)
    moves = db.session.scalars(select(Measure).order_by(Measure.id)).all()
    thread = db.session.get_one(Thread, idea.thread_id)
    assert [one.data["to"] for one in moves][-1] == idea.community_id == thread.community_id
    assert [one.data["from"] for one in moves[1:]] == [one.data["to"] for one in moves[:-1]]

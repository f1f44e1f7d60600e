"""Handing an idea over: offered, accepted or returned with words, cancelled; it stays where it is meanwhile."""
import pytest
from sqlalchemy import select

from app.communities import queries as rooms
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.ideas.models import Idea
from app.measures.service import contents as measures
from app.moves import policy, queries
from app.moves.models import Handover
from app.moves.service import handovers as service
from tests.support.measures import WHY, last, lines, told, undo
from tests.support.world import ELSEWHERE, HERE
from tests.votes.test_race import at_once

OUTSIDERS = ("anyone", "unconfirmed", "member", "admin", "suspended")


@pytest.fixture
def idea(make):
    return make.idea(community=HERE)


@pytest.fixture
def there(make):
    return rooms.catalogue().by_id[make.room(ELSEWHERE).id]


@pytest.fixture
def offer(people, idea, there):
    service.offer(people["facilitator"], idea, there, reason=WHY)
    return present()


def present():
    db.session.rollback()
    return queries.find(Handover.id == db.session.scalars(select(Handover.id).order_by(Handover.id.desc())).first())


def answer(actor, offer, act="accept", words="Merci, c'est bien chez nous."):
    {"accept": service.accept, "return": service.send_back}[act](actor, offer.idea, offer.handover, words=words)
    db.session.rollback()


def test_an_offer_changes_nothing_and_the_other_team_is_told(people, idea, there, offer):
    assert (offer.handover.state, offer.handover.reason, idea.community_id) == ("open", WHY, offer.handover.from_id)
    notice = told("handover.open")
    assert set(notice) == {people["neighbour"].id} and notice[people["neighbour"].id].facts["handover"] == offer.id
    for who in ("facilitator", "neighbour", "coordinator"):
        assert [one.id for one in queries.waiting_for(people[who])] == [offer.id]
    assert queries.waiting_for(people["member"]) == [] and lines() == []


def test_accepted_it_changes_community_with_the_reason_of_the_offer(people, idea, there, offer):
    answer(people["neighbour"], offer)
    assert idea.community_id == there.id and present().handover.state == "accepted"
    assert (last().kind, last().reason, last().by_id) == ("hand_over", WHY, people["neighbour"].id)
    assert told("measure.lead")[idea.author_id].facts["community"] == there.id
    assert told("handover.accepted")[people["facilitator"].id].facts["reason"].startswith("Merci")
    assert lines() == [("hand_over", WHY, "idea")] and queries.waiting_for(people["coordinator"]) == []
    with pytest.raises(Forbidden):
        undo(people["neighbour"])
    undo(people["coordinator"])
    db.session.rollback()
    assert idea.community_id == offer.handover.from_id


def test_returned_it_stays_and_whoever_offered_reads_why(people, idea, offer):
    answer(people["neighbour"], offer, "return", "Ce n'est pas notre sujet.")
    assert idea.community_id == offer.handover.from_id and present().handover.state == "returned"
    assert told("handover.returned")[people["facilitator"].id].facts["reason"] == "Ce n'est pas notre sujet."
    assert lines() == []


def test_a_coordinator_answers_their_own_offer_without_a_notice(people, idea, there):
    service.offer(people["coordinator"], idea, there, reason=WHY)
    answer(people["coordinator"], present())
    assert told("handover.accepted") == {}


def test_cancelled_by_the_team_that_made_it_only(make, people, idea, there, offer):
    for actor in (people["neighbour"], *(people[who] for who in OUTSIDERS)):
        with pytest.raises(NotFound):
            service.cancel(actor, offer.idea, offer.handover)
    service.cancel(make.actor(facilitates=[HERE]), offer.idea, offer.handover)
    for act in ("accept", "return"):
        with pytest.raises(Conflict):
            answer(people["neighbour"], present(), act)
    with pytest.raises(Conflict):
        service.cancel(people["facilitator"], offer.idea, offer.handover)
    service.offer(people["facilitator"], idea, there, reason=WHY)


def test_one_open_offer_for_an_idea_even_at_once(app, people, idea, there):
    idea_id = idea.id

    def offer():
        try:
            service.offer(people["facilitator"], db.session.get_one(Idea, idea_id), there, reason=WHY)
        except Conflict:
            db.session.rollback()

    at_once(app, [offer] * 6)
    assert len(db.session.scalars(select(Handover)).all()) == 1


def test_two_answers_at_once_are_one(app, make, people, offer):
    teams = [people["neighbour"], make.actor(facilitates=[ELSEWHERE])]
    offer_id = offer.id

    def reply(actor, act):
        def run():
            try:
                answer(actor, queries.find(Handover.id == offer_id), act)
            except (Conflict, NotFound):
                db.session.rollback()
        return run

    at_once(app, [reply(actor, act) for actor in teams for act in ("accept", "return")])
    assert len(told("handover.accepted")) + len(told("handover.returned")) == 1


def test_nobody_else_offers_nor_answers(people, idea, there, offer):
    for actor in (people["neighbour"], *(people[who] for who in OUTSIDERS)):
        with pytest.raises(Forbidden):
            service.offer(actor, idea, there, reason=WHY)
    with pytest.raises(Forbidden):
        answer(people["facilitator"], offer)
    for who in OUTSIDERS:
        with pytest.raises(NotFound):
            answer(people[who], offer)
        assert not policy.HANDOVER_READ.permits(people[who], offer)
    assert present().handover.state == "open"


def test_only_public_ideas_are_offered_and_never_across_a_private_wall(make, people, there):
    for status, columns in (("pending", {}), ("published", {"hidden_at": clock.now()}), ("published", {"deleted_at": clock.now()}),
                            ("draft", {}), ("published", {"merged_into": make.idea().id})):
        with pytest.raises(Forbidden):
            service.offer(people["facilitator"], make.idea(community=HERE, status=status, **columns), there, reason=WHY)
    secluded = make.community(is_private=True)
    with pytest.raises(Forbidden):
        service.offer(people["coordinator"], make.idea(community=secluded), there, reason=WHY)
    with pytest.raises(Forbidden):
        service.offer(people["coordinator"], make.idea(community_id=None), there, reason=WHY)
    for slug in (secluded.slug, HERE):
        with pytest.raises(Invalid):
            service.offer(people["facilitator"], make.idea(community=HERE),
                          rooms.catalogue().by_id[make.room(slug).id], reason=WHY)
    archived_id = make.community(archived_at=clock.now()).id
    archived = rooms.catalogue().by_id[archived_id]
    with pytest.raises(Invalid):
        service.offer(people["facilitator"], make.idea(community=HERE), archived, reason=WHY)


def test_an_idea_that_is_hidden_meanwhile_is_shown_to_nobody_new(people, idea, offer):
    measures.hide(people["facilitator"], idea, reason=WHY)
    with pytest.raises(NotFound):
        answer(people["neighbour"], offer)
    assert queries.waiting_for(people["neighbour"]) == []
    assert queries.open_offer(idea).id == offer.id
    service.cancel(people["facilitator"], offer.idea, offer.handover)


def test_an_idea_that_its_author_moved_meanwhile_is_not_taken(make, people, idea, offer):
    make.at(idea, community_id=make.room("logement-social-et-abordable").id)
    with pytest.raises(Conflict):
        answer(people["neighbour"], present())

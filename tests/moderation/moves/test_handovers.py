"""Handing an idea over: offered, accepted or returned with words, cancelled; it stays where it is meanwhile."""

import pytest
from sqlalchemy import select

from app.communities.queries import get_rooms
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.ideas.models import Idea
from app.moderation.measures.service import contents as measures
from app.moderation.moves import queries
from app.moderation.moves.models import Handover
from app.moderation.moves.service import handovers as service
from tests.moderation.gestures import WHY, last_measure, lines, undo
from tests.support.races import at_once
from tests.support.rows import notices_by_user
from tests.support.world import ELSEWHERE, HERE


@pytest.fixture
def there(app):
    return get_rooms().by_slug[ELSEWHERE]


@pytest.fixture
def offer(people, idea, there):
    service.offer(people["facilitator"], idea, there, reason=WHY)
    return present()


def present():
    db.session.rollback()
    return queries.find_offer(
        Handover.id == db.session.scalars(select(Handover.id).order_by(Handover.id.desc())).first()
    )


def answer(actor, offer, act="accept", words="Merci, c'est bien chez nous."):
    {"accept": service.accept, "return": service.send_back}[act](actor, offer.idea, offer.handover, answer=words)
    db.session.rollback()


def test_an_offer_changes_nothing_and_the_other_team_is_told(people, idea, there, offer):
    assert (offer.handover.state, offer.handover.reason, idea.community_id) == ("open", WHY, offer.handover.from_id)
    notice = notices_by_user("handover.open")
    assert set(notice) == {people["neighbour"].id} and notice[people["neighbour"].id].facts["handover"] == offer.id
    for who in ("facilitator", "neighbour", "coordinator"):
        assert [one.id for one in queries.list_open_offers(people[who])] == [offer.id]
    assert queries.list_open_offers(people["member"]) == [] and lines() == []


def test_accepted_it_changes_community_with_the_reason_of_the_offer(people, idea, there, offer):
    answer(people["neighbour"], offer)
    assert idea.community_id == there.id and present().handover.state == "accepted"
    measure = last_measure()
    assert (measure.kind, measure.reason, measure.by_id) == ("hand_over", WHY, people["neighbour"].id)
    assert notices_by_user("measure.lead")[idea.author_id].facts["community"] == there.id
    assert notices_by_user("handover.accepted")[people["facilitator"].id].facts["reason"].startswith("Merci")
    assert lines() == [("hand_over", WHY, "idea")] and queries.list_open_offers(people["coordinator"]) == []
    with pytest.raises(Forbidden):
        undo(people["neighbour"])
    undo(people["coordinator"])
    db.session.rollback()
    assert idea.community_id == offer.handover.from_id


def test_returned_it_stays_and_whoever_offered_reads_why(people, idea, offer):
    answer(people["neighbour"], offer, "return", "Ce n'est pas notre sujet.")
    assert idea.community_id == offer.handover.from_id and present().handover.state == "returned"
    assert notices_by_user("handover.returned")[people["facilitator"].id].facts["reason"] == "Ce n'est pas notre sujet."
    assert lines() == []


def test_a_coordinator_answers_their_own_offer_without_a_notice(people, idea, there):
    service.offer(people["coordinator"], idea, there, reason=WHY)
    answer(people["coordinator"], present())
    assert notices_by_user("handover.accepted") == {}


def test_cancelled_by_the_team_that_made_it_only(make, people, idea, there, offer):
    with pytest.raises(NotFound):
        service.cancel(people["neighbour"], offer.idea, offer.handover)
    service.cancel(make.actor(facilitates=[HERE]), offer.idea, offer.handover)
    for act in ("accept", "return"):
        with pytest.raises(Conflict):
            answer(people["neighbour"], present(), act)
    with pytest.raises(Conflict):
        service.cancel(people["facilitator"], offer.idea, offer.handover)
    service.offer(people["facilitator"], idea, there, reason=WHY)


def test_one_open_offer_for_an_idea_even_at_once(app, people, idea, there):
    fae, idea_id = people["facilitator"], idea.id
    at_once(app, [lambda: service.offer(fae, db.session.get_one(Idea, idea_id), there, reason=WHY)] * 6, Conflict)
    assert len(db.session.scalars(select(Handover)).all()) == 1


def test_two_answers_at_once_are_one(app, make, people, offer):
    teams = [people["neighbour"], make.actor(facilitates=[ELSEWHERE])]
    offer_id = offer.id

    def reply(actor, act):
        return lambda: answer(actor, queries.find_offer(Handover.id == offer_id), act)

    at_once(app, [reply(actor, act) for actor in teams for act in ("accept", "return")], Conflict, NotFound)
    assert len(notices_by_user("handover.accepted")) + len(notices_by_user("handover.returned")) == 1


def test_nobody_else_offers_nor_answers(people, idea, there, offer):
    with pytest.raises(Forbidden):
        service.offer(people["neighbour"], idea, there, reason=WHY)
    with pytest.raises(Forbidden):
        answer(people["facilitator"], offer)
    with pytest.raises(NotFound):
        answer(people["member"], offer)
    assert present().handover.state == "open"


def test_nothing_is_offered_to_oneself_across_a_private_wall_or_to_what_is_archived(make, people):
    private_slug, archived_slug = make.community(is_private=True).slug, make.community(archived_at=clock.now()).slug
    for slug in (private_slug, HERE, archived_slug):
        with pytest.raises(Invalid):
            service.offer(people["facilitator"], make.idea(community=HERE), get_rooms().by_slug[slug], reason=WHY)


def test_an_idea_that_is_hidden_meanwhile_is_shown_to_nobody_new(people, idea, offer):
    measures.hide(people["facilitator"], idea, reason=WHY)
    with pytest.raises(NotFound):
        answer(people["neighbour"], offer)
    assert queries.list_open_offers(people["neighbour"]) == []
    assert queries.find_open_offer(idea).id == offer.id
    service.cancel(people["facilitator"], offer.idea, offer.handover)


def test_an_idea_that_its_author_moved_meanwhile_is_not_taken(make, people, idea, offer):
    make.at(idea, community_id=make.room("logement-social-et-abordable").id)
    with pytest.raises(Conflict):
        answer(people["neighbour"], present())

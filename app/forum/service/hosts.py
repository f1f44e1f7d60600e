"""Holding a topic with its host: offered by whoever wants to, accepted by its host in one press."""

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.forum import policy
from app.forum.models import ForumTopicHost
from app.forum.pace import count_press
from app.forum.participants import Participant, list_rows
from app.forum.queries import topics

GONE = N_("Cette personne ne propose plus de coanimer ce sujet.")


@command(also=list_rows)
def offer(actor: Actor, who: Participant) -> None:
    """Offer to hold a topic with its host; a second time changes nothing."""
    topic = policy.get_topic(who)
    require(actor, policy.OFFER_TO_HOST, who)
    place = who.registration
    assert place is not None, "granted to who has a place"
    count_press(actor, place.id)
    guest = {} if actor.is_someone else {"name": topics.get_guest_name(place)}
    insert_once(
        ForumTopicHost,
        topic_id=topic.id,
        registration_id=place.id,
        user_id=actor.id,
        **{"name": ""} | guest,
        asked_at=clock.now(),
    )


@command(also=list_rows)
def withdraw(actor: Actor, who: Participant) -> None:
    """Take the offer back, or hold the topic no more."""
    topic = policy.get_topic(who)
    require(actor, policy.OFFER_TO_HOST, who)
    place = who.registration
    assert place is not None, "granted to who has a place"
    count_press(actor, place.id)
    found = topics.find_host(topic.id, place.id)
    if found:
        db.session.delete(found)


@command(also=list_rows)
def accept(actor: Actor, who: Participant, registration_id: int) -> None:
    """Have somebody who offered to hold the topic with its host. Raise Conflict where they do not offer any more."""
    topic = policy.get_topic(who)
    require(actor, policy.ACCEPT_HOST, who)
    found = topics.find_host(topic.id, registration_id)
    if found is None:
        raise Conflict(GONE)
    if found.accepted_at is None:
        found.accepted_at = clock.now()

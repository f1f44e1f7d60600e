"""Holding a topic with its host: offered by whoever wants to, accepted by its host in one press."""

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.forum import policy
from app.forum.models import ForumTopicHost
from app.forum.pace import count_press
from app.forum.participants import Participant, list_rows
from app.forum.queries import topics
from app.forum.signals import HostChanged

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
    is_new = insert_once(
        ForumTopicHost,
        topic_id=topic.id,
        registration_id=place.id,
        user_id=actor.id,
        **{"name": ""} | guest,
        asked_at=clock.now(),
    )
    if is_new:
        tell(HostChanged(topic.id, place.id, actor.id, "offered", by=actor.id))


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
        what = "left" if found.accepted_at else "taken_back"
        db.session.delete(found)
        tell(HostChanged(topic.id, place.id, actor.id, what, by=actor.id))


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
        tell(HostChanged(topic.id, registration_id, found.user_id, "accepted", by=actor.id))

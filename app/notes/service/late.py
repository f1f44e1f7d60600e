"""What was typed before the close and came after: the coordination takes it up as a correction, or sets it aside."""

from app.core import clock
from app.core.actor import Actor
from app.core.permits import require
from app.core.unit import command
from app.forum import policy as forum
from app.forum.participants import Participant
from app.notes import policy, writers
from app.notes.queries import texts
from app.notes.service.rows import begin, list_rows
from app.notes.service.texts import get_part, keep_late


@command(also=list_rows)
def settle(actor: Actor, who: Participant, version_id: int) -> None:
    """Say that a late text was read, so that it waits no more; it is kept. A second time changes nothing."""
    require(actor, policy.CORRECT, who)
    version = texts.get_late(forum.get_topic(who).id, version_id)
    if version.settled_at is None:
        version.settled_at, version.settled_by = clock.now(), actor.own_id


@command(also=list_rows)
def bring(actor: Actor, who: Participant, text: str, *, key: str) -> None:
    """Keep a line that was typed before the close, as a text of the coordination; the same sending counts once."""
    require(actor, policy.SEND_LATE, who)
    topic_id = forum.get_topic(who).id
    begin(topic_id)
    sent_as = writers.name_sending(key, actor, who, text)
    if texts.find_sent(topic_id, sent_as) is None:
        keep_late(actor, who, get_part(topic_id, 1), text, sent_as)

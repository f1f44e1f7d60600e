"""Who may do what with a Forum ouvert: the page of law. A forum is the meeting's: who runs it runs the forum."""

from datetime import timedelta

from app.communities import policy as communities
from app.core import clock
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another
from app.events import policy as events
from app.forum.models import Forum, ForumTopic
from app.forum.participants import Participant

# Whoever acts on a topic, by their place; or the topic alone, of which anybody is asked by their account.
Subject = Participant | ForumTopic
# For how long after its meeting a pass holds; how long before it, and after, people are at its doors.
PASS_LASTS, DOORS_OPEN = timedelta(hours=24), timedelta(hours=2)


def is_public(actor: Actor, forum: Forum) -> bool:
    return events.is_public(actor, forum.event)


def runs_it(actor: Actor, forum: Forum) -> bool:
    return events.runs_it(actor, forum.event)


def is_hidden_from_most(actor: Actor, forum: Forum) -> bool:
    """Its meeting is hidden, and this person decides on it."""
    return events.decides_on_it(actor, forum.event) and forum.event.is_hidden


def is_own(actor: Actor, forum: Forum) -> bool:
    """They wrote the meeting, which they read whatever becomes of it."""
    return events.READ_OWN.permits(actor, forum.event)


def is_kept(_actor: Actor, forum: Forum) -> bool:
    return not forum.event.is_deleted


def is_shown(_actor: Actor, forum: Forum) -> bool:
    return not forum.event.is_hidden


def is_not_cancelled(_actor: Actor, forum: Forum) -> bool:
    """Its meeting is held, or was."""
    return not forum.event.is_cancelled


def was_published(_actor: Actor, forum: Forum) -> bool:
    """Its meeting was published: people may come."""
    return not forum.event.is_draft


def is_no_rehearsal(_actor: Actor, forum: Forum) -> bool:
    return not forum.event.is_rehearsal


def is_rehearsal(_actor: Actor, forum: Forum) -> bool:
    """It rehearses another: its team alone reads it, and acts in it as participants do."""
    return forum.event.is_rehearsal


def may_begin(actor: Actor, forum: Forum) -> bool:
    """Its meeting was published, so that people may come, or it is a rehearsal."""
    return was_published(actor, forum) or is_rehearsal(actor, forum)


def is_read_by_those_who_come(actor: Actor, forum: Forum) -> bool:
    return is_public(actor, forum) or (is_rehearsal(actor, forum) and runs_it(actor, forum))


def is_open(_actor: Actor, forum: Forum) -> bool:
    """Neither it nor its meeting is closed: from then on it is only read."""
    return not forum.is_closed and not forum.event.is_closed


def is_to_come(_actor: Actor, forum: Forum) -> bool:
    return not forum.has_begun


def is_running(actor: Actor, forum: Forum) -> bool:
    """Its meeting is published and held, in sight, and neither is closed: people write in it. So does a rehearsal."""
    is_held = may_begin(actor, forum) and is_not_cancelled(actor, forum)
    return is_held and is_kept(actor, forum) and is_shown(actor, forum) and is_open(actor, forum)


def gives_passes(_actor: Actor, forum: Forum) -> bool:
    """Its meeting is to come, or ended less than a day ago: whoever has no account may come in."""
    return clock.now() < forum.event.ends_at + PASS_LASTS


def is_in_the_room(_actor: Actor, forum: Forum) -> bool:
    """People are in its room, or arrive there: two hours before it begins, or once its marketplace was opened."""
    event, now = forum.event, clock.now()
    has_doors_open = forum.has_begun or now >= event.starts_at - DOORS_OPEN
    return event.is_in_person and has_doors_open and now < event.ends_at + DOORS_OPEN


def may_write(actor: Actor, who: Participant) -> bool:
    """They have no account, or one that may take part there."""
    return not actor.is_someone or communities.may_take_part_there(actor, who.forum.event)


def comes(_actor: Actor, who: Participant) -> bool:
    """They have a place at the meeting, or wait for one."""
    return who.registration is not None and who.registration.is_coming


def enters(actor: Actor, who: Participant) -> bool:
    return ENTER.permits(actor, who.forum)


def takes_part(actor: Actor, who: Participant) -> bool:
    """They have a place, and if they have an account, it may take part there."""
    return who.has_place and may_write(actor, who) and is_read_by_those_who_come(actor, who.forum)


def runs_this(actor: Actor, who: Subject) -> bool:
    return runs_it(actor, who.forum)


def is_running_now(actor: Actor, who: Subject) -> bool:
    return is_running(actor, who.forum)


def wrote_topic(actor: Actor, who: Subject) -> bool:
    """They pitched it with their account."""
    return actor.is_someone and get_topic(who).author_id == actor.id


def hosts_it(actor: Actor, who: Subject) -> bool:
    """They pitched it: with their account, or from their place."""
    return hosts(actor, who, get_topic(who))


def hosts(actor: Actor, who: Subject, topic: ForumTopic) -> bool:
    from_place = isinstance(who, Participant) and who.pitched(topic)
    return from_place or wrote_topic(actor, topic)


def hosts_it_not(actor: Actor, who: Subject) -> bool:
    return not hosts_it(actor, who)


def reads_forum(actor: Actor, who: Subject) -> bool:
    return READ.permits(actor, who.forum)


def is_topic_in_sight(_actor: Actor, who: Subject) -> bool:
    return get_topic(who).is_in_sight


def is_topic_kept(_actor: Actor, who: Subject) -> bool:
    return not get_topic(who).is_deleted


def is_topic_shown(_actor: Actor, who: Subject) -> bool:
    """The team did not hide it."""
    return not get_topic(who).is_hidden and not get_topic(who).is_deleted


def is_topic_hidden(_actor: Actor, who: Subject) -> bool:
    return get_topic(who).is_hidden


def is_of_no_rehearsal(actor: Actor, who: Subject) -> bool:
    return is_no_rehearsal(actor, who.forum)


def decides_on_topic(actor: Actor, who: Subject) -> bool:
    """The charge of the community of its meeting, or that of another when nobody but its author has it."""
    event = who.forum.event
    is_near = communities.stands_in(actor, event, get_topic(who).author_id)
    return communities.facilitates(actor, event) or is_near


def topic_is_of_another(actor: Actor, who: Subject) -> bool:
    """Somebody else pitched it, and this person did not report it."""
    return is_of_another(actor, get_topic(who))


def is_topic_waiting(_actor: Actor, who: Subject) -> bool:
    return get_topic(who).is_waiting


def is_topic_live(_actor: Actor, who: Subject) -> bool:
    """It was neither withdrawn nor joined to another."""
    return not get_topic(who).is_withdrawn and not get_topic(who).is_joined


def is_not_placed(_actor: Actor, who: Subject) -> bool:
    """It has no room yet: once it has one, people count on it as it is."""
    return not get_topic(who).is_placed


def get_topic(who: Subject) -> ForumTopic:
    """Return the topic that a participant acts on, or that is asked of."""
    topic = who if isinstance(who, ForumTopic) else who.topic
    assert topic is not None, "a right on a topic is asked with one"
    return topic


READ = Permission("forum:read", [is_public], [runs_it, is_kept], [is_hidden_from_most, is_kept], [is_own])
CREATE = Permission(
    "forum:create", [events.runs_it, events.is_kept, events.is_shown, events.is_not_closed, events.is_not_cancelled]
)
ARRANGE = Permission("forum:arrange", [runs_it, is_kept, is_shown, is_not_cancelled, is_open])
MOVE_PHASE = Permission("forum:move_phase", [runs_it, is_kept, is_shown, is_not_cancelled, is_open, may_begin])
# Coming in without an account; saying who one is, from one's place, and that one is in the room.
ENTER = Permission(
    "forum:enter",
    [is_public, is_not_cancelled, is_open, gives_passes],
    [runs_it, is_rehearsal, is_kept, is_open, gives_passes],
)
BE_THERE = Permission("forum:be_there", [comes, may_write, enters])
REMOVE = Permission("forum:remove", [runs_it, is_kept, is_shown, is_to_come, is_no_rehearsal])
# A rehearsal of a forum is begun, begun again or joined by its team, until people come; it is taken away at any time.
REHEARSE = Permission(
    "forum:rehearse", [runs_it, is_kept, is_shown, is_not_cancelled, is_open, is_to_come, is_no_rehearsal]
)
END_REHEARSAL = Permission("forum:end_rehearsal", [runs_it, is_kept, is_no_rehearsal])
PITCH = Permission("forum:pitch", [takes_part, is_running_now], [runs_this, is_running_now])
TAKE_PAUSE = Permission("forum:take_pause", [takes_part, is_running_now])
ANNOUNCE = Permission("forum:announce", [runs_this, is_running_now])
READ_TOPIC = Permission(
    "topic:read",
    [reads_forum, is_topic_in_sight],
    [reads_forum, runs_this, is_topic_kept],
    [reads_forum, hosts_it, is_topic_kept],
    [reads_forum, decides_on_topic, is_topic_kept, is_topic_hidden],
)
READ_OWN_TOPIC = Permission("topic:read_own", [reads_forum, wrote_topic, is_topic_kept])
HIDE_TOPIC = Permission(
    "topic:hide",
    [reads_forum, is_of_no_rehearsal, decides_on_topic, topic_is_of_another, is_topic_kept, is_topic_shown],
)
RESTORE_TOPIC = Permission(
    "topic:restore", [reads_forum, decides_on_topic, topic_is_of_another, is_topic_kept, is_topic_hidden]
)
EDIT_TOPIC = Permission(
    "topic:edit",
    [takes_part, hosts_it, is_running_now, is_topic_shown, is_topic_live, is_not_placed],
    [runs_this, is_running_now, is_topic_shown, is_topic_live],
)
WITHDRAW_TOPIC = Permission(
    "topic:withdraw",
    [takes_part, hosts_it, is_running_now, is_topic_shown, is_topic_live],
    # What waits is refused with a reason instead.
    [runs_this, is_running_now, is_topic_in_sight, is_topic_live],
)
BE_INTERESTED = Permission(
    "topic:be_interested", [takes_part, hosts_it_not, is_running_now, is_topic_in_sight, is_topic_live]
)
GO = Permission("topic:go", [takes_part, is_running_now, is_topic_in_sight, is_topic_live])
OFFER_TO_HOST = Permission(
    "topic:offer_to_host", [takes_part, hosts_it_not, is_running_now, is_topic_in_sight, is_topic_live]
)
ACCEPT_HOST = Permission(
    "topic:accept_host",
    [takes_part, hosts_it, is_running_now, is_topic_in_sight, is_topic_live],
    [runs_this, is_running_now, is_topic_in_sight, is_topic_live],
)
ADMIT_TOPIC = Permission(
    "topic:admit", [runs_this, topic_is_of_another, is_running_now, is_topic_waiting, is_topic_shown, is_topic_live]
)
COUNT_HANDS = Permission("topic:count_hands", [runs_this, is_running_now, is_topic_in_sight, is_topic_live])
JOIN_TOPIC = Permission("topic:join", [runs_this, is_running_now, is_topic_in_sight, is_topic_live])
PLACE_TOPIC = Permission("topic:place", [runs_this, is_running_now, is_topic_in_sight, is_topic_live])
COPY_WALL = Permission("forum:copy_wall", [runs_this, is_running_now])

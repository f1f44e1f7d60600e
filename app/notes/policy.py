"""Who may do what with the notes of a session: the page of law. A session is a topic that has a room and an hour."""

from datetime import timedelta

from app.core import clock
from app.core.actor import Actor
from app.core.permits import Permission, is_coordinator, may_take_part
from app.forum import policy as forum
from app.forum.models import Forum
from app.forum.participants import Participant
from app.ideas import policy as ideas
from app.notes.models import NEW
from app.notes.said import Said

# For how long after the close what was typed before it is still taken, and kept for the coordination.
LATE = timedelta(hours=24)


def reads_topic(actor: Actor, who: Participant) -> bool:
    return forum.READ_TOPIC.permits(actor, who)


def has_place(_actor: Actor, who: Participant) -> bool:
    """They came to the forum, or come."""
    return who.has_place


def is_session(_actor: Actor, who: Participant) -> bool:
    """It has a room and an hour."""
    return forum.get_topic(who).is_placed


def closed_lately(_actor: Actor, who: Participant) -> bool:
    """The forum was closed less than a day ago: a network may still bring what was typed in it."""
    return who.forum.is_closed and clock.now() < who.forum.phase_at + LATE


def is_over(_actor: Actor, who: Participant) -> bool:
    return who.forum.is_closed


def is_not_over(_actor: Actor, who: Participant) -> bool:
    return not who.forum.is_closed


def reads_forum(actor: Actor, found: Forum) -> bool:
    return forum.READ.permits(actor, found)


def is_closed(_actor: Actor, found: Forum) -> bool:
    return found.is_closed


def is_shown_to_all(actor: Actor, who: Participant) -> bool:
    """Its meeting was published, and is not hidden: nothing of a draft, nor of a rehearsal, leads elsewhere."""
    return forum.was_published(actor, who.forum) and forum.is_shown(actor, who.forum)


def wrote_line(actor: Actor, said: Said) -> bool:
    """They wrote it in the session, with their account."""
    return actor.is_someone and said.writer_id == actor.id


def is_of_reviewer(_actor: Actor, said: Said) -> bool:
    """It became a new idea, whose author is still whoever published it."""
    return said.line.fate == NEW and said.idea.author_id == said.line.review_by


def is_not_theirs(actor: Actor, said: Said) -> bool:
    return said.idea.author_id != actor.id


def reads_idea(actor: Actor, said: Said) -> bool:
    return said.idea.is_public and ideas.READ.permits(actor, said.idea)


READ = Permission("notes:read", [reads_topic])
# Closed, a correction may take a name out: what was written before is its team's to read.
READ_UNPUBLISHED = Permission(
    "notes:read_unpublished", [reads_topic, has_place, is_not_over], [reads_topic, forum.runs_this]
)
WRITE = Permission(
    "notes:write",
    [forum.takes_part, forum.is_running_now, forum.is_topic_in_sight, forum.is_topic_live, is_session],
    [forum.runs_this, forum.is_running_now, forum.is_topic_in_sight, forum.is_topic_live, is_session],
)
PUBLISH = Permission(
    "notes:publish",
    [forum.takes_part, forum.hosts_it, forum.is_running_now, forum.is_topic_in_sight, forum.is_topic_live, is_session],
    [forum.runs_this, forum.is_running_now, forum.is_topic_in_sight, forum.is_topic_live, is_session],
)
SEND_LATE = Permission(
    "notes:send_late",
    [reads_topic, forum.takes_part, closed_lately, is_session],
    [reads_topic, forum.runs_this, closed_lately, is_session],
)
# Closed, a forum is only read: what stands in its notes is corrected by the coordination, with a reason.
CORRECT = Permission(
    "notes:correct",
    [is_coordinator, reads_topic, is_over, forum.is_topic_in_sight, forum.is_topic_live, is_session],
)
# One line that hurts somebody goes alone, whenever it is seen: the session stays.
WITHDRAW_LINE = Permission("notes:withdraw_line", [forum.runs_this, reads_topic])
READ_REPORT = Permission("forum:read_report", [reads_forum, is_closed])
# What was said finds its place: an idea, an action, or a reason.
REVIEW = Permission("notes:review", [forum.reads_forum, forum.runs_this, is_shown_to_all])
BECOME_AUTHOR = Permission(
    "notes:become_author", [may_take_part, wrote_line, is_of_reviewer, is_not_theirs, reads_idea]
)

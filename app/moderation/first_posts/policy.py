"""Who reads a change that waits, who lets it appear, and who takes it back."""

from datetime import timedelta

from app.accounts.models.people import User
from app.comments import policy as comments
from app.comments.models import Comment
from app.core import permits
from app.core.actor import Actor
from app.core.permits import Permission
from app.ideas import policy as ideas
from app.ideas.models import OPEN, Idea
from app.moderation.first_posts.models import HeldChange

# How long whoever let a first post appear may take it back; its author is told once this is over.
TIME_TO_UNPUBLISH = timedelta(minutes=1)


def wrote_it(actor: Actor, change: HeldChange) -> bool:
    return actor.is_someone and change.revision.by_id == actor.id


def did_not_write_it(actor: Actor, change: HeldChange) -> bool:
    return not wrote_it(actor, change)


def change_is_of_another(actor: Actor, change: HeldChange) -> bool:
    """Somebody else wrote it, and this person did not report the text it would change.

    Of a person: neither their profile, nor what they wrote and a colleague still examines.
    """
    if isinstance(change.subject, User):
        person = change.subject.id
        return person != actor.id and actor.reported_subjects.isdisjoint({("user", person), ("profile_of", person)})
    return permits.is_of_another(actor, change.subject)


def has_charge_of_it(actor: Actor, change: HeldChange) -> bool:
    """The charge of the community where the text is; of a person, that of a community where they posted."""
    if isinstance(change.subject, Idea):
        return ideas.moderates_it(actor, change.subject)
    if isinstance(change.subject, Comment):
        return comments.moderates_it(actor, change.subject)
    return actor.is_coordinator or bool(actor.facilitates & change.community_ids)


def waits(_actor: Actor, change: HeldChange) -> bool:
    return change.revision.is_open


def is_kept(_actor: Actor, change: HeldChange) -> bool:
    """It waits, or was refused: its author still has the words."""
    return change.revision.state != "closed"


def is_in_place(_actor: Actor, change: HeldChange) -> bool:
    """What it would change is public, and may still change: it is not joined to another, archived or withdrawn.

    What the team hid is not public, and its author wrote it again for the team.
    """
    subject = change.subject
    if isinstance(subject, User):
        return not subject.is_closed
    is_second_try = subject.is_hidden and change.revision.is_again and not subject.is_deleted
    if isinstance(subject, Comment):
        return subject.is_visible or (is_second_try and subject.status == "published")
    return subject.is_open or (is_second_try and subject.status in OPEN and not subject.is_merged)


READ = Permission("held_revision:read", [wrote_it, is_kept], [has_charge_of_it, did_not_write_it, waits])
WITHDRAW = Permission("held_revision:withdraw", [wrote_it, is_kept])
ADMIT = Permission("held_revision:admit", [has_charge_of_it, change_is_of_another, waits, is_in_place])

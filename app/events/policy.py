"""Who may do what with a meeting: the page of law."""

from app.communities import policy as communities
from app.core import clock
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another, may_take_part
from app.events.models.meetings import PUBLISHED, Event
from app.events.models.running import CHARGE_HOURS


def is_public(actor: Actor, event: Event) -> bool:
    return event.is_published and communities.sees(actor, event)


def is_author(actor: Actor, event: Event) -> bool:
    return actor.is_someone and event.author_id == actor.id


def is_someone(actor: Actor, _subject: object) -> bool:
    return actor.is_someone


def is_seen(actor: Actor, event: Event) -> bool:
    return communities.sees(actor, event)


def is_kept(_actor: Actor, event: Event) -> bool:
    return not event.is_deleted


def is_shown(_actor: Actor, event: Event) -> bool:
    return not event.is_hidden


def is_hidden(_actor: Actor, event: Event) -> bool:
    return event.is_hidden


def is_draft(_actor: Actor, event: Event) -> bool:
    return event.is_draft


def is_no_rehearsal(_actor: Actor, event: Event) -> bool:
    return not event.is_rehearsal


def was_published(_actor: Actor, event: Event) -> bool:
    return not event.is_draft


def is_on(_actor: Actor, event: Event) -> bool:
    """Published, and neither closed nor cancelled: it is held, or was."""
    return event.status == PUBLISHED


def is_not_closed(_actor: Actor, event: Event) -> bool:
    """Once the account of it is published, a meeting is read and no more written."""
    return not event.is_closed


def is_not_cancelled(_actor: Actor, event: Event) -> bool:
    return not event.is_cancelled


def has_charges(_actor: Actor, event: Event) -> bool:
    """Its charges have not ended, as they do by themselves: one that is given holds."""
    return event.ends_at > clock.ago(hours=CHARGE_HOURS)


def has_begun(_actor: Actor, event: Event) -> bool:
    return event.has_begun


def takes_registrations(_actor: Actor, event: Event) -> bool:
    return event.takes_registrations


def moderates_it(actor: Actor, event: Event) -> bool:
    return communities.facilitates(actor, event)


def decides_on_it(actor: Actor, event: Event) -> bool:
    """The charge of its community, or that of another when nobody but its author has it."""
    return moderates_it(actor, event) or communities.stands_in(actor, event, event.author_id)


def runs_it(actor: Actor, event: Event) -> bool:
    """They are of its team: they have the charge of its community, of another that it concerns, or of all."""
    return moderates_it(actor, event) or not actor.facilitates.isdisjoint(event.other_ids)


def keeps_its_door(actor: Actor, event: Event) -> bool:
    """Its team gave them the charge of its door, which has not ended."""
    return event.id in actor.doors


def writes_its_minutes(actor: Actor, event: Event) -> bool:
    """Its team gave them the charge of its minutes, which has not ended."""
    return event.id in actor.secretary_of


READ = Permission("event:read", [is_public], [runs_it, is_kept], [decides_on_it, is_kept, is_hidden])
READ_OWN = Permission("event:read_own", [is_author, is_seen, was_published, is_kept])
CREATE = Permission("event:create", [communities.has_any_charge, may_take_part])
EDIT = Permission("event:edit", [runs_it, is_kept, is_shown, is_not_closed])
PUBLISH = Permission("event:publish", [runs_it, is_kept, is_shown, is_draft, is_no_rehearsal])
MOVE = Permission("event:move", [runs_it, is_kept, is_shown, is_on])
CANCEL = Permission("event:cancel", [runs_it, is_kept, is_shown, is_on])
CLOSE = Permission(
    "event:close",
    [runs_it, is_kept, is_shown, is_on, has_begun],
    [writes_its_minutes, is_public, is_on, has_begun],
)
CLONE = Permission("event:clone", [moderates_it, is_kept, may_take_part])
DELETE = Permission("event:delete", [runs_it, is_kept])
HIDE = Permission("event:hide", [decides_on_it, is_of_another, was_published, is_kept, is_shown])
RESTORE = Permission("event:restore", [decides_on_it, is_of_another, is_kept, is_hidden])
GIVE_CHARGE = Permission("event:give_charge", [runs_it, is_kept, is_shown, is_not_cancelled, has_charges])
EXPORT = Permission("event:export", [communities.has_any_charge])
REGISTER = Permission("event:register", [is_public, is_on, takes_registrations])
KEEP_DOOR = Permission(
    "event:keep_door",
    [runs_it, is_kept, is_shown, was_published, is_not_cancelled],
    [keeps_its_door, is_public, is_not_cancelled],
)
READ_DOOR = Permission(
    "event:read_door",
    [runs_it, is_kept, is_shown, was_published],
    [keeps_its_door, is_public],
)
READ_PEOPLE = Permission("event:read_people", [runs_it, is_kept, was_published])
ERASE_GUEST = Permission("event:erase_guest", [runs_it, is_kept, was_published])
RELEASE_PLACE = Permission("event:release_place", [runs_it, is_kept, is_shown, is_on])
WRITE_MINUTES = Permission(
    "event:write_minutes",
    [runs_it, is_kept, is_shown, was_published, is_not_cancelled],
    [writes_its_minutes, is_public, is_not_cancelled],
)
# One's own meetings, and their calendar at a secret address.
READ_CALENDAR = Permission("calendar:read", [is_someone])

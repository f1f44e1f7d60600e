"""A place at a meeting of a private community is for who may read it: whoever is out of it has none, and is told."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from app.accounts.models.people import User
from app.accounts.signals import SiteRoleGiven
from app.communities.actors import actor_for
from app.communities.models import Membership
from app.communities.signals import FacilitatorRelieved, MemberLeft, MemberRemoved
from app.core import clock
from app.core.db import db
from app.core.unit import command
from app.events import mails, policy
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.events.queries import registrations
from app.events.queries.registrations import is_coming
from app.events.service import registrations as acts


def give_places_back(signal: FacilitatorRelieved | MemberLeft | MemberRemoved | SiteRoleGiven) -> None:
    """Take somebody who lost a community, or a charge, out of the meetings that they may not read any more."""
    _give_places_back(signal.user_id)


def look() -> None:
    """Find whom the clock put out: a charge ends by itself, and tells nobody."""
    for user_id in _list_outsiders():
        _give_places_back(user_id)


@command
def _give_places_back(user_id: int) -> None:
    """Give the places back to who waits. Whoever is suspended keeps theirs, for that ends; so does who has arrived."""
    person = actor_for(db.session.get_one(User, user_id))
    for event in [] if person.is_suspended else registrations.lock_meetings(user_id):
        own = registrations.find_of_user(event.id, user_id)
        if own and own.is_coming and not own.arrived_at and not policy.is_seen(person, event):
            acts.drop(event, own)
            db.session.flush()
            mails.ask_each(event, mails.OUT, [own.id])


def _list_outsiders() -> Sequence[int]:
    """Return who comes to meetings of private communities without being a member; the law says who of them may."""
    is_member = exists().where(
        Membership.user_id == EventRegistration.user_id, Membership.community_id == Event.community_id
    )
    query = select(User.id).join(EventRegistration, EventRegistration.user_id == User.id).join(EventRegistration.event)
    query = query.where(Event.is_private, Event.ends_at > clock.now(), is_coming(), ~is_member)
    return db.session.scalars(query.distinct()).all()

"""Open an account from the terminal, which whoever holds the server may use."""

from app.accounts import credentials, queries, registrations
from app.accounts import service as accounts
from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities import service as community_service
from app.core.errors import Invalid
from app.core.unit import command
from app.moderation.first_posts.service import frozen_accounts

ROLES = ("member", "facilitator", "coordinator", "admin")
NO_COMMUNITY = "A facilitator needs a community: give --community SLUG."
NOT_FOR_THEM = "--community is for facilitators alone."
NOBODY = "No account has the address %(email)s."
UNKNOWN = "There is no community at %(slug)s; there are: %(known)s."


@command
def create(*, name: str, email: str, password: str, role: str, community: str | None) -> int:
    """Make a confirmed account, with a community for a facilitator; `password` is a hash. Return its id.

    What was typed to register its address waits no more.
    Raise Invalid for an unknown role or community, or one that does not go with the other, Conflict for an address
    that has an account.
    """
    room_id = _room(role, community)
    user = accounts.create(name=name, email=email, password=password, role="member" if role == "facilitator" else role)
    registrations.take_over(user)
    if room_id:
        community_service.appoint(communities.get_community(room_id), user.id)
    return user.id


@command
def change(email: str, *, role: str | None, drops_second_factor: bool, lifts_freeze: bool = False) -> None:
    """Change the site role of an account, turn off a second factor that its owner lost, or lift a freeze.

    Raise Invalid for an address without an account or a role that can't be given, Conflict where nothing is frozen.
    """
    user = get_user(email)
    if role:
        accounts.give_site_role(user, role)
    if drops_second_factor:
        accounts.drop_second_factor(user)
    if lifts_freeze:
        frozen_accounts.thaw(user.id)


@command
def set_password(email: str, password: str) -> None:
    """Set the password of an account; `password` is a hash. Raise Invalid for an address without an account."""
    credentials.set_password(get_user(email), password)


def get_user(email: str) -> User:
    """Return the account of an address. Raise Invalid where there is none."""
    user = queries.find_by_email(email)
    if user is None:
        raise Invalid(NOBODY, email=email)
    return user


def _room(role: str, slug: str | None) -> int | None:
    if role != "facilitator":
        if slug:
            raise Invalid(NOT_FOR_THEM)
        return None
    if not slug:
        raise Invalid(NO_COMMUNITY)
    rooms = communities.get_rooms().by_slug
    if slug not in rooms:
        raise Invalid(UNKNOWN, slug=slug, known=", ".join(rooms) or "none")
    return rooms[slug].id

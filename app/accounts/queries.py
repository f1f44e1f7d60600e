"""Every SELECT on accounts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, load_only

from app.accounts import policy
from app.accounts.models.accesses import Access
from app.accounts.models.documents import CHARTER, Consent, Document
from app.accounts.models.people import Profile, User
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db, number_parameter
from app.core.errors import NotFound
from app.core.list_words import has_word
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import Permission, require
from app.core.settings import Setting
from app.core.text.plain import search_words
from app.reference.models import Organisation
from app.reference.queries import select_answering

# The number of the account that a statement built once is about.
USER = number_parameter("user")


def get_user(actor: Actor, user_id: int, permission: Permission) -> User:
    """Return an account by its number, with its territory and organisation. Raise NotFound, also if forbidden."""
    user = find_user(actor, user_id, permission)
    if user is None:
        raise NotFound()
    return user


def find_user(actor: Actor, user_id: int, permission: Permission) -> User | None:
    """Return the account as `get_user` does, or None."""
    user: User | None = db.session.scalar(_select_one(), {USER.key: user_id})
    return user if user and permission.permits(actor, user) else None


def get_users(actor: Actor, ids: Collection[int], permission: Permission) -> dict[int, User]:
    """Return those of these accounts that the actor may see, by their numbers."""
    users = db.session.scalars(select(User).where(User.id.in_(ids)))
    return {user.id: user for user in users if permission.permits(actor, user)}


@cache
def _select_one() -> Select[tuple[User]]:
    query = select(User).where(User.id == USER)
    return query.options(joinedload(User.territory), joinedload(User.organisation))


def get_profile(user: User) -> Profile:
    """Return the profile of an account: its row, or one that is not stored while nobody had to judge it."""
    found: Profile | None = db.session.scalar(_select_profile(), {USER.key: user.id})
    return found or Profile(author_id=user.id, author=user)


@cache
def _select_profile() -> Select[tuple[Profile]]:
    query = select(Profile).where(Profile.author_id == USER).execution_options(populate_existing=True)
    author = joinedload(Profile.author)
    return query.options(
        author.joinedload(User.territory), author.joinedload(User.organisation), joinedload(Profile.organisation)
    )


def find_hidden_profile(user: User) -> Profile | None:
    """Return what holds the words of somebody whose profile is hidden, or None."""
    found = get_profile(user)
    return found if found.is_hidden else None


def find_by_email(email: str) -> User | None:
    """Find an account by its address, already in its one normalised form."""
    return db.session.scalar(select(User).where(User.email == email))


def list_by_name(q: str, *, most: int = 20) -> Sequence[User]:
    """Return, by name, the people who may be given a charge and have all the words of a name; two letters at least.

    Only those whose name others read already: who chose to be found, published something, or coordinates. A member
    is trusted for what they published; only those who open the site's own accounts are so from the start.
    """
    found = search_words(q)
    if sum(map(len, found)) < 2:
        return []
    query = _select_able().where(*(has_word(User.sort_key, word) for word in found))
    return db.session.scalars(query.order_by(User.sort_key, User.id).limit(most)).all()


def find_by_choice(user_id: int) -> User | None:
    """Return an account that `list_by_name` may find, or None."""
    return db.session.scalar(_select_able().where(User.id == user_id))


def _select_able() -> Select[tuple[User]]:
    is_hidden = select(Profile.id).where(Profile.author_id == User.id, Profile.hidden_at.is_not(None)).exists()
    is_established = and_(User.trusted_at.is_not(None), User.site_role == "member")
    is_read = or_(User.shows_in_search, User.admitted_count > 0, is_established, User.site_role == "coordinator")
    query = select(User).where(
        User.confirmed_at.is_not(None), User.closed_at.is_(None), User.active, ~is_hidden, is_read
    )
    return query.options(joinedload(User.territory), joinedload(User.organisation))


def find_open_account(user_id: int) -> User | None:
    """Find an account that is not closed, for what its person signed or was sent."""
    return db.session.scalar(select(User).where(User.id == user_id, User.closed_at.is_(None)))


def list_administrators() -> Sequence[User]:
    """Return those who administer the site and may be written to."""
    is_open = and_(User.site_role == "admin", User.active, User.closed_at.is_(None), User.email.is_not(None))
    return db.session.scalars(select(User).where(is_open).order_by(User.id)).all()


def find_last_counter(user: User) -> int | None:
    """Return the time step of the last code that was used, and hold the account until the transaction ends."""
    query = dialect.lock(select(User.tf_last_counter).where(User.id == user.id))
    return db.session.scalar(query)


def list_consents(user: User) -> list[Consent]:
    query = select(Consent).where(Consent.user_id == user.id)
    return list(db.session.scalars(query.order_by(Consent.accepted_at, Consent.id)))


def find_charter() -> Document | None:
    """Return the charter in force, or None while it is still the one that ships."""
    return db.session.scalar(_charter().order_by(Document.number.desc()).limit(1))


def get_charter_version(which: int) -> tuple[Document, Document | None]:
    """Return one version of the charter and the one before it."""
    found = {row.number: row for row in db.session.scalars(_charter().where(Document.number.in_((which - 1, which))))}
    if which not in found:
        raise NotFound()
    return found[which], found.get(which - 1)


def list_charter_versions(*, after: int = 0) -> Sequence[Document]:
    """Return the versions of the charter after a number, without their texts, the last first."""
    columns = load_only(Document.number, Document.summary, Document.asks_again, Document.at)
    query = _charter().where(Document.number > after).options(columns)
    return db.session.scalars(query.order_by(Document.number.desc())).all()


def select_charter_asked() -> ScalarSelect[int | None]:
    """Select the number of the last version that asks everybody to accept the charter again."""
    query = select(func.max(Document.number)).where(Document.name == CHARTER, Document.asks_again.is_(True))
    return query.scalar_subquery()


def _charter() -> Select[tuple[Document]]:
    return select(Document).where(Document.name == CHARTER)


def list_organisation_names() -> list[str]:
    """Return the names to offer in forms, by name: those that a confirmed member chose to show, and no other.

    A name that nobody shows is what a member, perhaps one who left, keeps to themselves.
    """
    is_shown = (
        select(User.id)
        .where(User.organisation_id.in_(select_answering()), User.confirmed_at.is_not(None), User.shows_organisation)
        .exists()
    )
    query = select(Organisation.name)
    query = query.where(Organisation.archived_at.is_(None), Organisation.merged_into.is_(None), is_shown)
    return list(db.session.scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def display_name(user: User | None) -> str:
    """Return the name under which what this person wrote is shown; empty when their account is closed."""
    return user.name if user and not user.is_closed else ""


@dataclass(frozen=True)
class AccessLine:
    """Somebody read what an account keeps to itself; the names are as they are now, empty once closed.

    `event_id` is the meeting of which they read who comes.
    """

    id: int
    at: datetime
    what: str
    event_id: int | None
    by_id: int
    by: str
    role: str
    user_id: int
    name: str


def list_accesses(
    actor: Actor, *, of: int | None = None, events: Collection[int] = (), before: int | None = None, size: int = SIZE
) -> Page[AccessLine]:
    """Return a page of the log of readings, the last first: of one account and of these meetings, or of all."""
    if of is None or of != actor.id:
        require(actor, policy.READ_ACCESSES)
    reader = aliased(User)
    columns = (Access.id, Access.at, Access.what, Access.event_id, reader.id, reader.name, reader.site_role)
    query = select(*columns, User.id, User.name)
    query = query.join(reader, reader.id == Access.by_id).join(User, User.id == Access.user_id)
    query = query.where(or_(Access.user_id == of, Access.event_id.in_(events))) if of else query
    query = query.where(Access.id < before) if before else query
    rows = [AccessLine(*row) for row in db.session.execute(query.order_by(Access.id.desc()).limit(size + 1)).tuples()]
    return page_by_id(rows, size=size, is_first=not before)


def get_setting_changes(actor: Actor) -> dict[str, tuple[datetime, str]]:
    """Return, for each setting that was changed, when it was last and by whom (a name, empty once closed)."""
    require(actor, policy.SET)
    query = select(Setting.key, Setting.at, User.name).outerjoin(User, User.id == Setting.by_id)
    return {key: (at, name or "") for key, at, name in db.session.execute(query).tuples()}

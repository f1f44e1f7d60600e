"""What search finds of people: those who chose to be found, by their names and by what their profiles show."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from app.accounts.models.people import Profile, User
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.reference.models import Organisation
from app.reference.queries import list_answering
from app.search.index.index_sync import Source, TextPart
from app.search.index.texts import Description, Text

_IDS = numbers_parameter("ids")
_HIDDEN = select(Profile.id).where(Profile.author_id == User.id, Profile.hidden_at.is_not(None)).exists()
_PEOPLE = (
    select(
        User.id, User.created_at, User.name, User.about, User.shows_about, Organisation.name, User.shows_organisation
    )
    .outerjoin(User.organisation)
    .where(User.id.in_(_IDS), User.shows_in_search, User.confirmed_at.is_not(None), User.closed_at.is_(None), ~_HIDDEN)
)


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these people who are to be found."""
    rows = db.session.execute(_PEOPLE, {_IDS.key: list(ids)})
    return [
        Text(
            "person",
            row_id,
            at,
            name,
            f"{about if shows_about else ''}\n{(organisation or '') if shows_organisation else ''}",
        )
        for row_id, at, name, about, shows_about, organisation, shows_organisation in rows
    ]


def _list_seen(_actor: Actor, communities: Collection[int]) -> Collection[int] | None:
    """Have everybody find them; no community concerns them."""
    return () if communities else None


def describe(_actor: Actor, ids: Collection[int], _lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these people who are to be found still."""
    columns = load_only(User.name, User.about, User.shows_about, User.shows_organisation)
    query = select(User).where(User.id.in_(ids), User.shows_in_search, User.closed_at.is_(None)).options(columns)
    people = db.session.scalars(query.options(joinedload(User.organisation).load_only(Organisation.name)))
    return {person.id: Description(person, person.name, _present(person)) for person in people}


def _present(person: User) -> str:
    organisation = person.organisation.name if person.shows_organisation and person.organisation else ""
    about = person.about if person.shows_about else ""
    return " – ".join(filter(None, (organisation, about)))


def _list_members(organisation_id: int) -> Iterable[int]:
    """Return the ids of all members of an organisation and of those merged into it, searchable or not.

    The index locks them before it reads.

    Who joins it at this moment is no concern: the name is unique, so that a row that comes to refer to an organisation
    and the act that renames it wait for each other.
    """
    return db.session.scalars(
        select(User.id).where(User.organisation_id.in_({organisation_id, *list_answering(organisation_id)}))
    ).all()


SOURCE = Source(
    kind="person",
    number=5,
    model=User,
    columns=(
        "name",
        "about",
        "organisation_id",
        "shows_about",
        "shows_organisation",
        "shows_in_search",
        "confirmed_at",
        "closed_at",
        "created_at",
    ),
    read=list_texts,
    sight=_list_seen,
    describe=describe,
    parts={
        Profile: TextPart(("hidden_at",), lambda row: int(row.author_id)),
        Organisation: TextPart(("name", "present_id"), lambda row: int(row.id), _list_members),
    },
)

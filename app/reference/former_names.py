"""The names that things had: whoever says an old one is led to what it names now, as an old address does."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import Select, select

from app.core import dialect, versions
from app.core.db import db
from app.core.text.plain import sort_key
from app.reference.models import NAMED, Organisation, Slug, answers
from app.reference.queries import KEY, find_id_of_former_address

ORGANISATION = "organisation_name"
# An organisation is found by its name alone, so that an old name leads to one; of the others several may have had it.
KINDS = {"territory": "territory_name", "issue": "issue_name", "community": "community_name"}


def find_organisation(name: str) -> Organisation | None:
    return get_organisations([name]).get(name)


def get_organisations(names: Collection[str]) -> dict[str, Organisation]:
    """Return the organisations of these names, by the name that was given.

    One that it once had leads to it too, and so does that of one merged into it.
    """
    keys = {name: sort_key(name) for name in names}
    found = _present(set(keys.values()))
    found = _former(set(keys.values()) - found.keys()) | found
    return {name: found[key] for name, key in keys.items() if key in found}


def _present(keys: Collection[str]) -> dict[str, Organisation]:
    query = select(NAMED.c.sort_key, Organisation).join(Organisation, answers())
    query = query.where(NAMED.c.sort_key.in_(keys)).order_by(NAMED.c.id.desc())
    return dict(db.session.execute(query).tuples().all()) if keys else {}


def _former(keys: Collection[str]) -> dict[str, Organisation]:
    query = _select_former(Organisation).where(Slug.slug.in_(keys))
    return dict(db.session.execute(query).tuples().all()) if keys else {}


def _select_former(what: Any) -> Select[Any]:
    """Select the names that organisations had, each with (a column of) what it leads to."""
    query = select(Slug.slug, what).join(NAMED, NAMED.c.id == Slug.subject_id).join(Organisation, answers())
    return query.where(Slug.kind == ORGANISATION)


def take_name(row: Organisation, name: str) -> bool:
    """Write that a name leads to this organisation for ever; tell whether it does, or was another's."""
    if dialect.insert_once(Slug, kind=ORGANISATION, slug=sort_key(name), subject_id=row.id):
        return True
    return find_id_of_former_address(ORGANISATION, sort_key(name)) == row.id


def keep_former_names(kind: str, row: Any, *names: str | None) -> None:
    """Write which names a territory, an issue or a community had, before it has others."""
    for name in filter(None, names):
        dialect.insert_once(Slug, kind=KINDS[kind], slug=f"{row.id} {sort_key(name)}", subject_id=row.id)


def get_former_names(kind: str) -> Mapping[int, Collection[str]]:
    """Return the names that territories, issues or communities had, as sort keys, by the number of each."""
    return versions.get_or_load(("former names", kind), lambda: _load(KINDS[kind]), under=KEY)


def _load(kind: str) -> Mapping[int, Collection[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for slug, row_id in db.session.execute(select(Slug.slug, Slug.subject_id).where(Slug.kind == kind)).tuples():
        found[row_id].append(slug.partition(" ")[2])
    return dict(found)


def get_present_names() -> Mapping[str, str]:
    """Return what each organisation is called now, by the sort keys of former names and of those merged into it."""
    return versions.get_or_load("renamed organisations", _load_renamed, under=KEY)


def _load_renamed() -> Mapping[str, str]:
    merged = select(NAMED.c.sort_key, Organisation.name).join(Organisation, Organisation.id == NAMED.c.present_id)
    rows = (db.session.execute(query).tuples().all() for query in (_select_former(Organisation.name), merged))
    return dict(chain.from_iterable(rows))

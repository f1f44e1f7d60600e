"""A form changes what it asks, whatever else is posted to it: every column of every table is tried on every act."""

from typing import Any

import pytest

from app.core.db import Moment, db
from tests.security.acts import acts
from tests.support import tables
from tests.support.browser import Browser
from tests.support.world import World

# What an attacker would like best, by the end of the column's name; anything else gets a 1.
DEAREST = {
    "site_role": "admin",
    "role": "admin",
    "roles": "admin",
    "status": "achieved",
    "email": "evil@example.org",
    "slug": "evil-slug",
    "name": "Evil Nom",
    "sort_key": "evil",
    "title": "Un titre evil posé en douce",
    "body": "Un corps evil.",
    "kind": "project",
    "locale": "en",
    "lang": "en",
    "colour": "school",
    "reason": "Un motif evil.",
    "password": "evil evil evil 42",
}


# The names of the buttons of some forms, which columns have too.
BUTTONS = {"setup", "act"}


def forge_fields() -> dict[str, str]:
    """Return a value for the name of each column, in the spellings that careless readers of forms accept."""
    columns = {column.name: column for table in db.metadata.sorted_tables for column in table.columns} | {
        "roles": None,
        "role": None,
    }
    values = {
        name: DEAREST.get(name, "2001-01-01 00:00:00" if is_moment(column) else "1") for name, column in columns.items()
    }
    with_prefix = {
        f"{place}{name}": values[name]
        for place in ("user.", "idea-", "obj.")
        for name in ("id", "author_id", "site_role", "status")
    }
    return (
        values
        | with_prefix
        | {"__class__": "1", "__proto__[admin]": "1", "_method": "DELETE", "is_admin": "1", "roles[]": "admin"}
    )


def is_moment(column: Any) -> bool:
    return column is not None and isinstance(column.type, Moment)


@pytest.mark.one_engine
def test_columns_that_a_form_does_not_hold_stay_as_they_were(
    world: World, people: dict[str, Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, wrong, more = tables.photo(), [], forge_fields()
    for act in acts(world, people, monkeypatch):
        extra = {name: value for name, value in more.items() if name not in act.fields | act.row.data.keys() | BUTTONS}
        assert len(extra) > 60
        plain, found = act.effect, act.do_and_undo(people, before, **extra)
        if found != plain:
            wrong.append(f"{act.row.rule}: {plain[0]} then {found[0]}: {sorted(found[1] ^ plain[1])}")
    assert not wrong, "\n".join(wrong)

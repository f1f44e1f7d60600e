"""An account that is hidden has one name, in the language of whoever reads it, on every page that names accounts."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from app import HOUSE
from app.accounts import profiles
from app.accounts.models.people import User
from app.core import settings
from app.core.db import db
from app.core.unit import unit
from tests.support import square
from tests.support.world import World, browsers

# What has a name and is no account; `words` holds what somebody says of themselves, and one's own form what one typed.
NOT_ACCOUNTS = {
    "acronym",
    "bar",
    "f",
    "following",
    "form",
    "forms",
    "group",
    "hour",
    "indicator",
    "label",
    "lead",
    "mrc",
    "now",
    "offer",
    "organisation",
    "panel",
    "part",
    "place",
    "plate",
    "privacy_officer",
    "question",
    "room",
    "row",
    "series",
    "step",
    "table",
    "tag",
    "territory",
    "view",
    "words",
}
IF = re.compile(r"{%-? (?:el)?if [^%]*%}")
FIELD = re.compile(r"(?<!\")\b(\w+)\.(?:name|by|whom)\b(?!\s*\|\s*(?:display_name|person|member_url)\b)")
ARGUMENT = re.compile(r"\bname=(?:\w+\.)*(\w+)\.name\b")


def test_no_page_prints_the_name_of_an_account_as_it_is_stored() -> None:
    templates = {
        f"{file.name}: {found[0]}"
        for file in (HOUSE / "templates").rglob("*.*")
        if file.suffix in (".html", ".txt")
        for found in FIELD.finditer(IF.sub("", file.read_text(encoding="utf-8")))
        if found[1] not in NOT_ACCOUNTS
    }
    arguments = {
        f"{file.name}: {found[0]}"
        for file in (HOUSE / "app" / "web").glob("*.py")
        for found in ARGUMENT.finditer(file.read_text(encoding="utf-8"))
        if found[1] not in NOT_ACCOUNTS
    }
    assert not templates | arguments, templates | arguments


@pytest.mark.one_engine
def test_an_english_page_names_nobody_in_french(full_square: World, sign_in: Any, visitor: Any) -> None:
    with unit():
        settings.change(full_square.people["admin"].id, new_links=1)
        for user in db.session.scalars(select(User)).all():
            profile = profiles.get_or_add_profile(user)
            profile.name, user.name = user.name, profiles.HIDDEN_NAME
            profile.hide(full_square.people["coordinator"].id, "Ce nom blesse quelqu'un.")
    people, french = browsers(full_square, sign_in, visitor), []
    for role, pages in square.READERS.items():
        # A paper of a forum is in the language of its meeting, whoever prints it.
        for path in (path for path in pages(full_square) if "?q=" not in path and "/papers/" not in path):
            answer = people[role].get(f"{path}{'&' if '?' in path else '?'}lang=en", follow_redirects=True)
            french += [(role, path)] if profiles.HIDDEN_NAME in answer.text else []
    assert not french, french

"""The loaders of the reference data, by number; that of an organisation which carries the plan."""

from typing import Any

from app.core.actor import Actor
from app.core.permits import Permission
from app.hubs.queries import organisations
from app.ideas.queries import tags
from app.reference import queries
from app.reference.models import Acronym, Issue, Organisation, Territory
from app.web.frame.routes import Loader

MODELS: dict[str, Any] = {
    "issues": Issue,
    "territories": Territory,
    "organisations": Organisation,
    "acronyms": Acronym,
}


def get_issue(actor: Actor, issue_id: int, permission: Permission) -> Issue:
    return queries.get_row(actor, Issue, issue_id, permission)


def get_any_organisation(actor: Actor, organisation_id: int, permission: Permission) -> Organisation:
    return queries.get_row(actor, Organisation, organisation_id, permission)


def get_by_number(actor: Actor, noun: str, row_id: int, permission: Permission) -> Any:
    return queries.get_row(actor, MODELS[noun], row_id, permission)


def get_acronym(actor: Actor, acronym_id: int, permission: Permission) -> Acronym:
    return queries.get_row(actor, Acronym, acronym_id, permission)


ISSUE = Loader(get_issue, "issue_id")
ACRONYM = Loader(get_acronym, "acronym_id")
TAG = Loader(tags.get_tag, "tag_id")
ANY_ORGANISATION = Loader(get_any_organisation, "organisation_id")
BY_NUMBER = Loader(get_by_number, "noun", "row_id")
ORGANISATION = Loader(organisations.get_organisation, "organisation_id")

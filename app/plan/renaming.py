"""An outline says what things were called when it was written: here it is brought to what they are called now."""
from collections.abc import Iterable

from app.communities.queries import catalogue as communities
from app.core.text.plain import sort_key
from app.plan.outline import Outline
from app.reference import names
from app.reference.queries import catalogue


def renew(outline: Outline) -> Outline:
    """Put the present names of organisations, and the present addresses of communities and issues; return the outline.

    What is not known here stays as it was written.
    """
    for action in outline.actions():
        action.lead = _organisation(action.lead)
        action.partners = _each(map(_organisation, action.partners))
        action.community = _community(action.community)
        action.communities = _each(map(_community, action.communities))
        action.issues = _each(map(_issue, action.issues))
    return outline


def _each(values: Iterable[str]) -> list[str]:
    """Return these without doubles: two names may have become one."""
    return list(dict.fromkeys(values))


def _organisation(name: str) -> str:
    return names.renamed().get(sort_key(name), name) if name else ""


def _community(slug: str) -> str:
    room = communities().by_slug.get(slug)
    return room.slug if room else slug


def _issue(slug: str) -> str:
    issue = catalogue().issue_at(slug)
    return issue.slug if issue else slug

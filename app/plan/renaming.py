"""An outline says what things were called when it was written: here it is brought to what they are called now."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.communities.queries import get_rooms
from app.core.text.plain import sort_key
from app.plan.outline import Outline
from app.reference import former_names
from app.reference.queries import get_catalogue


def use_present_names(outline: Outline) -> Outline:
    """Put the present names of organisations, and the present addresses of communities and issues; return the outline.

    What is not known here stays as it was written.
    """
    organisations, rooms, issues = (
        former_names.get_present_names(),
        get_rooms().by_slug,
        get_catalogue().issue_by_slug,
    )
    for action in outline.actions():
        [action.lead] = _rename([action.lead], organisations)
        action.partners = _rename(action.partners, organisations)
        [action.community] = _move([action.community], rooms)
        action.communities = _move(action.communities, rooms)
        action.issues = _move(action.issues, issues)
    return outline


def _rename(said: Iterable[str], present: Mapping[str, str]) -> list[str]:
    """Return present names, without doubles: two may have become one."""
    return list(dict.fromkeys(present.get(sort_key(name), name) for name in said))


def _move(slugs: Iterable[str], things: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(things[slug].slug if slug in things else slug for slug in slugs))

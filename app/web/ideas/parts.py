"""What the page of an idea shows to everybody alike, drawn once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.communities.queries import reads_as_public
from app.core.actor import ANYONE, Actor
from app.core.errors import NotFound
from app.core.permits import Permission
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.merges import queries
from app.moderation.merges.queries import Kin
from app.plan.queries import idea_page
from app.votes.queries import Support
from app.web.frame import drawings, shared, stations
from app.web.frame.session import me, rooms

Parts = Mapping[str, Markup]


@dataclass(frozen=True)
class Found:
    """An idea, and what goes with it; or its page as everybody is shown it (nothing that has a talk goes with it)."""

    idea: Idea
    kin: Kin
    drawing: Markup | None = None


def find(actor: Actor, idea_id: int, permission: Permission) -> Found:
    """Return an idea as `reading.one` does. Raise NotFound."""
    if reads_as_public(actor):
        ideas: list[Idea] = []
        drawing = shared.kept(("idea", idea_id), lambda: _draw_for_public(idea_id, ideas))
        if drawing:
            is_read = bool(ideas) and permission.permits(actor, ideas[0])
            return Found(ideas[0] if is_read else reading.one(actor, idea_id, permission), Kin(), drawing)
    return Found(*queries.with_kin(actor, idea_id, permission))


def _draw_for_public(idea_id: int, ideas: list[Idea]) -> Markup | None:
    """Draw what the public is shown; None for what it does not read, and for what has the talk of others with it.

    The idea is added to `ideas`, so that whoever asked first need not read it again.
    """
    try:
        idea, kin = queries.with_kin(ANYONE, idea_id, policy.READ)
    except NotFound:
        return None
    ideas.append(idea)
    return None if kin.into or kin.duplicates else _draw(ANYONE, idea, kin, page=None)


def show(found: Found) -> Parts:
    """Return the parts of a page by their names."""
    return drawings.texts(found.drawing or _draw(me(), found.idea, found.kin))


def _draw(actor: Actor, idea: Idea, kin: Kin, **more: Any) -> Markup:
    found = idea_page.read(actor, idea, [one.idea.id for one in kin.duplicates], is_in_plan=kin.is_in_plan)
    return drawings.draw(
        "ideas/_parts.html",
        idea=idea,
        kin=kin,
        placing=found.placing,
        steps=found.steps,
        last_status=stations.last_status(found.steps),
        room=rooms().by_id.get(idea.community_id or 0),
        support=Support(idea.votes_count),
        link_rows=found.link_rows,
        updates=found.updates,
        step_actions={one.link.action_id: one.link.action for one in found.link_rows},
        **more,
    )

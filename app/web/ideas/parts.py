"""What the page of an idea shows to everybody alike, drawn once."""
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.core.actor import Actor
from app.core.permits import Permission
from app.ideas.models import Idea
from app.ideas.queries import facets, reading
from app.merges.queries import merges
from app.merges.queries.merges import Kin
from app.votes.queries import Support
from app.web.frame import drawings
from app.web.frame.drawings import Drawing
from app.web.frame.session import rooms

Parts = Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """An idea, and what goes with it; or its page, where it is drawn already (nothing that has a talk goes with it)."""

    idea: Idea
    kin: Kin
    drawing: Drawing | None = None


def find(actor: Actor, idea_id: int, permission: Permission) -> Found:
    """Return an idea as `reading.one` does. Raise NotFound."""
    drawing = drawings.find(("idea", idea_id)) if drawings.reads_as_public() else None
    if drawing:
        return Found(reading.one(actor, idea_id, permission), Kin(), drawing)
    return Found(*merges.with_kin(actor, idea_id, permission))


def show(found: Found) -> Parts:
    """Return the parts of a page by their names."""
    idea = found.idea
    is_of_everybody = idea.is_public and not idea.is_private and not found.kin.duplicates
    if found.drawing or not (is_of_everybody and drawings.reads_as_public()):
        drawing = found.drawing or _draw(found)
    else:
        drawing = drawings.put(("idea", idea.id), lambda: _draw(found))
    return {name: Markup(text) for name, text in drawing.by_hole.items()}


def _draw(found: Found) -> Drawing:
    idea, steps = found.idea, reading.steps(found.idea)
    last_status = next((step.status for step in reversed(steps) if step.status not in ("archived", "withdrawn")), None)
    return drawings.draw(
        "ideas/_parts.html", idea=idea, kin=found.kin, placing=facets.placings([idea])[idea.id], steps=steps,
        last_status=last_status, room=rooms().by_id.get(idea.community_id or 0), support=Support(idea.votes_count))

"""A first post beside one that is published and may say the same, with the ways on."""

from flask import current_app, url_for
from flask_babel import gettext as _

from app.communities.policy import have_same_readers
from app.core.errors import NotFound
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.merges import policy as merges
from app.moderation.merges.models import IdeaPair
from app.results import similar
from app.results.similar import Similar
from app.web.frame import loaders
from app.web.frame.params import id_param
from app.web.frame.responses import is_htmx, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation.bp import bp
from app.web.moderation.contents import IDEA


@bp.get(f"{IDEA}/comparison")
@members(ideas.ADMIT, of=loaders.IDEA)
def compare_idea(idea: Idea) -> str:
    """Show what waits beside the idea of the address, else the most similar; and the other similar ones.

    When what waits comes in sight, the desk asks by htmx for the list of all that are similar.
    """
    nearest = similar_ideas(idea)
    if is_htmx():
        return render("moderation/_similar.html", idea=idea, similar=nearest)
    other_id = id_param("beside") or next((one.id for one in nearest if one.noun == "idea"), None)
    other = get_other(idea, other_id) if other_id else None
    may_join = other is not None and _may_join(idea, other)
    return render(
        "moderation/comparison.html",
        idea=idea,
        other=other,
        may_join=may_join,
        others=[one for one in nearest if other is None or (one.noun, one.id) != ("idea", other.id)],
    )


def get_other(idea: Idea, other_id: int) -> Idea:
    """Return an idea that the readers of this one read too. Raise NotFound where this person does not read it."""
    other = reading.get_idea(me(), other_id, ideas.READ)
    if other.id == idea.id or not other.is_public or not have_same_readers(idea, other):
        raise NotFound()
    return other


def write_reason(idea: Idea) -> str:
    """Begin the reason of a refusal with the address of the idea that says the same, if the address names one.

    It has no title: a reason stays in the journal for ever, and a title may be hidden one day.
    """
    other_id = id_param("duplicate")
    if other_id is None:
        return ""
    url = current_app.config["SITE_URL"].rstrip("/") + url_for("ideas.show", idea_id=get_other(idea, other_id).id)
    return _(
        "Merci! Une contribution déjà publiée dit la même chose : %(url)s Vous pouvez l'appuyer, et y dire en "
        "commentaire ce qui lui manque.",
        url=url,
    )


def _may_join(idea: Idea, other: Idea) -> bool:
    """Tell whether the first could be joined to the second once it is published."""
    return other.is_open and merges.JOIN.whatever(merges.are_open).permits(me(), IdeaPair(idea, other))


@bp.app_template_global()
def similar_ideas(idea: Idea) -> list[Similar]:
    """Return what is near an idea that waits, to those who decide on it; nothing to others."""
    return similar.list_near_waiting(idea) if ideas.ADMIT.permits(me(), idea) else []

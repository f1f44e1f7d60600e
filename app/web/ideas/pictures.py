"""The picture of an idea."""

from werkzeug.wrappers import Response

from app.core.actor import ANYONE
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.web.frame import loaders, pictures, stations
from app.web.frame.pictures import Picture
from app.web.frame.routes import public
from app.web.ideas.bp import bp


@bp.get("/ideas/<id:idea_id>/picture.png")
@pictures.limited
@public(policy.READ, of=loaders.PUBLIC_IDEA)
def picture(idea: Idea) -> Response:
    return pictures.render_picture(pictures.of_idea(idea, find_last_status(idea)))


def of_page(idea: Idea) -> Picture | None:
    """Return the picture of an idea, None for one that the public does not read."""
    if not policy.READ.permits(ANYONE, idea):
        return None
    return pictures.build_picture(pictures.of_idea(idea, find_last_status(idea)), "ideas.picture", idea_id=idea.id)


def find_last_status(idea: Idea) -> str | None:
    """Return how far an idea came before it was put aside, for its stations; None where its status says so."""
    return stations.find_last_status(reading.list_steps(idea)) if idea.status in stations.ASIDE else None

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
    last_status = stations.find_last_status(reading.list_steps(idea)) if idea.status in stations.ASIDE else None
    return pictures.render_picture(pictures.of_idea(idea, last_status))


def of_page(idea: Idea, last_status: str | None) -> Picture | None:
    """Return the picture of an idea, None for one that the public does not read; `last_status`: see `stations.py`."""
    if not policy.READ.permits(ANYONE, idea):
        return None
    return pictures.build_picture(pictures.of_idea(idea, last_status), "ideas.picture", idea_id=idea.id)

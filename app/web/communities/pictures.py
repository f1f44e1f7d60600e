"""The picture of a community."""

from werkzeug.wrappers import Response

from app.communities import policy
from app.communities.queries import Room
from app.web.communities.bp import bp
from app.web.frame import loaders, pictures
from app.web.frame.pictures import Picture
from app.web.frame.routes import public


@bp.get("/communities/<slug>/picture.png")
@pictures.limited
@public(policy.READ, of=loaders.PUBLIC_COMMUNITY)
def picture(room: Room) -> Response:
    return pictures.render_picture(pictures.of_room(room))


def of_page(room: Room) -> Picture | None:
    """Return the picture of a community, None for a private one."""
    return (
        None
        if room.is_private
        else pictures.build_picture(pictures.of_room(room), "communities.picture", slug=room.slug)
    )

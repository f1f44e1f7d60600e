"""The picture of a meeting."""

from werkzeug.wrappers import Response

from app.core.actor import ANYONE
from app.events import policy
from app.events.models.meetings import Event
from app.web.events.bp import bp
from app.web.frame import loaders, pictures
from app.web.frame.pictures import Picture
from app.web.frame.routes import public


@bp.get("/events/<id:event_id>/picture.png")
@pictures.limited
@public(policy.READ, of=loaders.PUBLIC_EVENT)
def picture(event: Event) -> Response:
    return pictures.render_picture(pictures.of_event(event))


def of_page(event: Event) -> Picture | None:
    """Return the picture of a meeting, None for one that the public does not read."""
    if not policy.READ.permits(ANYONE, event):
        return None
    return pictures.build_picture(pictures.of_event(event), "events.picture", event_id=event.id)

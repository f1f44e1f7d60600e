"""The page that one has of one's own place at a meeting, for those who try it."""

from app.events.models.registrations import EventRegistration
from app.web.events import place_links
from tests.support.rows import again


def url_of(registration: EventRegistration) -> str:
    """Return the path of the page of a registration, as it is now."""
    found = again(registration)
    return f"/events/{found.event_id}/me/{place_links.sign(found)}"

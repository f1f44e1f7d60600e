"""The page of a meeting, and the sheet to prepare for it."""

from typing import Any

from app.core.actor import ANYONE
from app.events import policy
from app.events.models.contents import ABOUT, LED_TO
from app.events.models.meetings import Event
from app.events.queries import details, minutes
from app.forum.queries import topics
from app.web.comments import subjects, talks, visits
from app.web.events import coming, pictures, tools
from app.web.events.bp import bp
from app.web.frame import event_words, follow_button, loaders, structured
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me, rooms

READ_ANY = policy.READ | policy.READ_OWN


@bp.get("/events/<id:event_id>")
@public(READ_ANY, of=loaders.EVENT, shows="event")
def show(event: Event) -> str:
    subject = subjects.of_event(event)
    follow = follow_button.of_event(event) if event.is_published else None
    new_ids = visits.list_new(event.thread, follow.following) if follow else ()
    talk = talks.render_thread(subject, talks.read(event.thread), new_ids) if not event.is_draft else ""
    found = _read(event)
    is_over, pitched = topics.read_of_meeting(me(), event.id) if event.question else (False, False)
    return render(
        "events/show.html",
        subject=subject,
        talk=talk,
        new_ids=new_ids,
        follow=follow,
        minutes=minutes.find_minutes(me(), event),
        tools=tools.of_event(event),
        coming=coming.of_event(event, pitched=pitched),
        article=event,
        picture=pictures.of_page(event),
        structured=structured.describe_event(event) if _is_for_engines(event) else None,
        has_report=is_over,
        form=talks.blank_form(),
        **found,
    )


@bp.get("/events/<id:event_id>/preparation")
@public(READ_ANY, of=loaders.EVENT)
def prepare(event: Event) -> str:
    return render("events/preparation.html", **_read(event))


def _is_for_engines(event: Event) -> bool:
    """Tell whether the page says what it holds to search engines; they have no account."""
    return policy.READ.permits(ANYONE, event) and not me().is_someone


def _read(event: Event) -> dict[str, Any]:
    """Read what is shown of a meeting: no name of who comes."""
    found = details.get_subjects(me(), event.id)
    return {
        "event": event,
        "room": rooms().by_id.get(event.community_id or 0),
        "others": [rooms().by_id[number] for number in event.other_ids if number in rooms().by_id],
        "details": details.get_details(event.id),
        "about": found[ABOUT],
        "led_to": found[LED_TO],
        "event_words": event_words,
    }

"""One's own meetings: those where one has a place or waits for one, and the secret address of their calendar."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.paging import Page
from app.events import calendar, calendar_addresses, policy
from app.events.models.registrations import WAITING
from app.events.queries import own as own_events
from app.web.events import browse, calendar_links, calendars
from app.web.events.bp import bp
from app.web.frame import links, locale
from app.web.frame.params import single_param
from app.web.frame.responses import done, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me

PAGE = "events.own"
NOTHING: own_events.OwnPage = Page(())


@bp.get("/account/events")
@members(policy.READ_CALENDAR)
def own() -> str:
    """Show what is to come, the next first, and then what is over, the last first."""
    after, before = single_param("after"), single_param("before")
    coming = NOTHING if before else own_events.list_own_to_come(me(), after=after)
    past = NOTHING if coming.next else own_events.list_own_past(me(), after=before)
    return render(
        "events/own.html",
        coming=coming,
        past=past,
        is_first=not (after or before),
        months=browse.group_by_month(row for row, _state in coming.items),
        states={row.id: state for row, state in (*coming.items, *past.items)},
        drafts=own_events.list_drafts(me()) if policy.CREATE.permits(me()) else [],
        made_at=calendar_addresses.find_date(me()),
    )


@bp.post("/account/events/calendar")
@members(policy.READ_CALENDAR, limit="standing")
def make_address() -> Response:
    path = url_for(".own_calendar", token=calendar_addresses.make(me()), lang=_language())
    url = links.absolute_url(path)
    return done(
        url_for(PAGE),
        _(
            "Votre adresse secrète : %(url)s. Copiez-la maintenant dans votre agenda : elle ne sera plus montrée.",
            url=url,
        ),
    )


def _language() -> str | None:
    return "en" if locale.get_language() == "en" else None


@bp.post("/account/events/calendar/withdrawal")
@members(policy.READ_CALENDAR, limit="standing")
def revoke_address() -> Response:
    calendar_addresses.revoke(me())
    return done(url_for(PAGE), _("L'adresse secrète ne mène plus nulle part."))


@bp.get("/events/own/<token>.ics")
@public(policy.READ_CALENDAR, of=Loader(calendar_addresses.get_owner, "token"))
def own_calendar(owner: Actor) -> Response:
    """Give somebody's own calendar to whatever has its address; no cache keeps it."""
    held = own_events.list_for_calendar(owner)
    waiting = frozenset(event.id for event, state in held if state == WAITING)
    text = calendar.of_events(
        (event for event, _state in held), name=_("Mes rencontres"), links=calendar_links.of_site(), waiting=waiting
    )
    return calendars.answer_privately(text)

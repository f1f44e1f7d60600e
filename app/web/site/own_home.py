"""The first page of a member: what they wrote, who waits for them, what moved near them. It is drawn for them alone."""

from collections.abc import Mapping

from flask import Response, make_response
from flask_login import current_user
from markupsafe import Markup

from app.core import clock
from app.events.queries import own as events
from app.ideas.queries import facet_counts, own_road, two_minutes
from app.notifications.queries import followed
from app.web.admin import first_steps
from app.web.frame.drawings import draw
from app.web.frame.filters import first_name
from app.web.frame.minimap import view_minimap
from app.web.frame.params import id_param
from app.web.frame.read_state import count_unread
from app.web.frame.refusals import explain_exclusion
from app.web.frame.responses import render
from app.web.frame.session import me, read_as_public
from app.web.notices import home_followed, home_notices
from app.web.plan import own_actions
from app.web.reference.axis_lists import count_by_mrc
from app.web.site import own_desk, own_lines, own_places, public_home
from app.web.site.parts import Part, draw_parts

ROAD, WAITS, STRIDES, MEETINGS = 3, 3, 5, 2


class OwnHome:
    """The parts of the page; what its greeting says of them is known once they are drawn."""

    def __init__(self) -> None:
        self.waits = 0
        self.is_new = False

    @property
    def parts(self) -> Mapping[str, Part]:
        return {
            "since": home_notices.render_unread,
            "steps": first_steps.draw_invitation,
            "actions": own_actions.render_first,
            "desk": own_desk.draw_desk,
            "road": self.draw_road,
            "waits": self.draw_waits,
            "two": draw_two,
            "followed": draw_followed,
            "near": draw_near,
            "agenda": draw_agenda,
            "month": self.draw_month,
        }

    def draw_road(self) -> Markup:
        """Draw one's last ideas; three doors in their place for whoever wrote nothing at all."""
        ideas = own_road.list_last_moved(me(), ROAD)
        self.is_new = not ideas and own_road.has_said_nothing(me())
        if self.is_new:
            return draw("site/home/_doors.html", place=own_places.find_own_place())
        lines = [own_lines.tell_own(idea) for idea in ideas]
        return draw("site/home/_road.html", lines=lines, others=ideas[0].total - len(ideas) if ideas else 0)

    def draw_waits(self) -> Markup:
        found = own_road.list_waiting(me(), WAITS)
        lines = [own_lines.tell_waiting(one) for one in found]
        self.waits = found[0].total if found else 0
        return draw("site/home/_waits.html", lines=lines, others=self.waits - len(lines)) if lines else Markup()

    def draw_month(self) -> Markup:
        """Draw what moved in the region, for whoever has nothing of their own to read yet."""
        with read_as_public():
            return public_home.draw_month() if self.is_new else Markup()


def render_own() -> Response:
    home = OwnHome()
    parts = draw_parts(home.parts)
    answer = make_response(
        render(
            "site/home/own.html",
            parts=parts,
            name=first_name(current_user.name),
            news=count_unread() if parts["since"] else 0,
            waits=home.waits,
            is_new=home.is_new,
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def draw_two() -> Markup:
    """Draw an idea that waits for a first word; nothing for whoever may not write one."""
    if explain_exclusion():
        return Markup()
    asked = id_param("other") or 1
    found = two_minutes.find_two_minutes(me(), current_user.territory_id, clock.today(), asked - 1)
    if not found:
        return draw("site/home/_two_over.html") if asked > 1 else Markup()
    return draw(
        "site/home/_two.html", line=own_lines.tell_quiet(found.idea), following=asked + 1 if found.has_other else 0
    )


def draw_followed() -> Markup:
    found = followed.list_followed(me(), STRIDES)
    items = [home_followed.tell(one) for one in found]
    return draw("site/home/_followed.html", items=items, others=found[0].total - len(items)) if items else Markup()


def draw_near() -> Markup:
    """Draw where the reader is from, in the region; their communities, with what each says."""
    counts, mrc = count_by_mrc(), own_places.find_own_mrc()
    places = own_places.list_own_places(facet_counts.get_counts())
    return draw("site/home/_places.html", view=view_minimap(counts, mrc), places=places) if places else Markup()


def draw_agenda() -> Markup:
    coming = events.list_own_to_come(me(), size=MEETINGS).items
    return draw("site/home/_agenda.html", coming=coming) if coming else Markup()

"""The first page as the public reads it, part by part."""

from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup

from app.events.queries import lists as events
from app.hubs.queries import places
from app.ideas.queries import facet_counts, facets, lists
from app.plan.queries.month import find_current_tree
from app.web.frame.drawings import draw
from app.web.frame.minimap import view_minimap
from app.web.frame.session import me
from app.web.reference.axis_lists import count_by_mrc
from app.web.site import month
from app.web.site.parts import Part

LATEST, QUIET = 4, 2


def _draw_hero() -> Markup:
    return draw("site/home/_hero.html", total=facet_counts.get_counts()["all"])


def _draw_next() -> Markup:
    return draw("site/home/_next.html", coming=[event for event in [events.find_next()] if event])


def draw_month() -> Markup:
    view = month.find_month_view()
    return draw("site/home/_month.html", month=view, waiting=places.count_open() if view.plan else None)


def _draw_communities() -> Markup:
    tree = find_current_tree()
    actions = Counter(room_id for action in (tree.actions if tree else ()) for room_id in action.communities)
    return draw("site/home/_communities.html", counts=facets.count_by_community(me()), actions=actions)


def _draw_ideas() -> Markup:
    latest, quiet_ideas = lists.list_for_home(LATEST, QUIET)
    return draw("site/home/_ideas.html", latest=latest, quiet_ideas=quiet_ideas)


def _draw_near() -> Markup:
    counts = count_by_mrc()
    return draw("site/home/_near.html", view=view_minimap(counts)) if any(counts.values()) else Markup()


def _draw_way() -> Markup:
    return draw("site/home/_way.html", is_first=not facet_counts.get_counts()["all"])


PARTS: Mapping[str, Part] = {
    "hero": _draw_hero,
    "next": _draw_next,
    "month": draw_month,
    "communities": _draw_communities,
    "ideas": _draw_ideas,
    "near": _draw_near,
    "way": _draw_way,
}

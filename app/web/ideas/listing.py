"""The list of ideas: its filters, read from the address, and the facets and links that its page shows."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import abort, request, url_for
from flask_babel import gettext as _

from app.communities.queries import Room
from app.forms.places import group_territories, place_name
from app.ideas.models import KINDS, PUBLIC
from app.ideas.queries import tags as idea_tags
from app.ideas.queries.facets import Counts
from app.ideas.queries.lists import AXES, SORTS, Filters
from app.reference import queries as reference
from app.results import queries as results
from app.web.frame import locale, words
from app.web.frame.filters import label
from app.web.frame.params import many_params, single_param
from app.web.frame.session import me, rooms
from app.web.ideas import course

MOST_TAGS = 8
# The parameters of an address that a list reads.
NAMES = (*AXES, "exact", *course.NAMES, "q", "sort", "after")
# "Unanswered" is said of ideas without an answer of their community; links of before still lead here.
FORMER_SORTS = {"unanswered": "least_discussed"}


@dataclass
class ListQuery:
    """What the address of a list asks for: `codes` by axis, the words `q`, the sort, and where the page begins.

    `exact`, beside the axes: what names the territory itself, nothing that is in it; without one, what names none.
    """

    codes: dict[str, list[str]]
    q: str
    sort: str
    after: str
    tags: dict[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(codes) for codes in self.codes.values()) + bool(self.q)

    def pairs(self, *, leave: tuple[str, str] | None = None, leave_out: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """Return the parameters of this list, without the pair `leave` and the names `leave_out`."""
        pairs = [(axis, code) for axis, codes in self.codes.items() for code in codes]
        pairs += [("q", self.q)] if self.q else []
        pairs += [("sort", self.sort)] if self.sort != "recent" else []
        return [pair for pair in pairs if pair != leave and pair[0] not in leave_out]

    def hidden_pairs(self) -> list[tuple[str, str]]:
        """Return what the form has no control for: sort, words, gap, exact, course, territories after the first."""
        more = [("territory", code) for code in self.codes["territory"][1:]]
        return [pair for pair in self.pairs() if pair[0] in ("sort", "q", "gap", "exact", *course.NAMES)] + more

    def url(self, pairs: list[tuple[str, str]], endpoint: str = "ideas.index") -> str:
        parameters = urlencode(pairs)
        return url_for(endpoint) + (f"?{parameters}" if parameters else "")

    @cached_property
    def feed_url(self) -> str:
        """Return the address of the feed of this list; nothing for one that the public does not read."""
        if any(rooms().by_slug[slug].is_private for slug in self.codes["community"]):
            return ""
        language = [("lang", "en")] if locale.get_language() == "en" else []
        return self.url([*self.pairs(leave_out=("sort",)), *language], "ideas.feed")

    def page(self, after: str = "") -> str:
        """Return the address of this list from a place on, or from its start."""
        return self.url([*self.pairs(), ("after", after)] if after else self.pairs())

    def filters(self) -> Filters:
        catalogue = reference.get_catalogue()
        places = [catalogue.place_at(code) for code in self.codes["territory"]]
        is_exact = bool(self.codes["exact"])
        inner = [one for place in places if place for one in ([place] if is_exact else catalogue.within(place))]
        return Filters(
            community=tuple(rooms().by_slug[slug].id for slug in self.codes["community"]),
            issue=tuple(issue.id for issue in map(catalogue.issue_at, self.codes["issue"]) if issue),
            territory=tuple(place.id for place in inner),
            kind=tuple(self.codes["kind"]),
            status=tuple(self.codes["status"]),
            tag=tuple(row_id for tag in self.tags.values() for row_id in tag.ids),
            gap=tuple(self.codes["gap"]),
            course=course.build_course(self.codes),
            words=results.parse_query(self.q, me()),
            is_placeless=is_exact and not places,
        )


def read_query() -> ListQuery:
    """Read the address; answer 400 to an unknown value."""
    catalogue = reference.get_catalogue()
    choices: dict[str, Any] = {
        "community": rooms().by_slug,
        "issue": catalogue.issue_by_slug,
        "territory": {place.code for place in catalogue.places},
        "kind": KINDS,
        "status": PUBLIC,
        "gap": ("1",),
        "exact": ("1",),
    }
    codes = {axis: many_params(axis, choices[axis]) for axis in choices}
    tags = _read_tags()
    codes |= {"tag": list(tags)} | course.read_course()
    return ListQuery(codes, single_param("q").strip(), _read_sort(), single_param("after"), tags)


def _read_sort() -> str:
    sort = single_param("sort", (*SORTS, *FORMER_SORTS), "recent")
    return FORMER_SORTS.get(sort, sort)


def _read_tags() -> dict[str, Any]:
    slugs = list(dict.fromkeys(slug for slug in request.args.getlist("tag") if slug))
    tags = reference.get_tags(slugs)
    if len(tags) != len(slugs) or len(slugs) > MOST_TAGS:
        abort(400)
    used_ids = (
        idea_tags.get_visible_ids(me(), [row_id for tag in tags.values() for row_id in tag.ids]) if tags else set()
    )
    if any(used_ids.isdisjoint(tag.ids) for tag in tags.values()):
        abort(400)
    return tags


def list_chips(query: ListQuery) -> list[tuple[str, str, str | None]]:
    """Return each filter in force: its name, the address of the list without it, its colour."""
    result = []
    for axis, codes in query.codes.items():
        for code in codes:
            name, colour = _name_choice(query, axis, code)
            result.append((name, query.url(query.pairs(leave=(axis, code))), colour))
    if query.q:
        result.append((_("« %(words)s »", words=query.q), query.url(query.pairs(leave_out=("q",))), None))
    return result


def _name_choice(query: ListQuery, axis: str, code: str) -> tuple[str, str | None]:
    catalogue = reference.get_catalogue()
    if axis == "community":
        return label(rooms().by_slug[code]), rooms().by_slug[code].colour
    if axis == "issue":
        return label(catalogue.issue_at(code)), None
    if axis == "territory":
        place = catalogue.place_at(code)
        return (place_name(place) if place else code), None
    if axis == "tag":
        return query.tags[code].name, None
    if axis == "gap":
        return _("Attend une action"), None
    if axis == "exact":
        return str(words.EXACT[bool(query.codes["territory"])]), None
    if axis in course.NAMES:
        return course.name_code(axis, code), None
    return str(words.KINDS[code] if axis == "kind" else words.STATUSES[code]), None


def list_sorts(query: ListQuery) -> list[tuple[str, str, bool]]:
    others = query.pairs(leave_out=("sort",))
    return [
        (str(name), query.url([*others, ("sort", code)] if code != "recent" else others), code == query.sort)
        for code, name in words.SORTS.items()
    ]


def get_facets(query: ListQuery, counts: Counts) -> dict[str, Any]:
    """Return the options of each facet with their counts; an empty one is left out unless it is selected."""
    catalogue = reference.get_catalogue()
    codes = query.codes
    return {
        "communities": [
            (r.slug, label(r), counts.of("community", r.id), r.colour)
            for r in rooms().all
            if _is_offered(r, counts) or r.slug in codes["community"]
        ],
        "kinds": [(k, words.KINDS[k], counts.of("kind", k), None) for k in KINDS],
        "statuses": [
            (s, words.STATUSES[s], counts.of("status", s), None)
            for s in PUBLIC
            if counts.of("status", s) != 0 or s in codes["status"]
        ],
        "issues": [
            (i.slug, label(i), counts.of("issue", i.id), None)
            for i in catalogue.issues
            if not i.is_archived or counts.of("issue", i.id) != 0 or i.slug in codes["issue"]
        ],
        "territories": group_territories(counts.of),
        "tags": [(slug, name, n, None) for slug, name, n in counts.tags],
    }


def _is_offered(room: Room, counts: Counts) -> bool:
    """Tell whether a community is a choice of the facet; no public list holds the ideas of a private one."""
    return not room.is_private and (not room.is_archived or counts.of("community", room.id) != 0)

"""What the address of the map asks for."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, url_for
from flask_babel import gettext as _

from app.communities.queries import Room, get_public_rooms
from app.core.actor import ANYONE
from app.core.errors import NotFound
from app.ideas.queries import tags
from app.ideas.queries.lists import Filters
from app.reference.queries import Axis, Place, TagNow, get_catalogue
from app.web.frame import maps
from app.web.frame.filters import label
from app.web.frame.map_words import GAPS, SHOWS
from app.web.frame.maps import Address
from app.web.frame.params import single_param

NEAR = "mrc"
MAP, PLACE = "#map", "#place"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class MapQuery:
    """What is shown (`map_words.SHOWS`), what narrows it, the place that is chosen.

    `is_gap`: the needs that wait, alone. `is_near`: the picture is that of the MRC of the place, not of the region.
    """

    show: str = SHOWS[0]
    room: Room | None = None
    issue: Axis | None = None
    tag: TagNow | None = None
    is_gap: bool = False
    place: Place | None = None
    is_near: bool = False

    @property
    def words(self) -> str:
        """Return what is counted, as `map_words` names it."""
        return GAPS if self.is_gap else self.show

    @property
    def mrc(self) -> Place | None:
        """Return the MRC whose picture is shown, None for the region."""
        if self.place is None or self.place.is_mrc:
            return self.place
        return get_catalogue().parent(self.place) if self.is_near else None

    @property
    def filters(self) -> Filters:
        return Filters(
            community=(self.room.id,) if self.room else (),
            issue=(self.issue.id,) if self.issue else (),
            tag=self.tag.ids if self.tag else (),
        )

    @property
    def narrowed(self) -> Pairs:
        """Return the parameters that narrow what is counted, as the lists of ideas name them too."""
        axes = {"community": self.room, "issue": self.issue, "tag": self.tag}
        return [(name, thing.slug) for name, thing in axes.items() if thing]

    @property
    def counted(self) -> Pairs:
        """Return the parameters that say what is counted, wherever it is."""
        show = [("show", self.show)] if self.show != SHOWS[0] else []
        return [*show, *self.narrowed, *([("gap", "1")] if self.is_gap else [])]

    @property
    def placed(self) -> Pairs:
        """Return the parameters that say which place is chosen, and in which picture."""
        frame = [("frame", NEAR)] if self.is_near else []
        return [*frame, *([("territory", self.place.code)] if self.place else [])]

    def url(self, pairs: Pairs, code: str = "", *, endpoint: str = "map.region") -> str:
        """Return the address of the map with these parameters, at the place of this code."""
        parameters = urlencode([*pairs, *([("territory", code)] if code else [])])
        return url_for(endpoint) + (f"?{parameters}" if parameters else "")

    def address(self) -> Address:
        """Return what stands around the code of a place in its address on this map; it stays in the same picture."""
        named: dict[str, Any] = dict(self.counted) | ({"frame": NEAR} if self.mrc else {})
        return maps.find_address("map.region", "territory", **named)._replace(after=PLACE, whole=MAP)

    def chips(self) -> list[tuple[str, str, str | None]]:
        """Return each filter in force: its name, the address of the map without it, its colour."""
        names: dict[str, tuple[str, str | None]] = {}
        if self.room:
            names["community"] = label(self.room), self.room.colour
        if self.issue:
            names["issue"] = label(self.issue), None
        if self.tag:
            names["tag"] = self.tag.name, None
        if self.is_gap:
            names["gap"] = _("Sans action seulement"), None
        return [(text, self._without(name), colour) for name, (text, colour) in names.items()]

    def _without(self, name: str) -> str:
        return self.url([*(pair for pair in self.counted if pair[0] != name), *self.placed])

    @property
    def code(self) -> str:
        return self.place.code if self.place else ""


def read_query() -> MapQuery:
    """Read the address; answer 400 to an unknown value, 404 to a code that is no territory."""
    catalogue, rooms = get_catalogue(), get_public_rooms()
    code = single_param("territory")
    place = catalogue.place_at(code)
    if code and place is None:
        raise NotFound()
    room, issue = single_param("community", rooms.by_slug), single_param("issue", catalogue.issue_by_slug)
    show, slug, is_gap = single_param("show", SHOWS, SHOWS[0]), single_param("tag"), single_param("gap", ("1",))
    tag = tags.find_tag(ANYONE, slug) if slug else None
    if slug and tag is None:
        abort(400)
    is_near = bool(single_param("frame", (NEAR,))) and place is not None and not place.is_mrc
    return MapQuery(
        show,
        rooms.by_slug[room] if room else None,
        catalogue.issue_at(issue),
        tag,
        bool(is_gap) and show == SHOWS[0],
        place,
        is_near,
    )

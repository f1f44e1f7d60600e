"""The small map: each MRC drawn and listed with one number; a list alone where a site has no shapes."""

import gzip

import pytest
from bs4 import BeautifulSoup
from flask import Flask, get_template_attribute
from sqlalchemy import delete, update

from app.core import versions
from app.core.db import run
from app.core.unit import unit
from app.reference.models import RegionShapes, Territory
from app.reference.queries import KEY, get_catalogue
from app.web.frame.minimap import view_minimap
from tests.reference.test_frames import MRCS, read_path
from tests.support.clock import LONG_AGO

COUNTS = {"67": 11, "68": 7, "69": 14, "70": 16, "71": 9}
MOST = 1_500
"""Bytes that the drawing may weigh, compressed."""


def draw(app: Flask, counts: dict[str, int], here: str = "") -> BeautifulSoup:
    with app.test_request_context("/"):
        html = get_template_attribute("components/minimap.html", "minimap")(view_minimap(counts, here))
    return BeautifulSoup(str(html), "html.parser")


def test_each_mrc_has_its_shape_its_number_and_its_line(app: Flask) -> None:
    page = draw(app, COUNTS, here="69")
    assert page.svg and page.svg["aria-hidden"] == "true" and not page.svg.select("a")
    assert len(page.select("path")) == 5 and len(page.select("path.is-here")) == 1
    listed = {str(a["href"]): a.b.text for a in page.select(".counts a") if a.b}
    assert listed == {f"/territories/{code}": str(count) for code, count in COUNTS.items()}
    assert sorted(text.text for text in page.select("text")) == sorted(listed.values())
    assert [a["href"] for a in page.select(".counts .is-here")] == ["/territories/69"]


def test_the_drawing_is_light(app: Flask) -> None:
    assert len(gzip.compress(str(draw(app, COUNTS).svg).encode())) <= MOST


def test_neighbours_meet_without_a_gap(app: Flask) -> None:
    with app.test_request_context("/"):
        rings = {place.name: read_path(place.path) for place in view_minimap({}).places}
    points = {name: {point for ring in found for point in ring} for name, found in rings.items()}
    shared = points["Le Haut-Saint-Laurent"] & points["Les Jardins-de-Napierville"]
    assert len(shared) >= 2, "a border is drawn once for both"


def test_a_site_without_shapes_has_the_list_alone(app: Flask) -> None:
    with unit():
        run(delete(RegionShapes))
        versions.touch(KEY)
    page = draw(app, COUNTS)
    assert not page.svg and len(page.select(".counts a")) == len(MRCS)


@pytest.mark.parametrize("count", [0, 3])
def test_an_archived_mrc_stays_where_somebody_spoke(app: Flask, count: int) -> None:
    with unit():
        mrc = get_catalogue().place_at("71")
        assert mrc
        run(update(Territory).where(Territory.id == mrc.id).values(archived_at=LONG_AGO))
        versions.touch(KEY)
    assert bool(draw(app, {"71": count}).select("a[href$='/71']")) is bool(count)

"""What the drawings of a page weigh, compressed: a day that rises, the scene of a community, its small map."""

import gzip
from collections.abc import Iterable

import pytest
from flask import Flask, get_template_attribute

from app.communities.models import COLOURS
from app.web.frame import dawn
from app.web.frame.dawn import view_dawn
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import HERE

MOST = 1_500


def weigh(drawings: Iterable[object]) -> int:
    return len(gzip.compress("".join(map(str, drawings)).encode(), 9))


@pytest.mark.one_engine
def test_a_day_that_rises_is_light_in_each_of_its_states(app: Flask) -> None:
    with app.test_request_context("/"):
        draw = get_template_attribute("components/dawn.html", "dawn")
        weights = {state: weigh([draw(view_dawn(state), "food")]) for state in dawn.STATES}
    assert max(weights.values()) <= MOST, weights


@pytest.mark.one_engine
def test_the_scene_of_a_community_is_light_in_each_colour(app: Flask) -> None:
    with app.test_request_context("/"):
        draw = get_template_attribute("components/scene.html", "scene")
        weights = {colour: weigh([draw(colour)]) for colour in COLOURS}
    assert max(weights.values()) <= MOST, weights
    assert len({str(draw(colour)) for colour in COLOURS}) > 5, "each has its own"


def test_a_page_draws_little(make: Make, visitor: Browser) -> None:
    make.idea(community=HERE, territories=["70052"], issues=["education"])
    for path in (f"/communities/{HERE}", "/communities", "/territories", "/issues/education"):
        drawings = visitor.get(path).soup.select("main svg.scene, main svg.minimap")
        assert drawings and weigh(drawings) <= MOST, (path, weigh(drawings))

"""Maps: a disc for each place with its number in words, links that the shapes share, the chosen place under the sun."""

import gzip
from collections.abc import Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from markupsafe import Markup
from sqlalchemy import delete

from app.core import versions
from app.core.db import run
from app.core.unit import unit
from app.reference import queries
from app.reference.models import RegionShapes
from app.web.frame import locale, maps
from app.web.frame.map_words import SHOWS, PlaceCount, tell_count, tell_whole
from app.web.frame.maps import Address, choose_size, view_map, view_place, write_number

MRCS = ("67", "68", "69", "70", "71")
# How wide a bold figure is, beside its size.
BOLD = 0.63
PLACE = Address("/map?show=needs&territory=", "#place", "#place")
Counts = Mapping[str, PlaceCount]


@pytest.fixture
def counts() -> dict[str, PlaceCount]:
    """Give each place a number of its own, all answers there are, and silence to some."""
    places = [place for place in queries.get_catalogue().places if not place.is_mrc]
    found = {place.code: PlaceCount(n % 7, min(n % 4, n % 7)) for n, place in enumerate(places)}
    return found | {
        mrc: PlaceCount(sum(c.count for code, c in found.items() if code.startswith(mrc)), 3) for mrc in MRCS
    }


def draw(app: Flask, code: str, counts: Counts | None, lang: str = "fr", **options: Any) -> Any:
    with app.test_request_context("/"):
        locale.prefer(lang)
        view = view_map(code, PLACE, "needs", counts, {"69": PlaceCount(5, 2)}, **options)
        macros: Any = app.jinja_env.get_template("components/map.html").make_module()
        return BeautifulSoup(macros.drawn_map(view), "html.parser")


def codes_of(soup: Any, selector: str) -> list[str]:
    return [link["href"].removeprefix(PLACE.before).removesuffix(PLACE.after) for link in soup.select(selector)]


def test_each_municipality_of_the_region_has_a_disc_and_each_mrc_one_for_a_phone(
    app: Flask, counts: dict[str, PlaceCount]
) -> None:
    soup = draw(app, "", counts)
    wide, phone = codes_of(soup, ".wide .discs a"), codes_of(soup, ".phone .discs a")
    assert set(wide) | set(phone) == set(counts) and sorted(phone) == list(MRCS) and len(wide) == 65
    for code, link in zip(wide + phone, soup.select(".discs a"), strict=True):
        number = link.find("text")
        assert (number.get_text() if number else "0") == str(counts[code].count), code
        assert tell_count("needs", counts[code]) in link.title.get_text()
    assert sorted(codes_of(soup, ".names a")) == list(MRCS)


@pytest.mark.parametrize("mrc", MRCS)
def test_an_mrc_shows_its_own_once_at_each_width(app: Flask, counts: dict[str, PlaceCount], mrc: str) -> None:
    soup = draw(app, mrc, counts)
    own = [code for code in counts if code.startswith(mrc) and code != mrc]
    assert sorted(codes_of(soup, ".discs a")) == sorted(own) == sorted(codes_of(soup, ".cells a"))
    assert not soup.select(".wide .discs, .phone .discs") and not soup.select(".borders a")


def test_shapes_are_targets_for_the_mouse_alone(app: Flask, counts: dict[str, PlaceCount]) -> None:
    soup = draw(app, "", counts)
    assert len(codes_of(soup, ".cells a")) == 65 and sorted(codes_of(soup, ".borders a")) == list(MRCS)
    for link in soup.select(".cells a, .borders a"):
        assert link["tabindex"] == "-1" and link.find_parent(attrs={"aria-hidden": "true"}) and link.title.get_text()
    assert not soup.select(".discs a[tabindex], .names a[tabindex], .discs [aria-hidden]")


def test_paths_are_written_once_and_each_page_has_its_own_addresses(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def draw_view(name: str, _view: object) -> Markup:
        written.append(name)
        return Markup('<a href="before-69-after"/>')

    monkeypatch.setattr(maps, "draw_view", draw_view)
    with app.test_request_context("/"):
        versions.memory_cache.forget()
        views = [view_map("", Address(before), "needs", {}, {}) for before in ("/a?x=1&territory=", '/b?y="<')]
    assert len(written) == 1 and all(views)
    assert [str(view.shapes) for view in views if view] == [
        '<a href="/a?x=1&amp;territory=69"/>',
        '<a href="/b?y=&#34;&lt;69"/>',
    ]


def test_the_rim_is_solid_for_the_share_that_actions_answer(app: Flask) -> None:
    counts = {
        "69070": PlaceCount(3, 3),
        "69037": PlaceCount(4, 1),
        "69055": PlaceCount(2, 0),
        "69017": PlaceCount(200, 199),
        "69045": PlaceCount(200, 1),
        "69010": PlaceCount(5),
        "69065": PlaceCount(),
        "69075": PlaceCount(4, 0, 2),
    }
    soup = draw(app, "69", counts)
    rims = dict(zip(codes_of(soup, ".discs a"), soup.select(".discs a"), strict=True))
    classes = {code: [circle["class"][0] for circle in link.select("circle")] for code, link in rims.items()}
    assert classes["69070"] == ["ahead"] and classes["69037"] == classes["69055"] == ["ahead", "behind"]
    assert classes["69010"] == ["plain"] and classes["69065"] == ["hit", "silent"]
    shares = {code: link.select_one(".behind") for code, link in rims.items()}
    dashes = {code: circle.get("stroke-dasharray") for code, circle in shares.items() if circle}
    assert dashes == {"69075": "50 100", "69037": "75 100", "69055": None, "69017": "8 100", "69045": "92 100"}


def test_the_chosen_place_takes_the_sun_and_its_disc_says_that_one_is_there(
    app: Flask, counts: dict[str, PlaceCount]
) -> None:
    soup = draw(app, "", counts, here="69070")
    (cell,) = [link for link in soup.select(".cells a") if link["href"].endswith("=69070#place")]
    assert soup.select_one("path.chosen")["d"] == cell.path["d"]
    assert [link["href"] for link in soup.select("[aria-current]")] == ["/map?show=needs&territory=69070#place"]
    whole = draw(app, "69", counts, here="69")
    assert whole.select_one("path.chosen")["d"] == "", "it would hide the borders of its municipalities"
    none = draw(app, "", counts)
    assert none.select_one("#map-chosen")["d"] == "" and not none.select("[aria-current]")


@pytest.mark.parametrize(("lang", "kinds"), [("fr", ("canton", "village")), ("en", ("township", "village"))])
def test_two_places_that_are_called_alike_say_on_the_map_what_they_are(app: Flask, lang: str, kinds: Any) -> None:
    with app.test_request_context("/"):
        locale.prefer(lang)
        places = {place.code: place for place in queries.get_catalogue().places}
        views = [view_map("68", PLACE, "needs", None, {}), view_place(places["68015"], PLACE)]
        drawn = [names for view in views if view for names in (view.names, view.phone_names) if names]
    assert len(drawn) == 3
    for names in drawn:
        found = sorted(one.text for one in names.names if one.text.startswith("Hemmingford"))
        assert found == [f"Hemmingford ({kind})" for kind in kinds]


def test_what_is_said_for_a_whole_mrc_stands_under_its_name(app: Flask, counts: dict[str, PlaceCount]) -> None:
    (name,) = [link for link in draw(app, "", counts).select(".names a") if "=69#" in link["href"]]
    assert " ".join(name.get_text().split()) == "Le Haut-Saint-Laurent 5 pour toute la MRC"
    assert tell_whole(PlaceCount()) == ""


def test_without_numbers_there_is_no_disc_and_no_legend(app: Flask, counts: dict[str, PlaceCount]) -> None:
    soup = draw(app, "", None)
    assert (
        not soup.select(".discs, .legend") and len(soup.select(".cells a")) == 65 and len(soup.select(".names a")) == 5
    )
    silent = draw(app, "", dict.fromkeys(counts, PlaceCount()))
    assert len(silent.select(".wide .silent")) == 65 and len(silent.select(".phone .silent")) == 5


def test_the_legend_says_what_each_disc_means_and_whose_the_shapes_are(
    app: Flask, counts: dict[str, PlaceCount]
) -> None:
    soup = draw(app, "", counts)
    assert [item.get_text(strip=True).lstrip("4") for item in soup.select(".legend li")] == [
        "une action répond à tous",
        "à une partie",
        "à aucun",
        "personne n’a encore dit un besoin",
    ]
    assert (
        "CC BY 4.0" in soup.select_one(".source").get_text() and soup.svg.title.get_text() == "Besoins par municipalité"
    )
    plain = draw(app, "", {code: PlaceCount(count.count) for code, count in counts.items()})
    assert len(plain.select(".legend li")) == 2 and not plain.select(".ahead, .behind")


def test_two_places_of_one_name_say_which_they_are_in_both_languages(app: Flask, counts: dict[str, PlaceCount]) -> None:
    for lang, kind in (("fr", "canton"), ("en", "township")):
        labels = [title.get_text() for title in draw(app, "68", counts, lang).select(".discs title")]
        found = [label for label in labels if label.startswith("Hemmingford")]
        assert len(found) == 2 and any(f"({kind})" in label for label in found), lang


@pytest.mark.parametrize("show", SHOWS)
def test_each_number_has_its_words(app: Flask, show: str) -> None:
    with app.test_request_context("/"):
        words = {tell_count(show, PlaceCount(count)) for count in (0, 1, 2)}
        assert len(words) == 3 and all(words)
        needs = [tell_count("needs", PlaceCount(*pair)) for pair in ((1, 0), (1, 1), (3, 0), (3, 1), (3, 3))]
    assert needs == [
        "1 besoin, une action y répond",
        "1 besoin, sans action",
        "3 besoins, auxquels une action répond",
        "3 besoins, dont 1 sans action",
        "3 besoins, tous sans action",
    ]


def test_sizes_grow_with_numbers_and_what_is_written_has_room() -> None:
    for most in (1, 4, 9, 170, 5_000):
        sizes = [choose_size(count, most) for count in range(most + 1)]
        assert sizes == sorted(sizes) and set(sizes) <= {0, 1, 2, 3}
    assert [choose_size(count, 4) for count in (0, 1, 2, 3, 4)] == [0, 0, 1, 2, 3]
    assert [write_number(count, 3) for count in (9, 999, 1_538, 99_999)] == ["9", "999", "1k", "99k"]
    for scale in (maps.IN_REGION, maps.IN_MRC, maps.OF_WHOLE):
        for letters, size in enumerate(scale.least, 1):
            assert letters * BOLD * scale.letters <= 2 * (scale.radii[size] - scale.rim), (scale, letters)


def test_a_municipality_is_drawn_among_its_neighbours(app: Flask) -> None:
    with app.test_request_context("/"):
        place = queries.get_catalogue().place_at("69070")
        assert place
        address = maps.find_address("reference.territory", "code")
        assert address == Address("/territories/")
        near = view_place(place, address)
        assert near
        assert near.finding == "Dundee, Godmanchester, Sainte-Barbe" and near.title == "Saint-Anicet et ses voisines"
        assert near.chosen == near.frame.cells["69070"] and near.phone_names is None and near.discs is None


def test_a_site_without_shapes_has_no_map(app: Flask) -> None:
    with unit():
        run(delete(RegionShapes))
        versions.touch(queries.KEY)
    with app.test_request_context("/"):
        assert view_map("", PLACE, "needs", {}, {}) is None and view_map("99", PLACE, "needs", {}, {}) is None


def test_a_map_is_light(app: Flask, counts: dict[str, PlaceCount]) -> None:
    for code, most in (("", 13_000), *((mrc, 8_000) for mrc in MRCS)):
        html = str(draw(app, code, counts, here="69070"))
        assert len(gzip.compress(html.encode(), 6)) <= most, code

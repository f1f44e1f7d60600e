"""The map of needs: its discs, its panel and its list say the same, under each filter."""

import gzip
import re
from typing import Any

import pytest
from sqlalchemy import delete

from app.communities.actors import actor_for
from app.core import clock, versions
from app.core.db import run
from app.core.unit import unit
from app.ideas.queries import place_counts
from app.plan.service import publishing
from app.reference import queries
from app.reference.models import RegionShapes, Tag, Territory
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import record_statements
from tests.support.rows import again
from tests.support.world import HERE

SHOWN = {"show=needs": 0, "gap=1": 1, "show=ideas": -2, "show=actions": -1}
NARROWED = ("", f"community={HERE}", "issue=education", "tag=velo", f"community={HERE}&issue=education")


@pytest.fixture
def region(make: Make, plans: MakePlan) -> Any:
    """Say things in several places, some for a whole MRC or for no place, one need that an action answers."""
    tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
    tour = {"territories": ["70052"], "issues": ["education"], "community": HERE}
    plan = plans.plan(
        action_of("Une tournée", **tour), action_of("Partout"), action_of("Une caravane", territories=["70"])
    )
    axes: dict[str, Any] = {"community": HERE, "issues": ["education"], "tags": [tag]}
    needs = [
        make.idea(title="Un abribus", kind="need", territories=["70052", "70022"], **axes),
        make.idea(title="Une épicerie", kind="need", territories=["70052"], community=HERE),
        make.idea(title="Un médecin", kind="need", territories=["70"]),
        make.idea(title="Un toit", kind="need"),
        make.idea(title="Du bruit", kind="need", territories=["69070"], status="declined"),
    ]
    make.idea(title="Un potager", kind="project", territories=["69070", "70052"], **axes)
    plans.link(plans.actions(plan)[0], needs[1])
    return plan


def discs_of(page: Any) -> dict[str, int]:
    """Return the number of each disc, by its address."""
    found = page.soup.select(".wide .discs a, .map:not(.is-region) .discs a")
    return {link["href"]: int(link.find("text").get_text()) if link.find("text") else 0 for link in found}


def rows_of(page: Any) -> dict[str, list[str]]:
    """Return the numbers of each place in the list, by the address of its disc."""
    rows = page.soup.select("#list tbody tr")
    return {row.th.a["href"]: [cell.get_text(strip=True) for cell in row.select("td")] for row in rows if row.th.a}


@pytest.mark.parametrize("narrowed", NARROWED)
@pytest.mark.parametrize("shown", SHOWN)
def test_each_disc_has_its_address_and_its_number_in_the_list(
    region: Any, visitor: Browser, shown: str, narrowed: str
) -> None:
    for place in ("", "territory=70", "territory=69"):
        page = visitor.get(f"/map?{shown}&{narrowed}&{place}")
        discs, rows = discs_of(page), rows_of(page)
        assert discs and discs.keys() == rows.keys()
        assert {url: str(number) for url, number in discs.items()} == {
            url: cells[SHOWN[shown]] for url, cells in rows.items()
        }


@pytest.mark.parametrize("narrowed", NARROWED)
def test_each_number_of_the_list_leads_to_as_many(region: Any, visitor: Browser, narrowed: str) -> None:
    links = {link["href"]: int(link.get_text()) for link in visitor.get(f"/map?{narrowed}").soup.select("#list td a")}
    assert len(links) > 4
    for url, number in links.items():
        page = visitor.get(url)
        assert page.status_code == 200
        assert len(page.soup.select(".deed" if url.startswith("/plan") else "#results .rows > *")) == number, url
    if not narrowed:
        assert any("exact=1" in url and "territory=70&" in url for url in links)
        assert any(url.endswith("gap=1&exact=1") for url in links), "the needs of no place have a list"


def test_a_list_of_what_names_a_place_itself_says_so_and_leads_back(region: Any, visitor: Browser) -> None:
    page = visitor.get("/ideas?kind=need&territory=70&exact=1")
    assert [row.get_text(strip=True) for row in page.soup.select("#results .rows .title a")] == ["Un médecin"]
    assert "Pour l’ensemble seulement" in page.words
    page = visitor.get("/ideas?exact=1")
    assert "Un toit" in page.words and "Un médecin" not in page.words and "Pour toute la région" in page.words
    assert "1 idée" in page.soup.select_one("[data-announce]").get_text()
    deeds = visitor.get("/plan?exact=1").soup.select(".deed")
    assert len(deeds) == 1 and "Partout" in deeds[0].get_text()
    assert visitor.get("/ideas?exact=2").status_code == visitor.get("/plan?exact=2").status_code == 400


def test_pressing_a_disc_brings_the_panel_of_its_place(region: Any, visitor: Browser) -> None:
    page = visitor.get("/map?territory=70052")
    panel = page.soup.select_one("#place")
    words = " ".join(panel.get_text(" ", strip=True).split())
    assert panel["tabindex"] == "-1" and panel.has_attr("data-autofocus")
    assert "Salaberry-de-Valleyfield" in words and "1 attend encore une action." in words and "Un abribus" in words
    assert "Une épicerie" not in words and "depuis le" in words
    assert "/ideas/new?kind=need&territory=70052" in [link["href"] for link in panel.select("a")]
    around = panel.select("p.meta")[0]
    assert "Pour toute la MRC" in around.get_text() and around.a["href"].endswith("territory=70&exact=1")
    (disc,) = page.soup.select(".discs a[aria-current]")
    assert disc["href"] == disc["hx-get"] == "/map?territory=70052#place"
    part = visitor.get("/map?territory=70052", htmx=True)
    assert part.soup.select_one("#browse #place") and not part.soup.select_one("#list")
    assert part.soup.select_one("#map-chosen")["d"]


def test_the_panel_lists_the_actions_that_it_counts(region: Any, visitor: Browser) -> None:
    there = {
        "": ["Une tournée", "Partout", "Une caravane"],
        "&territory=70": ["Une tournée", "Une caravane"],
        "&territory=70052": ["Une tournée"],
        f"&community={HERE}": ["Une tournée"],
        "&territory=69070": [],
    }
    for narrowed, titles in there.items():
        panel = visitor.get(f"/map?show=actions{narrowed}").soup.select_one("#place")
        assert ("Aucune action." in panel.get_text()) is (not titles)
        assert [link.get_text(strip=True) for link in panel.select(".list .title a")] == titles
        if titles:
            more = visitor.get(panel.select(".more")[0]["href"])
            assert len(more.soup.select(".deed")) == len(titles)


def test_the_parts_of_the_page_have_names_of_their_own(region: Any, visitor: Browser) -> None:
    for path in ("/map", "/map?territory=70", "/map?territory=70052"):
        soup = visitor.get(path).soup
        named = [one["aria-label"] for one in soup.select("[role=region][aria-label]")]
        named += [
            soup.find(id=one["aria-labelledby"]).get_text(strip=True) for one in soup.select("section[aria-labelledby]")
        ]
        assert len(named) == len({*named}), named


def test_an_mrc_opens_its_picture_and_its_discs_stay_in_it(region: Any, visitor: Browser) -> None:
    page = visitor.get("/map?territory=69&show=ideas")
    assert "/map?show=ideas&frame=mrc&territory=69070#place" in discs_of(page)
    assert len(page.soup.select("#list table")) == 1
    near = visitor.get("/map?show=ideas&frame=mrc&territory=69070")
    assert discs_of(near).keys() == discs_of(page).keys()
    assert near.soup.select_one("#place h2").get_text() == "Saint-Anicet"
    assert page.soup.select_one("#map [aria-current]").contents[0].strip() == "Le Haut-Saint-Laurent"
    whole = visitor.get("/map").soup
    for link in whole.select(".phone .discs a, .names a, .borders a"):
        assert link["href"].endswith("#map") and not link.has_attr("hx-get")


def test_what_narrows_the_map_is_named_and_taken_away_in_one_press(region: Any, visitor: Browser) -> None:
    page = visitor.get(f"/map?community={HERE}&issue=education&tag=velo&gap=1&territory=70")
    chips = page.soup.select(".chips .chip")
    assert len(chips) == 4
    for chip in chips:
        assert visitor.get(chip["href"]).soup.select_one("#place h2").get_text().startswith("Beauharnois-Salaberry")
        assert len(visitor.get(chip["href"]).soup.select(".chips .chip")) == 3
    nothing = visitor.get("/map?issue=logement")
    assert "Aucun besoin sous ces filtres." in nothing.words and nothing.soup.select_one(".chips .chip")
    sent = visitor.submit("/map", ".filters form", show="ideas", community=HERE, gap="1")
    assert sent.status_code == 200 and "La carte des idées et des projets" in sent.words


@pytest.mark.parametrize("is_part", [False, True])
def test_what_narrows_the_map_keeps_the_place_that_was_pressed(region: Any, visitor: Browser, *, is_part: bool) -> None:
    """The press of a disc brings what the filters know of the place as well as its panel."""
    for place in ("frame=mrc&territory=70052", "territory=70052", "territory=70", ""):
        page = visitor.get(f"/map?gap=1&community={HERE}&{place}", htmx=is_part)
        kept = page.soup.select_one("#map-kept")
        assert "&".join(f"{one['name']}={one['value']}" for one in kept.select("input")) == place
        links = [link["href"] for link in page.soup.select("#map-chips a")]
        assert len(links) == 3 and all(link.endswith(place) for link in links)
        parts = [part for part in page.soup.select("[id]") if part.get("hx-swap-oob")]
        assert [part["id"] for part in parts] == (["map-kept", "map-chips"] if is_part else [])
        assert bool(kept.find_parent("form")) is not is_part


def test_a_need_that_was_declined_is_said_to_wait_for_nothing(region: Any, visitor: Browser) -> None:
    page = visitor.get("/map?territory=69070")
    (title,) = [one.get_text() for one in page.soup.select(".wide .discs title") if "Saint-Anicet" in one.get_text()]
    assert "1 besoin, dont aucun n’attend d’action" in title
    assert "Rien n’attend d’action ici." in page.words


@pytest.mark.parametrize("state", ["draft", "pending", "hidden", "private", "merged"])
def test_what_the_public_does_not_read_changes_nothing_anywhere(
    region: Any, make: Make, visitor: Browser, state: str
) -> None:
    paths = ("/map", "/map?territory=70052", f"/map?community={HERE}&gap=1", "/map.geojson", "/map.csv")
    before = [visitor.get(path).data for path in paths]
    first = make.idea(kind="idea", community=HERE, territories=["67015"])
    secret: dict[str, Any] = {
        "hidden": {"hidden_at": clock.now()},
        "private": {"community": make.community(is_private=True)},
        "merged": {"merged_into": first.id},
    }.get(state, {"status": state})
    shown = [visitor.get(path).data for path in paths]
    assert shown != before
    make.idea(title="CANARI", kind="need", territories=["70052"], issues=["education"], **secret)
    assert [visitor.get(path).data for path in paths] == shown


def test_where_too_many_pass_the_filters_discs_go_and_the_list_stays(
    region: Any, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_counts, "MOST", 0)
    both = f"community={HERE}&issue=education"
    page = visitor.get(f"/map?{both}&territory=70052")
    assert "Plus de 10 000 contributions répondent à ces filtres" in page.words
    assert not page.soup.select(".discs") and "Chaque rond" not in page.soup.desc.get_text()
    assert page.soup.select(".cells a") and page.soup.select_one("#place h2").get_text() == "Salaberry-de-Valleyfield"
    rows = rows_of(page)
    assert len(rows) == 65 and rows[f"/map?{both}&territory=70052#place"] == [
        "–",
        "–",
        "–",
        "1",
    ]
    facts = visitor.get(f"/map.geojson?{both}").json["features"][0]["properties"]
    assert facts["needs"] is None and facts["actions"] is not None
    assert visitor.get(f"/map.csv?{both}").status_code == 200
    actions = discs_of(visitor.get(f"/map?{both}&show=actions"))
    assert actions[f"/map?show=actions&{both}&territory=70052#place"] == 1


def test_without_a_plan_nothing_is_said_to_wait(region: Any, plans: MakePlan, visitor: Browser) -> None:
    publishing.archive(actor_for(plans.boss), again(region))
    page = visitor.get("/map?gap=1&territory=70052")
    assert "Aucun plan n’est en vigueur" in page.words and "sans action" not in page.words.lower()
    assert [cell.get_text() for cell in page.soup.select("#list thead")[0].select("th")][1:] == [
        "Besoins",
        "Idées et projets",
    ]
    assert not page.soup.select(".map .ahead")


def test_where_nobody_said_anything_the_first_word_is_asked_for(visitor: Browser, plans: MakePlan) -> None:
    plans.plan()
    page = visitor.get("/map?territory=69070")
    assert "Personne n’a encore dit de besoin. Le premier peut être le vôtre." in page.words
    assert "Personne n’a encore dit de besoin ici." in page.words and len(page.soup.select(".wide .silent")) == 65


def test_unknown_codes_and_values_are_refused(visitor: Browser, make: Make) -> None:
    make.community(slug="secrete", is_private=True)
    assert visitor.get("/map?territory=99999").status_code == 404
    for wrong in ("show=gaps", "community=secrete", "community=x", "issue=x", "tag=x", "gap=2", "frame=region"):
        for path in ("/map", "/map.geojson", "/map.csv"):
            assert visitor.get(f"{path}?{wrong}").status_code == 400, wrong


def test_an_archived_place_has_a_disc_while_something_is_said_of_it(region: Any, visitor: Browser) -> None:
    with unit():
        for code in ("70052", "70005"):
            row = queries.db.session.query(Territory).filter_by(code=code).one()
            row.archived_at = clock.now()
        versions.touch(queries.KEY)
    page = visitor.get("/map?territory=70052")
    addresses = discs_of(page)
    assert "/map?territory=70052#place" in addresses and "/map?territory=70005#place" not in addresses
    assert "Ce territoire est archivé" in page.words and "territory=70052" not in str(page.soup.select(".acts a"))
    assert visitor.get("/map?territory=70005").status_code == 200


def test_a_site_without_shapes_shows_the_lists_alone(region: Any, visitor: Browser) -> None:
    with unit():
        run(delete(RegionShapes))
        versions.touch(queries.KEY)
    page = visitor.get("/map?territory=70052")
    assert not page.soup.select(".map") and len(rows_of(page)) == 65 and page.soup.select_one("#place")
    features = visitor.get("/map.geojson").json["features"]
    assert not any(feature["geometry"] for feature in features)


def test_two_places_of_one_name_say_which_they_are(visitor: Browser) -> None:
    for lang, kinds in (("fr", ("canton", "village")), ("en", ("township", "village"))):
        names = [row.get_text() for row in visitor.get(f"/map?lang={lang}").soup.select("#list tbody th")]
        found = [name for name in names if name.startswith("Hemmingford")]
        assert sorted(found) == sorted(f"Hemmingford ({kind})" for kind in kinds)


def test_the_map_is_light_and_takes_few_statements(region: Any, make: Make, visitor: Browser) -> None:
    for place in queries.get_catalogue().places:
        for n in range(len(place.code) * 3):
            make.idea(title=f"Un besoin {n}", kind="need" if n % 2 else "idea", territories=[place.code])
    for path, most in (("/map", 18_000), ("/map?territory=67", 12_000), ("/map?territory=69070", 18_000)):
        page = visitor.get(path)
        assert len(gzip.compress(page.data, 6)) <= most, (path, len(gzip.compress(page.data, 6)))
    versions.memory_cache.forget()
    visitor.get("/map?territory=70")
    make.idea(title="Un autre", kind="need", territories=["70052"])
    with record_statements() as statements:
        visitor.get("/map")
    assert len([one for one in statements if re.match("SELECT|WITH", one)]) <= 5, statements

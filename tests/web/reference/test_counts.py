"""Counts on hubs and on lists of hubs: each is that of the list it leads to, and the public's alone."""

from typing import Any

import pytest

from app.core import clock as time
from app.ideas.models import PUBLIC
from app.plan.models.structure import Action
from app.reference.queries import get_catalogue
from app.web.frame.stations import STATIONS
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import every

HUBS = ("/issues/education", "/territories/70052", "/territories/70")
LISTS = ("/territories", "/issues", "/communities")


def fill(make: Make, **more: Any) -> None:
    """One idea at each public status, in one place."""
    for status in PUBLIC:
        make.idea(status=status, issues=["education"], territories=["70052"], community="securite-alimentaire", **more)


@pytest.mark.parametrize("path", HUBS)
def test_each_station_counts_the_ideas_of_the_list_that_it_leads_to(make: Make, visitor: Browser, path: str) -> None:
    fill(make)
    stops = visitor.get(path).soup.select(".hub-sum .stops li")
    assert [stop.get_text(" ", strip=True).split(" ", 1)[1] for stop in stops] == [str(name) for name in STATIONS]
    for stop in stops:
        listed = visitor.get(stop.a["href"]).soup.select("#results .rows > *")
        assert len(listed) == int(stop.b.text) > 0, stop.a["href"]


def test_a_station_without_ideas_leads_nowhere(make: Make, visitor: Browser) -> None:
    make.idea(status="published", issues=["education"])
    stops = visitor.get("/issues/education").soup.select(".stops li")
    assert [bool(stop.a) for stop in stops] == [True, False, False, False, False]
    assert [stop.get("class") for stop in stops][1:] == [["is-none"]] * 4


@pytest.mark.parametrize("path", [*HUBS, *LISTS])
@pytest.mark.parametrize("state", ["draft", "pending", "hidden", "private"])
def test_what_the_public_does_not_read_counts_nowhere(make: Make, visitor: Browser, path: str, state: str) -> None:
    fill(make)
    before = visitor.get(path).soup.main
    columns: dict[str, Any] = {"issues": ["education"], "territories": ["70052"], "community": "securite-alimentaire"}
    columns |= {
        "hidden": {"hidden_at": time.now()},
        "private": {"community": make.community(is_private=True, slug="discrete")},
    }.get(state, {"status": state})
    make.idea(**columns)
    assert visitor.get(path).soup.main == before


def test_the_lists_say_how_many_ideas_and_actions_each_has(make: Make, plans: MakePlan, visitor: Browser) -> None:
    fill(make)
    plans.plan(
        action_of("Un abribus", issues=["education"], territories=["70052"], community="securite-alimentaire"),
        action_of("Ailleurs", issues=["logement"], territories=["67"]),
    )
    assert len(every(Action)) == 2
    for path, name in (("/territories", "Beauharnois-Salaberry"), ("/issues", "Éducation")):
        [card] = [panel for panel in visitor.get(path).soup.select("main .panel") if panel.h2.text == name]
        facts = card.select_one(".facts").get_text(" ", strip=True)
        assert f"{len(PUBLIC)} contributions" in facts and "1 action" in facts and card.progress, path


def test_a_municipality_that_said_nothing_is_folded_with_the_others(make: Make, visitor: Browser) -> None:
    make.idea(territories=["70052"])
    [card] = [one for one in visitor.get("/territories").soup.select(".panel") if "Beauharnois" in one.h2.text]
    assert [a["href"] for a in card.select(":scope > .counts a")] == ["/territories/70052"]
    mrc = get_catalogue().place_at("70")
    assert mrc and len(card.select("details .counts a")) == len(get_catalogue().within(mrc)) - 2
    assert card.summary.text.replace("\xa0", " ") == "6 autres, sans voix encore : Beauharnois-Salaberry"


def test_an_mrc_shows_itself_among_the_others(make: Make, visitor: Browser) -> None:
    for code in ("70052", "70022"):
        make.idea(territories=[code])
    page = visitor.get("/territories/70").soup
    assert len(page.select(".minimap .is-here")) == 1 and "2" in [text.text for text in page.select(".minimap text")]
    assert {a["href"] for a in page.select(".panel .counts a")} == {"/territories/70052", "/territories/70022"}
    assert page.select_one(".panel a.more[href='#inside']") and page.select_one("#inside")
    assert not visitor.get("/territories/70052").soup.select(".minimap")


def test_one_municipality_that_spoke_is_not_several(make: Make, visitor: Browser) -> None:
    make.idea(territories=["70052"])
    lead = visitor.get("/territories").soup.select_one(".lead").text
    assert lead.startswith("1 municipalité sur ") and " a dit quelque chose" in lead
    assert " municipalities has spoken up" in visitor.get("/territories?lang=en").words


def test_a_territory_that_is_archived_is_said_to_be(make: Make, visitor: Browser, sign_in: Any) -> None:
    make.idea(territories=["70052"])
    place = get_catalogue().place_at("70052")
    assert place
    boss = sign_in(make.user(role="coordinator"))
    boss.submit("/reference/territories", f"form[action='/reference/territories/{place.id}/archive']")
    for path in ("/territories", "/territories/70"):
        names = [link.get_text(" ", strip=True) for link in visitor.get(path).soup.select(".counts a[href$='/70052']")]
        assert names and all("(archivé)" in name for name in names), path

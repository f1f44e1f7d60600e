"""The page of a municipality, or of an MRC: where it is, what waits there, how many wrote, and the way to say more."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from app.communities.actors import actor_for
from app.core import clock as time
from app.core import versions
from app.core.db import run
from app.core.masking import HIDDEN
from app.core.unit import unit
from app.figures import jobs
from app.figures.models import WROTE
from app.figures.queries.persons import get_persons
from app.hubs.queries import places
from app.plan.service import publishing
from app.reference.models import RegionShapes
from app.reference.queries import KEY, get_catalogue
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again
from tests.support.world import HERE

TOWN, MRC = "/territories/70052", "/territories/70"


def sentence(browser: Browser, path: str = TOWN) -> str:
    return browser.get(path).soup.select(".hub-sum > div")[2].p.text.replace("\xa0", " ")


def parts(browser: Browser, path: str = TOWN) -> dict[str, str]:
    rows = browser.get(path).soup.select(".hub-sum > div:nth-of-type(3) li")
    return {row.contents[0].text: row.b.text for row in rows}


def need(make: Make, *codes: str, **columns: Any) -> Any:
    return make.idea(**{"kind": "need", "community": HERE, "territories": list(codes), **columns})


def test_it_says_which_needs_wait_and_the_oldest_come_first(make: Make, plans: MakePlan, visitor: Browser) -> None:
    plan = plans.plan(action_of("Une tournée", territories=["70052"]))
    assert sentence(visitor) == "Personne n’a encore dit un besoin ici." and not visitor.get(TOWN).soup.select(
        "#waiting"
    )
    need(make, "70052", title="Un besoin récent", published_at=time.now())
    assert sentence(visitor) == "Aucune action ne répond à ce besoin."
    old = need(make, "70052", title="Un vieux besoin", status="retained", published_at=time.now() - timedelta(days=200))
    assert sentence(visitor) == "Aucune action ne répond à ces 2 besoins."
    section = visitor.get(TOWN).soup.select_one("#waiting").find_parent("section")
    assert [a.text for a in section.select(".list a")] == ["Un vieux besoin", "Un besoin récent"]
    plans.link(plans.actions(plan)[0], old)
    assert sentence(visitor) == "1 besoin sur 2 attend une action."
    assert parts(visitor)["Une action y répond"] == "1"


def test_each_number_of_what_waits_is_that_of_its_list(make: Make, plans: MakePlan, visitor: Browser) -> None:
    plans.plan()
    for codes in (["70052"], ["70052", "70022"], ["70"], ["70022"], ["67"]):
        need(make, *codes)
    for path, numbers in ((TOWN, [2, 4]), (MRC, [4])):
        links = visitor.get(path).soup.select(".hub-sum > div:nth-of-type(3) a")
        assert [int(a.parent.b.text) for a in links] == numbers
        for a, number in zip(links, numbers, strict=True):
            assert len(visitor.get(a["href"]).soup.select("#results .rows > *")) == number, a["href"]


def test_nothing_is_said_to_wait_while_no_plan_is_in_force(make: Make, plans: MakePlan, visitor: Browser) -> None:
    need(make, "70052")
    assert "Aucun plan d’action n’est en vigueur" in sentence(visitor) and parts(visitor) == {}
    plan = plans.plan()
    assert sentence(visitor) == "Aucune action ne répond à ce besoin."
    publishing.archive(actor_for(plans.boss), again(plan))
    page = visitor.get(MRC)
    assert "Aucun plan d’action" in page.words and "Sans action" not in page.soup.table.text


@pytest.mark.parametrize("state", ["draft", "pending", "hidden", "private"])
def test_what_the_public_does_not_read_changes_nothing_of_it(
    make: Make, plans: MakePlan, visitor: Browser, state: str
) -> None:
    plans.plan()
    need(make, "70052")
    before = [visitor.get(path).soup.main for path in (TOWN, MRC)]
    columns: dict[str, Any] = {
        "hidden": {"hidden_at": time.now()},
        "private": {"community": make.community(is_private=True)},
    }.get(state, {"status": state})
    need(make, "70052", **columns)
    assert [visitor.get(path).soup.main for path in (TOWN, MRC)] == before


def test_how_many_wrote_is_told_once_a_month_in_words_that_point_at_nobody(
    make: Make, visitor: Browser, clock: Any
) -> None:
    clock.at("2027-02-20T12:00")
    assert "Personnes qui ont écrit" not in visitor.get(TOWN).words
    for n in range(6):
        need(make, "70022", author=make.user(), **({"territories": ["70022", "70052"]} if n < 2 else {}))
    clock.at("2027-03-01T06:00")
    jobs.count_persons()
    told = {path: visitor.get(path).soup.select(".hub-sum > div")[0].select("li")[-1].text for path in (TOWN, MRC)}
    assert "avant le 1" in told[TOWN] and "moins de 5" in told[TOWN].replace("\xa0", " ")
    persons, mrc = get_persons(WROTE), get_catalogue().place_at("70")
    assert persons and mrc
    assert told[MRC].endswith(str({HIDDEN: "non dit"}.get(str(persons.of_mrc(mrc.id)), persons.of_mrc(mrc.id))))
    assert visitor.get("/territories/67005").soup.select(".hub-sum > div")[0].select("li b")[-1].text == "0"


def test_an_mrc_is_a_map_and_a_table_that_says_the_same(make: Make, plans: MakePlan, visitor: Browser) -> None:
    action = plans.action()
    for codes in (["70052"], ["70052", "70022"], ["70"], ["70022"]):
        need(make, *codes)
    plans.link(action, need(make, "70022"))
    page = visitor.get(MRC)
    rows = {row.th.text.strip(): [cell.text for cell in row.select("td")] for row in page.soup.select("tbody tr")}
    assert rows["Beauharnois"] == ["3", "2", "0", "0"] and rows["Salaberry-de-Valleyfield"] == ["2", "2", "0", "0"]
    assert rows["Dit de toute la MRC"] == ["1", "1", "0", "0"] and rows["En tout"][:2] == ["5", "4"]
    discs = {a["href"]: a.find("text").text for a in page.soup.select(".discs a") if a.find("text")}
    assert discs == {"/territories/70022": "3", "/territories/70052": "2"}
    listed = {a["href"] for a in page.soup.select("tbody a")}
    assert {a["href"] for a in page.soup.select(".discs a")} <= listed and len(listed) == 7
    assert places.get_numbers().by_code["70"].needs == 5


def test_the_actions_of_a_municipality_say_how_many_are_for_its_whole_mrc_as_the_map_does(
    plans: MakePlan, visitor: Browser
) -> None:
    actions = [action_of("Ici", territories=["70052"]), action_of("Partout", territories=["70"])]
    plans.plan(*actions, action_of("Ailleurs", territories=["67"]))
    here = visitor.get(TOWN).soup.select(".hub-sum > div")[1]
    assert here.select_one(".hub-count b").text == "2"
    [part] = here.select("li")
    assert part.text == "Pour toute la MRC 1" and len(visitor.get(part.a["href"]).soup.select(".deed")) == 1
    assert visitor.get("/map?territory=70052").soup.select_one("#place .hub-count").text.strip() == "1 action du plan"
    assert not visitor.get(MRC).soup.select(".hub-sum > div")[1].select("li")


def test_a_municipality_stands_among_its_neighbours_which_are_links(visitor: Browser) -> None:
    page = visitor.get("/territories/69070")
    assert page.soup.select_one(".map title").text == "Saint-Anicet et ses voisines"
    assert page.soup.select_one("#map-chosen")["d"] and "CC BY 4.0" in page.soup.select_one(".map .source").text
    [words] = [p for p in page.soup.select(".panel p") if "Ses voisines" in p.text]
    named = {a["href"] for a in words.select("a")}
    assert {"/territories/69060", "/territories/69065", "/territories/69075"} == named
    assert named < {a["href"] for a in page.soup.select(".map .cells a")}


def test_a_site_without_shapes_says_the_same_in_words(make: Make, plans: MakePlan, visitor: Browser) -> None:
    plans.plan()
    need(make, "70052")
    with unit():
        run(delete(RegionShapes))
        versions.touch(KEY)
    for path in (TOWN, MRC):
        page = visitor.get(path)
        assert not page.soup.select(".map") and "Aucune action ne répond à ce besoin." in page.words
    assert [cell.text for cell in visitor.get(MRC).soup.select("tbody tr")[-1].select("td")] == ["1", "1", "0", "0"]


def test_one_says_a_need_from_there_with_the_kind_and_the_place_chosen(
    make: Make, plans: MakePlan, member: Browser
) -> None:
    plans.plan()
    need(make, "70052")
    [link] = [a for a in member.get(TOWN).soup.select(".acts a") if "Dire un besoin d’ici" in a.text]
    page = member.get(link["href"])
    form = page.soup
    assert "Lieu choisi : Salaberry-de-Valleyfield." in page.words
    assert "Lieu choisi" not in member.get("/ideas/new?territory=rien").words
    assert form.select_one("input[name=kind][checked]")["value"] == "need"
    assert "Salaberry-de-Valleyfield" in form.select_one("input[name=territories][checked]").find_parent("label").text


def test_it_is_read_in_english(make: Make, plans: MakePlan, visitor: Browser) -> None:
    plans.plan()
    need(make, "70052")
    town, mrc = (visitor.get(f"{path}?lang=en").words for path in (TOWN, MRC))
    assert "No action answers this need." in town and "Without an action in the MRC" in town
    assert "Needs, ideas and actions, by municipality" in mrc and "About the whole MRC" in mrc

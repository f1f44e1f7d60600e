"""What whoever keeps actions up to date is shown of them, by which doors, and what nobody else is shown."""

from datetime import timedelta

import pytest

from app.core import clock
from app.plan.outline import MilestoneOutline
from tests.support.make_plan import action_of
from tests.support.queries import costs_alike

MINE = "/plan/mine"


def in_days(days):
    return (clock.today() + timedelta(days)).isoformat()


@pytest.fixture
def held(plans, make):
    """A plan of four actions, of which `keeper` has three: one is late, one has a day to come, one is over."""
    plan = plans.plan(
        action_of(
            "La tournée",
            [
                MilestoneOutline("Le camion", due_on=in_days(-20)),
                MilestoneOutline("Le second camion", due_on=in_days(40)),
            ],
        ),
        action_of("Le jardin", [MilestoneOutline("Les outils", due_on=in_days(9))]),
        action_of("La cuisine", 0),
        action_of("Le four", 0),
    )
    late, ahead, over, other = plans.actions(plan)
    keeper = make.user("Chantal Perdrix")
    for action in (ahead, over, late):
        plans.holder(action, keeper)
    plans.holder(other)
    plans.say(over, "C'est fait.", state="achieved")
    return {"keeper": keeper, "late": late, "ahead": ahead, "over": over, "other": other}


def titles(page):
    return [title.get_text(" ", strip=True).split(" ", 1)[1] for title in page.soup.select(".slot .title a")]


def test_ones_actions_stand_by_what_is_due_first_with_the_way_to_say_something(held, sign_in):
    browser = sign_in(held["keeper"])
    page = browser.get(MINE)
    assert [title.get_text() for title in page.soup.select("main h2")] == [
        "En retard",
        "Ce qui vient",
        "Réalisées ou abandonnées",
    ]
    assert titles(page) == ["La tournée", "Le jardin", "La cuisine"] and "Le four" not in page.words
    assert "En retard de 2 semaines" in page.words and "Le second camion" in page.words and "Les outils" in page.words
    form = browser.get(page.soup.select_one(".slot-acts a")["href"])
    assert form.status_code == 200 and "La tournée" in form.words.replace("\xa0", " ")


def test_the_menu_the_first_page_and_the_profile_lead_there_whoever_holds_something_and_nobody_else(
    held, make, sign_in, visitor, boss
):
    keeper = held["keeper"]
    for path in ("/", "/about", f"/members/{keeper.id}"):
        assert f'href="{MINE}"' in sign_in(keeper).get(path).text, path
        for browser in (visitor, sign_in(make.user()), boss):
            assert MINE not in browser.get(path).text, path
    home = sign_in(keeper).get("/").soup.select_one(".own-actions")
    assert (
        "3 actions" not in home.get_text() and "2 actions" in home.get_text() and "1 est en retard" in home.get_text()
    )


def test_who_holds_nothing_is_told_so_and_whoever_has_no_account_is_asked_for_one(held, make, sign_in, visitor):
    page = sign_in(make.user()).get(MINE)
    assert page.status_code == 200 and "Aucune action" in page.soup.select_one(".empty").get_text() and not titles(page)
    assert visitor.get(MINE).status_code == 303


def test_a_charge_that_ended_closes_the_door(held, plans, sign_in, boss):
    keeper = held["keeper"]
    for name in ("late", "ahead", "over"):
        page = f"/plan/actions/{held[name].id}/holders"
        boss.submit(
            boss.get(page).soup.select_one(f"#row-{keeper.id} a[href*='/withdrawal']")["href"], "main form.form"
        )
    browser = sign_in(keeper)
    assert not titles(browser.get(MINE)) and MINE not in browser.get("/").text


def test_a_hidden_action_is_not_among_them(held, make, sign_in):
    make.at(held["late"], hidden_at=clock.now(), hidden_reason="x")
    assert titles(sign_in(held["keeper"]).get(MINE)) == ["Le jardin", "La cuisine"]


def listed(page):
    return [row.get_text(" ", strip=True) for row in page.soup.select(".deed .title a")]


def test_the_plan_is_filtered_by_ones_own_actions_and_the_filter_is_taken_away(held, sign_in):
    browser = sign_in(held["keeper"])
    page = browser.get("/plan?mine=1")
    assert listed(page) == ["La tournée", "Le jardin", "La cuisine"]
    assert page.soup.select_one("input[name=mine]").has_attr("checked")
    chip = page.soup.find("a", class_="chip", string=lambda text: True) or page.soup.select_one(".chips a")
    assert "Mes actions" in page.soup.select_one(".chips").get_text() and chip["href"] == "/plan"
    assert listed(browser.submit("/plan", ".filters form", mine="1", late="1")) == ["La tournée"]
    assert len(listed(browser.get("/plan"))) == 4


def test_the_filter_is_offered_to_holders_alone_and_shows_nobody_what_is_another_s(held, make, sign_in, visitor):
    for browser in (visitor, sign_in(make.user()), sign_in(make.user(role="coordinator"))):
        assert browser.get("/plan").soup.select_one("input[name=mine]") is None
        for _again in range(2):
            page = browser.get("/plan?mine=1")
            assert not listed(page) and "entre vos mains" in page.soup.select_one(".empty").get_text()
        sign_in(held["keeper"]).get("/plan?mine=1")
    assert visitor.get("/plan?mine=2").status_code == 400


def test_ones_actions_cost_the_same_for_two_and_for_twenty(plans, make, sign_in):
    keeper = make.user()
    plan = plans.plan(*(action_of(f"Action {n}", 2) for n in range(22)))
    actions = iter(plans.actions(plan))
    browser = sign_in(keeper)
    costs_alike(
        lambda times: [plans.holder(next(actions), keeper) for _n in range(times)],
        (browser, MINE),
        (browser, "/"),
        (browser, "/plan?mine=1"),
        most=13,  # the first page: the plan, its month, and what is theirs
    )

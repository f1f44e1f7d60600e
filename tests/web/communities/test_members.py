"""The list of the members of a community: its team and the coordination read it, with names and nothing else."""

import pytest

from tests.support.queries import TEAM, costs_alike
from tests.support.world import ELSEWHERE, HERE

PAGE, LIST = f"/communities/{HERE}", f"/communities/{HERE}/members"


@pytest.fixture
def ana(make):
    user = make.user("Ana Perdrix")
    make.actor(user, member_of=[HERE])
    make.actor(make.user("Élie Roy"), member_of=[HERE])
    make.actor(make.user("Zoé Ailleurs"), member_of=[ELSEWHERE])
    return user


def names(page):
    return [line.get_text(" ", strip=True) for line in page.soup.select("main .list > li")]


def test_its_team_lists_its_members_and_finds_one_by_name(ana, team):
    page = team.get(PAGE)
    assert page.soup.select_one(f".team-acts a[href='{LIST}']")
    page = team.get(LIST)
    assert names(page) == ["Ana Perdrix", "Élie Roy"] and ana.email not in page.text
    page = team.submit(page, "main form.search", q="elie")
    assert names(page) == ["Élie Roy"]
    page = team.submit(page, "main form.search", q="zoe")
    assert names(page) == [] and page.soup.select_one(f".empty a[href='{LIST}']")


def test_no_member_of_a_public_community_may_be_removed_from_it(ana, team):
    assert "Retirer" not in team.get(LIST).words
    assert team.get(f"{LIST}/{ana.id}/removal").status_code == 404


def test_nobody_else_reads_it(ana, visitor, make, sign_in, boss):
    others = [ana, make.user(facilitates=[ELSEWHERE]), make.user(role="admin")]
    assert [sign_in(user).get(LIST).status_code for user in others] == [404, 404, 404]
    assert visitor.get(LIST).status_code == 303 and boss.get(LIST).status_code == 200
    assert not visitor.get(PAGE).soup.select(f"a[href='{LIST}']")


def test_a_long_list_goes_on_with_what_was_looked_for(make, team):
    for number in range(21):
        make.actor(make.user(f"Ana {number:02}"), member_of=[HERE])
    page = team.get(f"{LIST}?q=ana")
    assert len(names(page)) == 20
    page = team.get(page.soup.select_one("a[rel=next]")["href"])
    assert names(page) == ["Ana 20"] and page.soup.select_one("#q")["value"] == "ana"


def test_the_list_costs_the_same_for_one_and_for_twenty(make, team):
    costs_alike(lambda more: [make.actor(member_of=[HERE]) for _one in range(more)], (team, LIST), most=TEAM)

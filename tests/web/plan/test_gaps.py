"""The page of what waits for an action: which needs, for how long, under which filters, and what left."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core import clock as time
from app.core.db import db
from app.hubs.queries import gaps as queries
from app.ideas import service as ideas
from app.ideas.queries.lists import NO_FILTERS
from app.moderation.merges import service as merges
from app.plan.models.structure import Action
from app.plan.service import links, publishing
from app.web.notices import summaries
from tests.support import tables
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import costs_alike
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

WHY = "Elle répond à ce besoin."


def read(visitor: Browser, query: str = "") -> str:
    return visitor.get(f"/plan/gaps{query}").text


def test_needs_that_no_action_answers_are_listed_the_oldest_first(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    action = plans.action()
    *_waiting, answered = (
        make.idea(title=f"Besoin {n}", kind="need", status="retained", community=HERE) for n in range(3)
    )
    links.make(actor_for(plans.boss), again(answered), again(action), reason=WHY)
    page = read(visitor)
    assert "2 besoins attendent une action" in page
    waiting, left = page.split('id="out"')
    assert waiting.index("Besoin 0") < waiting.index("Besoin 1") and "Besoin 2" not in waiting
    assert "Besoin 2" in left and WHY in left and f"Lié à l’action {again(action).code}" in left


@pytest.mark.parametrize("query", ["?territory=70052", "?territory=70", f"?community={HERE}", "?issue=education"])
def test_each_filter_keeps_what_it_says_and_may_be_removed(
    visitor: Browser, make: Make, plans: MakePlan, query: str
) -> None:
    plans.plan()
    make.idea(title="Un besoin ici", kind="need", community=HERE, territories=["70052"], issues=["education"])
    make.idea(title="Un besoin ailleurs", kind="need", community=ELSEWHERE, territories=["67015"])
    page = read(visitor, query)
    assert "Un besoin ici" in page and "Un besoin ailleurs" not in page and "1 besoin attend une action" in page
    assert "Retirer le filtre" in page


def test_nothing_is_said_to_wait_without_a_plan_nor_under_filters_that_leave_nothing(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    make.idea(title="Un besoin", kind="need", community=HERE)
    page = read(visitor)
    assert "Aucun plan n’est en vigueur" in page and "Un besoin" not in page.split("<main")[1].split("</main")[
        0
    ].replace("Un besoin attend", "")
    plans.plan()
    assert "Rien n’attend sous ces filtres" in read(visitor, "?territory=67015")


def test_an_unknown_value_is_refused(visitor: Browser, make: Make) -> None:
    room = make.community(is_private=True)
    for query in ("territory=1", "issue=rien", "community=rien", f"community={room.slug}"):
        assert visitor.get(f"/plan/gaps?{query}").status_code == 400


def test_the_link_of_a_duplicate_answers_the_need_that_it_is_joined_to(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    action, boss = plans.action(), actor_for(plans.boss)
    linked, into = (make.idea(title=f"Besoin {n}", kind="need", status="retained", community=HERE) for n in range(2))
    links.make(boss, again(linked), again(action), reason=WHY)
    assert "Besoin 1" in read(visitor).split('id="out"')[0]
    merges.merge(boss, again(linked), again(into), reason="C'est le même.")
    waiting, left = read(visitor).split('id="out"')
    assert "Aucun besoin n’attend" in waiting
    assert f"Ce qui lui est joint est lié à l’action {again(action).code}" in left
    assert "le même." in left, "with the reason of the merge"
    merges.part(boss, again(linked), reason="Ce n'est pas le même.")
    assert "1 besoin attend une action" in read(visitor)


def test_home_and_the_plan_say_how_many_wait_and_lead_there(visitor: Browser, make: Make, plans: MakePlan) -> None:
    plans.plan()
    assert not any("attend une action" in visitor.get(path).text for path in ("/", "/plan"))
    make.idea(kind="need", community=HERE)
    for path in ("/", "/plan"):
        link = visitor.get(path).soup.select_one('main a[href="/plan/gaps"]')
        assert link and link.get_text() == "1 besoin attend une action", path


def test_what_is_achieved_answers_for_good_and_what_a_former_plan_had_only_begun_does_not(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    done, begun = plans.actions(plans.plan(action_of("Un marché"), action_of("Une cuisine")))
    for title, action in (("Un besoin comblé", done), ("Un besoin à moitié", begun)):
        need = make.idea(title=title, kind="need", status="retained", community=HERE)
        links.make(actor_for(plans.boss), need, again(action), reason=WHY)
    plans.say(again(done), state="achieved")
    plans.say(again(begun), state="underway")
    assert "Aucun besoin n’attend" in read(visitor)
    publishing.make_current(actor_for(plans.boss), again(plans.plan()))
    page = read(visitor)
    waiting, left = page.split('id="out"')
    assert "1 besoin attend une action" in waiting and "Un besoin à moitié" in waiting
    assert "Un besoin comblé" not in waiting and "Un besoin comblé" in left
    assert "réalisée de n’importe quel plan" in page, "the page says so"


def test_a_second_link_does_not_take_out_again_what_waits_no_more(
    visitor: Browser, make: Make, plans: MakePlan, clock: Clock
) -> None:
    first, second = plans.actions(plans.plan(action_of("Un marché"), action_of("Une cuisine")))
    need = make.idea(title="Un répit", kind="need", status="retained", community=HERE)
    for action in (first, second):
        links.make(actor_for(plans.boss), again(need), again(action), reason=WHY)
        clock.forward(days=10)
    assert f"Lié à l’action {again(first).code}" in read(visitor)
    assert queries.count_moves(NO_FILTERS, time.ago(days=15)).left == 0


def test_no_need_stops_being_one_without_a_word_why_nor_a_line_of_the_journal(
    visitor: Browser, make: Make, plans: MakePlan, sign_in: Callable[[User], Browser]
) -> None:
    author = make.user()
    plans.plan()
    need = make.idea(author, HERE, "retained", kind="need", title="Un répit de nuit")
    browser, path = sign_in(author), f"/ideas/{need.id}/edit"
    before = tables.photo()
    browser.submit(path, "main form.form", button="publish")
    assert not tables.changed_tables(before, tables.photo()) & {"ideas", "revisions", "journal"}
    page = browser.submit(path, "main form.form", button="publish", kind="project")
    assert page.status_code == 422 and page.soup.select_one(".error-summary a[href='#summary']")
    assert again(need).kind == "need" and "1 besoin attend une action" in read(visitor)
    why = "C'est devenu un projet."
    assert browser.submit(page, "main form.form", button="publish", summary=why).status_code == 303
    page = read(visitor)
    assert "Aucun besoin n’attend" in page and "Un répit de nuit" in page.split('id="out"')[1]
    assert "ou en fait autre chose qu’un besoin" in page, "the page says so"
    assert "de « Besoin » à « Projet »" in visitor.get("/journal").words.replace("\xa0", " ")
    assert why in visitor.get(f"/ideas/{need.id}/revisions/2").words


def test_what_becomes_a_need_asks_nothing(make: Make, sign_in: Callable[[User], Browser]) -> None:
    author = make.user()
    idea = make.idea(author, HERE, kind="idea")
    page = sign_in(author).submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish", kind="need")
    assert page.status_code == 303 and again(idea).kind == "need"


def test_a_page_of_which_nothing_waits_leads_on(visitor: Browser, plans: MakePlan, member: Browser) -> None:
    plans.plan()
    for browser in (visitor, member):
        page = browser.get("/plan/gaps")
        assert "Rien n’attend pour l’instant" in page.words and 'id="out"' not in page.text
        assert page.soup.select_one('main a[href="/ideas?kind=need"]')
    assert page.soup.select_one('main a[href="/ideas/new?kind=need"]'), "a member may say one"


def test_the_page_of_a_place_leads_to_what_waits_there(visitor: Browser, make: Make, plans: MakePlan) -> None:
    plans.plan()
    make.idea(title="Un besoin ici", kind="need", community=HERE, territories=["70052"])
    page = visitor.get("/territories/70052")
    assert "Un besoin ici" in visitor.get(page.soup.select_one('main a[href^="/plan/gaps"]')["href"]).text


def test_the_desk_of_each_community_says_what_waits_in_it(
    make: Make, plans: MakePlan, fae: User, sign_in: Callable[[User], Browser]
) -> None:
    team, secluded = sign_in(fae), make.community(is_private=True)
    make.facilitator(fae, secluded.slug)
    make.idea(kind="need", community=secluded.slug)
    for room in (HERE, HERE, ELSEWHERE):
        make.idea(kind="need", community=room)
    assert not team.get(f"/moderation/{HERE}").soup.select_one('a[href^="/plan/gaps"]'), "no plan is in force"
    plans.plan()

    def say(browser: Browser, path: str) -> list[tuple[str, str]]:
        found = browser.get(path).soup.select('.desk-queues a[href^="/plan/gaps"]')
        return [(link["href"], link.get_text()) for link in found]

    assert say(team, f"/moderation/{HERE}") == [(f"/plan/gaps?community={HERE}", "2 besoins attendent une action")]
    assert say(team, f"/moderation/{secluded.slug}") == say(team, "/moderation") == []
    assert say(sign_in(plans.boss), "/moderation") == [("/plan/gaps", "3 besoins attendent une action")]


def test_the_summary_of_a_week_says_how_many_came_and_left(
    make: Make, plans: MakePlan, fae: User, outbox: Any, clock: Clock
) -> None:
    clock.at("2027-01-05T12:00")
    secluded, action, boss = make.community(is_private=True), plans.action(), actor_for(plans.boss)
    make.facilitator(fae, secluded.slug)
    make.paces(fae, desk="weekly")
    make.paces(plans.boss, desk="weekly")
    needs = [make.idea(kind="need", status="retained", community=HERE) for _n in range(4)]
    clock.forward(days=14)
    summaries.write_summaries()
    assert not any("besoins qui attendent" in mail.text.lower() for mail in outbox.to(fae.email)), "nothing moved"
    links.make(boss, again(needs[0]), again(action), reason=WHY)
    ideas.move(boss, again(needs[1]), "declined", reason=WHY)
    for room in (HERE, ELSEWHERE, secluded.slug):
        make.idea(kind="need", status="retained", community=room)
    gone = make.idea(kind="need", status="retained", community=HERE)
    links.make(boss, again(gone), again(action), reason=WHY)
    clock.forward(days=7)
    summaries.write_summaries()
    of_team, of_region = (outbox.to(person.email)[-1] for person in (fae, plans.boss))
    line = "Besoins qui attendent une action (Sécurité alimentaire) : 3 (2 de plus, 3 de moins)"
    assert line in of_team.text.replace("\xa0", " ") and secluded.name not in of_team.text
    assert f"/plan/gaps?community={HERE}" in of_team.text and "/plan/gaps" in of_team.html
    assert "Besoins qui attendent une action : 4 (3 de plus, 3 de moins)" in of_region.text.replace("\xa0", " ")


def test_the_page_costs_as_much_for_twenty_needs_as_for_one(member: Browser, make: Make, plans: MakePlan) -> None:
    action_id, boss = plans.action().id, actor_for(plans.boss)

    def fill(times: int) -> None:
        for _n in range(times):
            make.idea(kind="need", status="retained", community=HERE)
            answered = make.idea(kind="need", status="retained", community=HERE)
            links.make(boss, answered, db.session.get_one(Action, action_id), reason=WHY)

    costs_alike(fill, (member, "/plan/gaps"), most=14)


def test_what_waits_and_its_map_lead_to_one_another_under_the_same_filters(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    plans.plan()
    make.idea(title="Un besoin ici", kind="need", community=HERE, territories=["70052"])
    [link] = [
        a for a in visitor.get(f"/plan/gaps?community={HERE}&territory=70").soup.select("main a") if "/map" in a["href"]
    ]
    page = visitor.get(link["href"])
    assert "La carte des besoins sans action" in page.words and "Beauharnois-Salaberry : 1 besoin" in page.words
    [back] = [a for a in page.soup.select("main a") if "/plan/gaps" in a["href"]]
    assert "1 besoin attend une action" in read(visitor, back["href"].removeprefix("/plan/gaps"))
    assert f"community={HERE}" in back["href"] and "territory=70" in back["href"]

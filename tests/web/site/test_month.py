"""The first page says what moved in a month, and how far the plan is."""

from typing import Any

from app.communities.actors import actor_for
from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.queries import actions as queries
from app.plan.queries import plans as plan_queries
from app.plan.service import links
from app.plan.service.bulletins import Completion
from tests.support.browser import Answer
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import record_statements


def month(answer: Answer) -> Any:
    heading = answer.soup.select_one("#month")
    return heading.find_parent("section") if heading else None


def far(answer: Answer) -> Any:
    return answer.soup.select_one("#plan-far").find_parent("aside")


def reached(action: Action, number: int) -> list[Completion]:
    return [Completion(queries.list_milestones(action.id)[number].id, time.today(), "Fait.")]


def test_without_a_plan_the_page_shows_what_moved_beside_the_place_of_the_plan(visitor, make):
    page = visitor.get("/")
    assert month(page) is None and "Le plan s’écrira ici" in page.words
    make.idea(status="retained", title="Un banc au soleil")
    page = visitor.get("/")
    assert "Un banc au soleil" in month(page).text and "Le plan s’écrira ici" in page.words
    assert page.soup.select_one("#plan-far") is None


def test_it_counts_the_month_and_shows_the_newest_first(visitor, make, plans: MakePlan, clock):
    action = plans.action("Une tournée d'épicerie")
    clock.forward(days=40)
    plans.say(action, "Rien de neuf il y a longtemps.")
    clock.forward(days=40)
    idea = make.idea(status="retained", title="Du lait au village")
    links.make(actor_for(plans.boss), idea, action, reason="Elle en part.")
    clock.forward(days=1)
    plans.say(action, "Les premiers ménages sont **inscrits**.", completions=reached(action, 0))
    answer = visitor.get("/")
    page, plan = month(answer), far(answer)
    assert "1 action a avancé, 1 jalon a été franchi, 1 idée a rejoint le plan et 1 réponse a été donnée." in page.text
    assert [link.text for link in page.select("ol a, ul a")] == ["Une tournée d'épicerie", "Du lait au village"]
    assert "Les premiers ménages sont inscrits." in page.text and "il y a longtemps" not in page.text
    assert "50" in plan.select_one(".plan-far").text and "1 jalon franchi sur 2." in plan.text
    assert plan.select_one("li progress")["value"] == "50" and plan.select_one("a.more")["href"] == "/plan"


def test_the_newest_leave_a_place_to_the_plan_and_to_a_no(visitor, make, plans: MakePlan, clock):
    action = plans.action()
    plans.say(action, "Tout avance.")
    clock.forward(days=1)
    make.idea(status="declined", title="Un train de plus")
    for number in range(8):
        clock.forward(hours=1)
        make.idea(status="under_review", title=f"Étude {number}")
    shown = [item.text for item in month(visitor.get("/")).select("li")]
    assert len(shown) == 5
    assert "Étude 7" in shown[0] and "Un train de plus" in shown[3] and "Tout avance." in shown[4]


def test_what_is_not_for_everybody_shows_nothing_not_even_a_number(visitor, make, plans: MakePlan):
    plan = plans.plan(action_of("Une action masquée", 1), action_of("Une nouvelle masquée", 1))
    first, second = (db.session.get_one(Action, number) for number in sorted(plan_queries.list_action_ids(plan)))
    room = make.community(name="Un cercle fermé", is_private=True)
    for action in (first, second):
        plans.say(action, "Des mots à taire.", completions=reached(action, 0))
    plans.link(second, make.idea(status="retained", community=room))
    make.idea(status="declined", title="Un refus privé", community=room)
    with unit():
        db.session.get_one(Action, first.id).hide(plans.boss.id, "Motif")
        db.session.query(Bulletin).filter_by(action_id=second.id).one().hide(plans.boss.id, "Motif")
    page = visitor.get("/")
    assert month(page) is None and "En 30 jours" not in page.words
    assert "mots à taire" not in page.words and "1 jalon franchi sur 1." in far(page).text


def test_a_plan_without_milestones_is_told_by_what_its_holders_declare(visitor, plans: MakePlan):
    plans.say(plans.action(milestones=[]), progress=30)
    plan = far(visitor.get("/"))
    assert "30 %" in plan.select_one(".plan-far").text.replace("\u00a0", " ") and "franchi" not in plan.text


def test_the_first_page_costs_two_statements_more_with_a_plan(visitor, make, plans: MakePlan):
    def cost() -> int:
        make.idea()
        visitor.get("/ideas")
        with record_statements() as statements:
            visitor.get("/")
        return len(statements)

    without = cost()
    plan = plans.plan(*(action_of(f"Action {number}", 2) for number in range(3)))
    assert cost() <= without + 2
    for number in plan_queries.list_action_ids(plan):
        plans.say(db.session.get_one(Action, number), "Tout avance.")
    assert cost() <= without + 2


def test_a_tile_says_how_many_ideas_and_actions_a_community_has(visitor, make, plans: MakePlan):
    slug = make.community(name="Le cercle muet").slug

    def tile() -> str:
        return visitor.get("/").soup.select_one(f"a.tile[href='/communities/{slug}']").text

    assert "Pas encore de voix" in tile()
    make.idea(community=slug)
    plans.action(communities=[slug])
    assert "1 idée" in tile() and "1 action au plan" in tile() and "Pas encore" not in tile()

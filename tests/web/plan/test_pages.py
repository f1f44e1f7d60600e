"""The plan to read: how far it is, its tree, the same actions grouped and filtered, other plans; it costs little."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core import clock as time
from app.core.db import db
from app.plan.models.structure import Action, Plan
from app.plan.outline import FundingOutline, MilestoneOutline, ObjectiveOutline, OrientationOutline, Outline
from app.plan.queries import actions
from app.plan.queries import plans as queries
from app.plan.service import publishing
from app.plan.service.bulletins import Completion
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import costs_alike

NOON, EARLIER, SOON = "2026-05-15T16:00", date(2026, 5, 12), date(2027, 6, 19)


@pytest.fixture
def plan(clock: Clock, plans: MakePlan) -> Plan:
    """Five actions: one underway and late, one achieved, one to come, one dropped, one without anything said of it."""
    clock.at(NOON)
    plan = plans.plan(
        action_of(
            "Une tournée d'épicerie",
            lead="La Tablée",
            partners=["Au volant"],
            territories=["70052"],
            issues=["education"],
            community="securite-alimentaire",
            funding=[FundingOutline("Fonds", 48000, 2026, 2028)],
            milestones=[MilestoneOutline("Essayer", due_on=EARLIER.isoformat()), MilestoneOutline("Tenir", weight=3)],
        ),
        action_of(
            "Une cuisine",
            1,
            lead="Élan",
            territories=["70"],
            communities=["transport-collectif"],
            ends_on=SOON.isoformat(),
        ),
        action_of("Un marché", 2, weight=2, starts_on=SOON.isoformat(), ends_on=SOON.isoformat()),
        action_of("Un congélateur", 1),
        action_of("Un jardin"),
        title="Ce que la région a décidé de faire",
    )
    late, kitchen, _market, freezer, _garden = db.session.query(Action).order_by(Action.position)
    plans.say(late, "Au pas.", state="underway", blocker="Il manque un local.")
    plans.say(
        kitchen,
        "Fini.",
        state="achieved",
        completions=[Completion(actions.list_milestones(kitchen.id)[0].id, time.today(), "27 ménages")],
    )
    plans.say(freezer, "Faute de **place**.", state="dropped")
    return plan


def words(page: Any) -> str:
    return str(page.words).replace("\xa0", " ").replace("’", "'")


def titles(page: Any) -> list[str]:
    return [link.get_text().replace("\xa0", " ").replace("’", "'") for link in page.soup.select(".deed .title a")]


def test_before_a_plan_its_page_says_what_it_will_be(visitor: Browser, plans: MakePlan) -> None:
    assert "Le plan n'est pas encore publié" in words(visitor.get("/plan"))
    plans.plan(action_of("À retirer"))
    db.session.query(Action).update({"hidden_at": time.now()})
    db.session.commit()
    assert "Ce plan n'a pas encore d'action" in words(visitor.get("/plan"))


def test_the_head_says_how_far_the_plan_is_and_how_that_is_worked_out(visitor: Browser, plan: Plan) -> None:
    page = visitor.get("/plan")
    said = words(page)
    # (0 + 1 + 0 × 2 + 0) of 5: the dropped action does not count.
    for text in (
        "20 %",
        "1 jalon franchi sur 5",
        "1 orientation, 1 objectif, 5 actions",
        "1 action est en retard",
        "48 000 $",
        "organismes 3",
        "Comment c'est calculé",
        "Version 1",
        "Le plan",
    ):
        assert text in said, text
    stations = [
        item.get_text(" ", strip=True).replace("\xa0", " ").replace("’", "'") for item in page.soup.select(".marks li")
    ]
    assert stations[0] == "1.1.1 Une tournée d'épicerie : En cours, En retard de 3 jours" and stations[3].endswith(
        "Abandonnée"
    )
    assert page.soup.select_one("progress.is-large")["value"] == "20"
    assert page.soup.select_one("nav a[aria-current=page]").get_text() == "Plan"
    assert "/plan</loc>" in visitor.get("/sitemap.xml").text


def test_each_action_says_its_state_who_leads_it_where_and_what_blocks_it(visitor: Browser, plan: Plan) -> None:
    rows = [
        row.get_text(" ", strip=True).replace("\xa0", " ").replace("’", "'")
        for row in visitor.get("/plan").soup.select(".deed")
    ]
    for text in (
        "En cours",
        "1.1.1",
        "La Tablée",
        "Poids 1",
        "0 jalon de 2",
        "En retard de 3 jours",
        "Il manque un local.",
    ):
        assert text in rows[0], text
    assert (
        "Réalisée en" in rows[1]
        and "1 jalon de 1" in rows[1]
        and "Début prévu" in rows[2]
        and "Toute la région" in rows[2]
    )
    assert "Faute de place." in rows[3] and "Abandonnée en" in rows[3] and "0 %" in rows[4]


@pytest.mark.parametrize(
    ("address", "groups", "count"),
    [
        ("?view=territory", ["Beauharnois-Salaberry", "Toute la région"], 5),
        ("?view=issue", ["Éducation", "Sans enjeu précisé"], 5),
        ("?view=community", ["Sécurité alimentaire", "Transport collectif", "Sans communauté"], 5),
        ("?view=year", [f"Se termine en {SOON.year}", "Sans date de fin"], 5),
        ("?view=lead", ["Élan", "La Tablée", "Sans responsable"], 5),
        ("?view=lead&state=dropped", ["Sans responsable"], 1),
    ],
)
def test_the_same_actions_are_grouped_with_what_each_group_adds_up_to(
    visitor: Browser, plan: Plan, address: str, groups: list[str], count: int
) -> None:
    page = visitor.get(f"/plan{address}")
    found = [title.get_text().replace("\xa0", " ") for title in page.soup.select(".aim h3")]
    assert set(found) == set(groups) and found[-1] == groups[-1] and len(titles(page)) == count
    listed = [link.get_text().replace("\xa0", " ") for link in page.soup.select(".plan-compared th a")]
    assert listed == found and len(page.soup.select(".chart tspan")) == len(found)
    assert all(name.replace("’", "'") in page.soup.select_one("desc").get_text().replace("\xa0", " ") for name in found)


def test_filters_narrow_the_list_and_an_unknown_value_is_refused(visitor: Browser, plan: Plan) -> None:
    for query, found in {
        "territory=70": ["Une tournée d'épicerie", "Une cuisine"],
        "territory=70052": ["Une tournée d'épicerie", "Une cuisine"],
        "issue=education": ["Une tournée d'épicerie"],
        "community=transport-collectif": ["Une cuisine"],
        "late=1": ["Une tournée d'épicerie"],
        "state=planned": ["Un marché", "Un jardin"],
        f"year={SOON.year}": ["Une cuisine", "Un marché"],
        "year=0&state=dropped": ["Un congélateur"],
        "state=planned&state=dropped&utm=x": ["Un marché", "Un congélateur", "Un jardin"],
    }.items():
        page = visitor.get(f"/plan?{query}")
        assert titles(page) == found, query
        assert f"{len(found)} action" in words(page) and page.soup.select(".chip")
    lead = db.session.query(Action.lead_id).filter_by(title="Une cuisine").scalar()
    page = visitor.submit(visitor.get("/plan?view=lead&state=planned&state=achieved"), ".filters form", lead=str(lead))
    assert titles(page) == ["Une cuisine"] and "view=lead" in page.request.url
    nothing = visitor.get("/plan?state=dropped&late=1")
    assert "Aucune action ne correspond" in words(nothing) and titles(nothing) == []
    for wrong in (
        "view=map",
        "state=done",
        "late=yes",
        "lead=987",
        "year=1999",
        "issue=rien",
        "territory=1",
        "community=rien",
        "view=lead&view=year",
    ):
        assert visitor.get(f"/plan?{wrong}").status_code == 400, wrong


def test_a_plan_says_whether_it_is_ahead_of_its_time(visitor: Browser, plans: MakePlan) -> None:
    plan, today = plans.plan(action_of("Un jardin"), action_of("Une serre")), time.today()
    action = db.session.query(Action).first()
    assert action
    for start, end, progress, says in (
        (-100, 100, 100, "avance au rythme"),
        (-100, 100, 90, "un peu moins vite"),
        (-100, 100, 30, "moins vite"),
        (-90, 110, 100, "un peu plus vite"),
        (-20, 180, 100, "avance plus vite"),
        (5, 100, 0, "commence le"),
        (-100, -5, 0, "terminé le"),
    ):
        plans.make.at(plan, starts_on=today + timedelta(start), ends_on=today + timedelta(end))
        plans.make.at(action, progress=progress)
        assert says in words(visitor.get("/plan")), says


def test_another_plan_has_its_own_page_and_the_current_one_leads_to_its_address(
    visitor: Browser, plans: MakePlan, sign_in: Callable[..., Browser], plan: Plan
) -> None:
    past = plans.plan(action_of("Douze jardins"), title="Le plan d'avant")
    assert "Le plan d'avant" in words(visitor.get("/plan")) and titles(visitor.get(f"/plan/{past.id}?view=lead")) == [
        "Douze jardins"
    ]
    assert "plan courant" in words(visitor.get(f"/plan/{past.id}"))
    assert visitor.get(f"/plan/{plan.id}").location == "/plan"
    begun = publishing.begin(actor_for(plans.boss), title="Le plan d'après", starts_on=time.today(), ends_on=SOON)
    assert visitor.get(f"/plan/{begun.id}").status_code == 404 and "Le plan d'après" not in words(visitor.get("/plan"))
    boss = sign_in(plans.boss)
    assert "pas encore publié" in words(boss.get("/plan")) and boss.get(f"/plan/{begun.id}").status_code == 200


def test_an_objective_to_be_filled_and_an_orientation_with_words_are_shown(
    visitor: Browser, plans: MakePlan, plan: Plan
) -> None:
    outline = queries.get_published_outline(plan)
    outline.orientations[0].summary = "Parce que personne ne mange des mots."
    outline.summary = "Né de six rencontres."
    outline.orientations[0].objectives.append(ObjectiveOutline("À remplir"))
    publishing.publish(actor_for(plans.boss), plan, outline, reason="Un objectif de plus")
    said = words(visitor.get("/plan"))
    assert all(
        text in said
        for text in (
            "Aucune action pour l'instant",
            "personne ne mange",
            "Né de six rencontres",
            "Version 2",
            "En retard de 3 jours",
        )
    )


def test_delays_are_said_in_the_unit_that_a_person_would_choose(visitor: Browser, plans: MakePlan) -> None:
    days = {6: "6 jours", 20: "2 semaines", 70: "2 mois"}
    plans.plan(
        *(
            action_of(
                f"En retard {n}",
                ends_on=(time.today() - timedelta(n)).isoformat(),
                territories=["70052", "70022", "70", "67"],
            )
            for n in days
        )
    )
    said = words(visitor.get("/plan"))
    assert all(f"En retard de {text}" in said for text in days.values()) and "et 1 autre" in said


def test_a_long_plan_is_folded_but_for_what_is_late(visitor: Browser, plans: MakePlan, plan: Plan) -> None:
    boss = actor_for(plans.boss)
    outline: Outline = queries.get_published_outline(plan)
    outline.orientations.append(
        OrientationOutline(
            "Bouger", objectives=[ObjectiveOutline("Marcher", actions=[action_of(f"Marche {n}") for n in range(12)])]
        )
    )
    publishing.publish(boss, plan, outline, reason="Plus long")
    goals = visitor.get("/plan").soup.select(".goal")
    assert [goal.has_attr("open") for goal in goals] == [True, False]
    assert all(goal.has_attr("open") for goal in visitor.get("/plan?state=planned").soup.select(".goal"))


def test_a_page_of_the_plan_costs_as_much_for_twenty_actions_as_for_one(
    visitor: Browser, plans: MakePlan, sign_in: Callable[..., Browser]
) -> None:
    plan = plans.plan(action_of("Une tournée", 1, lead="La Tablée"))
    boss = sign_in(plans.boss)
    costs_alike(
        lambda count: plans.fill(plan, count),
        (visitor, "/plan"),
        (visitor, "/plan?view=lead"),
        (boss, "/plan?view=year"),
        most=12,
    )

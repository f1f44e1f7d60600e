"""A version is public: its day, its author, its reason, what it changed, and the whole plan as it was then."""

from typing import Any

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.outline import DocumentOutline, FundingOutline, IndicatorOutline, MilestoneOutline
from app.plan.queries import plans as queries
from app.plan.service import publishing
from tests.support.browser import Browser
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import costs_alike
from tests.support.rows import every


def second_version(plans: MakePlan) -> Any:
    """Publish a plan of three actions, then a version in which the first is another one and last, the second is gone."""
    plan = plans.plan(
        action_of("Une tournée", 2, body="Chaque jeudi.", lead="La Tablée"),
        action_of("Une cuisine"),
        action_of("Un jardin"),
    )
    outline = queries.get_published_outline(plan)
    tour, kitchen, garden = outline.actions()
    outline.orientations[0].objectives[0].actions = [garden, tour]
    tour.title, tour.body, tour.lead, tour.weight, tour.budget = "Deux tournées", "Chaque mardi.", "Le CAB", 3, 12000
    tour.funding, tour.territories, tour.community = (
        [FundingOutline("MSSS", 5000, 2027, 2027)],
        ["70052"],
        "securite-alimentaire",
    )
    tour.issues = ["education", "un-enjeu-d-avant"]
    tour.documents, tour.ends_on = [DocumentOutline("Le devis", "https://exemple.test/devis")], "2027-05-01"
    tour.indicators = [IndicatorOutline("Ménages", target=40.0), IndicatorOutline("Repas", unit="repas")]
    tour.milestones = [MilestoneOutline("Jalon neuf"), *tour.milestones[1:]]
    publishing.publish(actor_for(plans.boss), plan, outline, reason="Faute de cuisine")
    return plan, tour, kitchen


def test_a_version_says_what_it_changed_and_shows_the_plan_as_it_was(
    plans: MakePlan, visitor: Browser, sign_in: Any
) -> None:
    plan, *_actions = second_version(plans)
    listing = visitor.get("/plan/versions")
    assert [link.text for link in listing.soup.select("main ol h2")] == [
        "Version 2",
        "Version 1",
    ] and "Faute de cuisine" in listing.words
    page = visitor.get(f"/plan/{plan.id}/versions/2")
    changes = " ".join(page.soup.select_one("section[aria-labelledby=changes]").get_text(" ").split())
    for words in (
        "Changement Action 1.1.1 Deux tournées",
        "Titre Avant : Une tournée Maintenant : Deux tournées",
        "Responsable Avant : La Tablée Maintenant : Le CAB",
        "Budget Maintenant : 12 000 $",
        "Financement Maintenant : MSSS, 5 000 $, 2027",
        "Retrait Action 1.1.2 Une cuisine",
        "Ajout Jalon Jalon neuf",
        "Retrait Jalon Jalon 1",
        "Fin Maintenant : 1er mai 2027",
        "Ajout Indicateur Ménages",
        "Ordre Avant : Une tournée; Un jardin Maintenant : Un jardin; Deux tournées",
        "un-enjeu-d-avant",
    ):
        assert words in changes.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " "), words
    assert page.soup.select_one(".diff-text ins").text == "mardi." and "cible de 40" in page.words
    first = visitor.get(f"/plan/{plan.id}/versions/1")
    assert "plus en vigueur" in first.words and "Une cuisine" in first.words and "mardi" not in first.words
    assert sign_in(plans.boss).get(f"/plan/{plan.id}/versions/1?lang=en").status_code == 200
    assert (
        visitor.get(f"/plan/{plan.id}/versions/3").status_code == 404 == visitor.get("/plan/9/versions/1").status_code
    )


def test_a_version_shows_nothing_of_an_action_that_was_hidden_since(
    plans: MakePlan, visitor: Browser, sign_in: Any
) -> None:
    plan, tour, _kitchen = second_version(plans)
    plans.make.at(db.session.get_one(Action, tour.id), hidden_at=clock.now(), hidden_reason="hors du sujet")
    for number in (1, 2):
        page = visitor.get(f"/plan/{plan.id}/versions/{number}")
        assert "tournée" not in page.words and "CAB" not in page.words and "Action masquée" in page.words
    assert "Deux tournées" in sign_in(plans.boss).get(f"/plan/{plan.id}/versions/2").words


def test_the_page_of_a_publication_says_what_follows_and_publishes_nothing_without_a_reason(
    boss: Browser, plans: MakePlan
) -> None:
    plan = plans.plan(action_of("Une tournée"), action_of("Une cuisine"))
    draft = f"/plan/{plan.id}/draft"
    assert boss.get(f"{draft}/publication").status_code == 303
    kitchen = list(queries.get_published_outline(plan).actions())[1]
    boss.submit(f"{draft}/actions/{kitchen.id}/removal", "form.form")
    page = boss.submit(f"{draft}/publication", "form.form", reason=" ")
    assert page.status_code == 422 and "1 action devient abandonnée" in page.words
    page = boss.submit(page, "form.form", follow=True, reason="Faute de cuisine")
    assert "La version 2 est publiée" in page.words and db.session.get_one(Action, kitchen.id).state == "dropped"
    boss.submit(f"{draft}/orientations/new", "form.form", title="Se loger")
    boss.submit(f"{draft}/orientations/-1/removal", "form.form")
    assert "Rien ne change" in boss.get(f"{draft}/publication").words


def test_each_dropped_action_may_have_a_reason_of_its_own(boss: Browser, plans: MakePlan) -> None:
    plan = plans.plan(*(action_of(title) for title in ("Une tournée", "Une cuisine", "Un jardin")))
    draft, ids = f"/plan/{plan.id}/draft", [one.id for one in queries.get_published_outline(plan).actions()]
    for action_id in ids[1:]:
        boss.submit(f"{draft}/actions/{action_id}/removal", "form.form")
    own = {f"reason_{ids[2]}": "Le terrain est vendu."}
    page = boss.submit(f"{draft}/publication", "form.form", reason=" ", **own)
    assert page.status_code == 422 and page.soup.select_one(f"[name=reason_{ids[2]}]").text.strip() == own.popitem()[1]
    assert "Motif pour « Un jardin »" in page.words.replace("\N{NO-BREAK SPACE}", " ")
    page = boss.submit(page, "form.form", follow=True, reason="Faute de moyens")
    said = {row.action_id: row.body for row in every(Bulletin)}
    assert said == {ids[1]: "Faute de moyens", ids[2]: "Le terrain est vendu."} and "Faute de moyens" in page.words


def test_without_a_plan_there_is_no_version_to_list(visitor: Browser, boss: Browser) -> None:
    assert visitor.get("/plan/versions").location == "/plan"
    boss.submit("/plan/new", "form.form", title="Plan 2026", starts_on="2026-04-01", ends_on="2029-03-31")
    assert "Aucune version" in boss.get("/plan/1/versions").words and visitor.get("/plan/1/versions").status_code == 404


def test_versions_and_drafts_cost_the_same_for_one_action_and_for_twenty(
    plans: MakePlan, visitor: Browser, boss: Browser
) -> None:
    plan = plans.plan(action_of("La première", 2))
    draft = f"/plan/{plan.id}/draft"
    boss.submit(f"{draft}/orientations/new", "form.form", title="Se loger")
    number = iter(range(1, 1000))

    def add(times: int) -> None:
        for _n in range(times):
            outline = queries.get_published_outline(plan)
            outline.orientations[0].objectives[0].actions.append(
                action_of(f"Action {next(number)}", 2, lead="La Tablée", communities=["transport-collectif"])
            )
            publishing.publish(actor_for(plans.boss), plan, outline, reason="Une de plus")
            plans.plan()

    costs_alike(
        add,
        (visitor, f"/plan/{plan.id}/versions/2"),
        (visitor, "/plan/versions"),
        (visitor, "/plan/all"),
        (boss, draft),
        (boss, f"{draft}/publication"),
        (boss, f"{draft}/orientations/-1/edit"),
        (boss, f"{draft}/actions/1/edit"),
    )

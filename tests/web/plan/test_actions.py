"""The page of an action: where it is, its milestones, what was said and measured, whom it comes from, and the talk under it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Plan
from app.plan.outline import ActionOutline, DocumentOutline, FundingOutline, IndicatorOutline, MilestoneOutline
from app.plan.queries import actions
from app.plan.queries import plans as queries
from app.plan.service import publishing
from app.plan.service.bulletins import Completion, Measurement
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.queries import costs_alike


def words(page: Any) -> str:
    return str(page.words).replace("\xa0", " ").replace("’", "'")


def full(plans: MakePlan) -> Action:
    """An action with something in each of its parts."""
    return plans.action(
        body="Une fourgonnette **réfrigérée**.",
        lead="La Tablée",
        partners=["Au volant", "Élan"],
        community="securite-alimentaire",
        communities=["transport-collectif"],
        territories=["70052"],
        issues=["education", "logement"],
        budget=92000,
        starts_on="2026-01-05",
        ends_on="2026-02-05",
        funding=[FundingOutline("Fonds", 48000, 2026, 2028), FundingOutline("Ventes", 21500, 2027, 2027)],
        documents=[DocumentOutline("L'entente", "https://exemple.test/entente.pdf")],
        indicators=[
            IndicatorOutline("Ménages servis", unit="ménages", baseline=9, target=40),
            IndicatorOutline("Kilomètres"),
        ],
        milestones=[
            MilestoneOutline("Trouver"),
            MilestoneOutline("Essayer", due_on="2026-01-20"),
            MilestoneOutline("Décider"),
        ],
    )


def test_the_page_says_all_that_is_known_of_an_action(make: Make, plans: MakePlan, visitor: Browser) -> None:
    action = full(plans)
    plans.holder(action)
    measure, (first, *_rest) = actions.list_indicators(action.id)[0], actions.list_milestones(action.id)
    for day, value in ((9, 31), (2, 34)):
        plans.say(
            action,
            f"Il y a {day} jours.",
            measurements=[Measurement(measure.id, clock.today() - timedelta(day), value)],
        )
    plans.say(
        action,
        "Signé avec **trois** fermes.",
        blocker="Pas de local",
        completions=[Completion(first.id, clock.today(), "27 ménages inscrits", "https://exemple.test/liste")],
    )
    page = visitor.get(f"/plan/actions/{action.id}")
    said = words(page)
    for text in (
        "Action 1.1.1",
        "En cours",
        "1 jalon de 3",
        "En retard de",
        "Tenue à jour par Chantal Perdrix",
        "réfrigérée",
        "La Tablée",
        "Au volant , Élan",
        "Éducation",
        "Sécurité alimentaire",
        "Transport collectif",
        "48 000 $",
        "Réunis, sur 92 000 $",
        "69 500 $",
        "janvier 2026 à février 2026",
        "L'entente",
        "1 sur 1 dans l'objectif",
        "Maintenant, prévu pour le 20 janvier 2026",
        "27 ménages inscrits",
        "Sans date",
        "Bloqué : Pas de local",
        "Jalon franchi : Trouver",
        "État : En cours",
        "Ménages servis : 31 → 34",
        "Ménages servis : 31",
        "On est parti de 9.",
        "La cible est de 40.",
        "Rien n'a encore été mesuré",
        "0 commentaire",
    ):
        assert text in said, text
    assert [step["class"] for step in page.soup.select(".timeline > li")] == [["is-done"], ["is-now"], ["is-next"]]
    assert (
        page.soup.select_one(".chart desc").get_text().replace("\xa0", " ").startswith("Ménages servis : de 31 le")
        and len(page.soup.select(".chart rect")) == 2
    )
    assert [step.get_text(strip=True).replace("\xa0", " ") for step in page.soup.select(".crumbs a")][1:] == [
        "1 Bien manger",
        "1.1 Rapprocher les aliments",
    ]
    data = json.loads(page.soup.select_one("script[type='application/ld+json']").string)
    assert (data["@type"], data["agent"]["name"], data["actionStatus"]) == (
        "Action",
        "La Tablée",
        "https://schema.org/ActiveActionStatus",
    )
    assert page.soup.select_one("link[rel=canonical]")["href"].endswith(f"/plan/actions/{action.id}")


def test_what_a_table_of_measures_is_called_is_heard_as_it_is_read(plans: MakePlan, visitor: Browser) -> None:
    action = plans.action(indicators=[IndicatorOutline("Familles de <2 ou >3 enfants & plus")])
    [measure] = actions.list_indicators(action.id)
    plans.say(action, "Compté.", measurements=[Measurement(measure.id, clock.today(), 4)])
    for lang in ("fr", "en"):
        region = visitor.get(f"/plan/actions/{action.id}?lang={lang}").soup.select_one("#measures [role=region]")
        assert region["aria-label"] == region.caption.get_text() == measure.name


def test_what_nobody_said_is_left_out(plans: MakePlan, visitor: Browser) -> None:
    bare = plans.action(milestones=0, starts_on="2026-01-05")
    page = visitor.get(f"/plan/actions/{bare.id}")
    said = words(page)
    assert (
        "0 %" in said
        and "À partir de janvier 2026" in said
        and "n'a pas de jalons" in said
        and "Personne n'a encore dit" in said
    )
    assert not any(
        text in said for text in ("Financement", "Partenaires", "Ce qu'on mesure", "Documents", "Communautés :")
    )
    assert not page.soup.select("#voices")
    until = plans.plan(ActionOutline("Jusqu'au bout", ends_on="2999-05-01", budget=10, community="transport-collectif"))
    [action_id] = queries.list_action_ids(until)
    said = words(visitor.get(f"/plan/actions/{action_id}"))
    assert "Jusqu'en mai 2999" in said and "fin prévue en mai 2999" in said and "Réunis, sur 10 $" in said


def test_bulletins_go_on_by_pages_and_a_hidden_one_shows_nothing(make: Make, plans: MakePlan, visitor: Browser) -> None:
    action = full(plans)
    measure = actions.list_indicators(action.id)[0]
    said = [
        plans.say(action, f"Nouvelle {n}.", measurements=[Measurement(measure.id, clock.today(), n - 3)])
        for n in range(7)
    ]
    make.at(db.session.get_one(Bulletin, said[6].id), hidden_at=clock.now(), hidden_reason="hors du sujet")
    page = visitor.get(f"/plan/actions/{action.id}")
    assert [item["id"] for item in page.soup.select(".log > li")] == [f"bulletin-{one.id}" for one in said[5:0:-1]]
    assert "Nouvelle 6" not in words(page) and len(page.soup.select(".chart tspan")) == 6 + len(["target"])
    older = visitor.get(page.soup.select_one("#bulletins a[rel=next]")["href"])
    assert [item["id"] for item in older.soup.select(".log > li")] == [f"bulletin-{said[0].id}"]
    assert older.soup.select_one("#bulletins .pages a")
    assert visitor.get(f"/plan/actions/{action.id}?before=x").status_code == 400


def test_what_was_dropped_or_left_the_plan_says_so_with_its_reason(plans: MakePlan, visitor: Browser) -> None:
    plan = plans.plan(ActionOutline("Une serre"), ActionOutline("Un jardin"))
    dropped, gone = db.session.query(Action).order_by(Action.position)
    plans.say(dropped, "Faute d'argent.", state="dropped")
    outline = queries.get_published_outline(plan)
    outline.orientations[0].objectives[0].actions.pop()
    publishing.publish(actor_for(plans.boss), plan, outline, reason="Le jardin est vendu.")
    pages = [visitor.get(f"/plan/actions/{action.id}") for action in (dropped, gone)]
    assert "est abandonnée depuis" in words(pages[0]) and "Faute d'argent." in pages[0].soup.select_one(
        ".notice"
    ).get_text().replace("’", "'")
    assert "n'est plus dans le plan depuis" in words(pages[1]) and "Le jardin est vendu." in words(pages[1])
    assert "Ne compte plus" in words(pages[0]) and "n'accepte plus de commentaires" in words(pages[0])
    assert "Un jardin" not in words(visitor.get("/plan"))


def test_the_ideas_that_an_action_comes_from_are_named_if_the_public_reads_them(
    make: Make, plans: MakePlan, visitor: Browser
) -> None:
    action = plans.action()
    shown, hidden, ended, asked = (
        make.idea(title=f"Un besoin {word} au village") for word in ("lu", "masqué", "délié", "proposé")
    )
    make.at(hidden, hidden_at=clock.now(), hidden_reason="hors du sujet")
    for idea, columns in ((shown, {}), (hidden, {}), (ended, {"ended_at": clock.now()}), (asked, {"answer": None})):
        plans.link(action, idea, **columns)
    page = visitor.get(f"/plan/actions/{action.id}")
    assert [link.get_text() for link in page.soup.select("#voices h3 a")] == [
        "Un besoin lu au village"
    ] and "La contribution dont elle part" in words(page)


def test_a_member_comments_under_an_action_and_the_count_follows(
    make: Make, plans: MakePlan, sign_in: Callable[..., Browser], visitor: Browser
) -> None:
    action, member = plans.action(), sign_in(make.user("Rose"))
    page = f"/plan/actions/{action.id}"
    assert member.submit(page, "#comment-form", body="").status_code == 422
    answer = member.submit(page, "#comment-form", body="Est-ce que ça passe à Dundee?")
    assert answer.location.startswith(f"{page}?at=") and "1 commentaire" in words(member.get(answer.location))
    comment = answer.location.rpartition("-")[2]
    again = member.submit(f"/comments/{comment}/reply", f"#reply-form-{comment}", body="Le lundi, oui.")
    assert again.location.startswith(page) and db.session.get_one(Action, action.id).comments_count == 2
    assert visitor.get(f"/comments/{comment}").location.startswith(page)
    feed = visitor.get(f"{page}.atom")
    plans.say(action, "On y va.", state="underway", blocker="La neige")
    feed = visitor.get(f"{page}.atom").text
    assert (
        all(text in feed for text in ("Est-ce que ça passe", "Le lundi, oui.", "On y va.", "La neige", "?before="))
        and feed.count("<entry") == 4
    )


def test_a_team_reads_a_hidden_action_with_its_reason_and_finds_what_it_can_do(
    make: Make, plans: MakePlan, sign_in: Callable[..., Browser], visitor: Browser
) -> None:
    action = plans.action()
    boss, page = sign_in(plans.boss), f"/plan/actions/{action.id}"
    links = {link["href"] for link in boss.get(page).soup.select(".idea-acts a")}
    assert {f"{page}/bulletins/new", f"{page}/holders"} <= links and not visitor.get(page).soup.select(".idea-acts a")
    make.at(action, hidden_at=clock.now(), hidden_reason="Une erreur de nom")
    hidden = boss.get(page)
    assert "Une erreur de nom" in words(hidden) and hidden.soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert visitor.get(page).status_code == visitor.get(f"{page}.atom").status_code == 404


def test_the_page_of_an_action_costs_as_much_for_twenty_things_as_for_one(
    make: Make, plans: MakePlan, visitor: Browser, sign_in: Callable[..., Browser]
) -> None:
    action, author = plans.action(), make.user()

    def add(count: int) -> None:
        for number in range(count):
            plans.say(action, f"Nouvelle {number}.")
            plans.link(action, make.idea(author))
            make.comment(action, author)

    page = f"/plan/actions/{action.id}"
    # One statement for each kind of thing that an action has.
    costs_alike(add, (visitor, page), (sign_in(make.user()), page), (visitor, f"{page}.atom"), most=17)


def test_a_plan_that_is_past_keeps_the_pages_of_its_actions(plans: MakePlan, visitor: Browser) -> None:
    plans.plan()
    past: Plan = plans.plan(ActionOutline("Douze jardins"), title="Le plan d'avant")
    [action_id] = queries.list_action_ids(past)
    assert f"/plan/{past.id}" in [
        link["href"] for link in visitor.get(f"/plan/actions/{action_id}").soup.select(".crumbs a")
    ]

"""The journey of an idea, from a voice to a result: each step dated, with its words, its address and where to read more."""

from typing import Any

from app.accounts.models.changes import HeldRevision
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.events.models.contents import EventSubject
from app.ideas import service as ideas
from app.ideas.models import StatusChange
from app.moderation.first_posts.queries import held_revisions
from app.moderation.first_posts.service import held_revisions as held_revision_service
from app.moderation.merges import service as merges
from app.plan.models.links import UpdateLink
from app.plan.queries import actions
from app.plan.service.bulletins import Completion
from app.reference.queries import get_catalogue
from tests.events.stored import at, event_in
from tests.support.make import Make
from tests.support.make_plan import MakePlan


def titles(page: Any, selector: str) -> list[str]:
    return [one.get_text(strip=True).replace("\xa0", " ").replace("’", "'") for one in page.soup.select(selector)]


def test_the_journey_goes_from_a_voice_to_a_result_with_its_dead_ends(
    make: Make, plans: MakePlan, visitor: Any
) -> None:
    boss = actor_for(plans.boss)
    idea, other = make.idea(title="Une épicerie qui roule"), make.idea(title="Ma mère ne sort plus")
    make.comment(idea)
    merges.merge(boss, other, idea, reason="Le même besoin.")
    ideas.move(boss, idea, "retained", reason="Six rangs d'accord.")
    action, lost = plans.action("La tournée"), plans.action("Le taxi")
    link = plans.link(action, idea)
    plans.link(lost, idea)
    make.add(StatusChange(idea_id=idea.id, status="planned", by_id=boss.id, action_id=action.id, at=link.answered_at))
    first = actions.list_milestones(action.id)[0]
    said = plans.say(
        action,
        "Premier **départ**.",
        completions=[Completion(first.id, clock.today(), "Six personnes")],
        blocker="La neige",
    )
    plans.say(lost, "Trop cher.", state="dropped")
    page = visitor.get(f"/ideas/{idea.id}/journey")
    assert titles(page, ".journey-step h3") == [
        "Une voix : « Une épicerie qui roule »",
        "À côté, une autre voix : « Ma mère ne sort plus »",
        "On en discute",
        "Une voix se joint : « Ma mère ne sort plus »",
        "Retenue",
        "Au plan : « La tournée »",
        "Au plan : « Le taxi »",
        "L'action commence : « La tournée »",
        "Une piste s'arrête ici : l'action « Le taxi » est abandonnée",
    ]
    assert titles(page, ".journey h2") == ["Proposition", "Décision", "Au plan"]
    for words in (
        "Six rangs d'accord.",
        "Jalon 1 : Six personnes",
        "Premier départ.",
        "La neige",
        "Trop cher.",
        "Le même besoin.",
    ):
        assert words in page.words
    assert titles(visitor.get(f"/ideas/{other.id}/journey"), ".journey-step.is-now h3") == [
        "Jointe à « Une épicerie qui roule », où le chemin continue"
    ]
    for _n in range(5):
        plans.say(action, "Depuis, la pause.")
    told = page.soup.select(f"#bulletin-{said.id} > p > a")[-1]
    assert visitor.get(told["href"]).soup.select_one(f"#bulletin-{said.id}")
    data = visitor.get(f"/ideas/{idea.id}/journey.json").json
    assert [step["key"] for step in data["steps"]] == [
        step["id"] for step in visitor.get(f"/ideas/{idea.id}/journey").soup.select(".journey-step")
    ]
    assert data["steps"][0]["address"].endswith(f"/ideas/{idea.id}/journey#version-1")


def test_the_title_of_a_hidden_version_is_not_told(
    make: Make, author: Any, coordinator: Any, sign_in: Any, visitor: Any
) -> None:
    idea = make.idea(author, title="Luc est un voleur")
    ideas.hide(coordinator, idea, reason="Il vise une personne.")
    sent = sign_in(author).submit(
        f"/ideas/{idea.id}/edit",
        "main form.form",
        button="publish",
        title="Un marché le samedi",
        body="Il se tiendrait un samedi sur deux, devant l'église.",
    )
    assert sent.status_code == 303
    db.session.rollback()
    found = held_revisions.find_held_change(HeldRevision.idea_id == idea.id)
    held_revision_service.admit(coordinator, found, version=found.version)
    for path in (f"/ideas/{idea.id}/journey", f"/ideas/{idea.id}/journey.json"):
        text = visitor.get(path).text
        assert "voleur" not in text and "Un march" in text, path


def test_a_table_is_not_quoted_on_the_journey(make: Make, plans: MakePlan, visitor: Any) -> None:
    table = "| Village | Trajets |\n|---|---|\n| Dundee | 12 |"
    idea, action = make.idea(title="Une épicerie qui roule", body=table), plans.action()
    plans.link(action, idea)
    first = actions.list_milestones(action.id)[0]
    make.add(
        UpdateLink(
            update_id=make.update(body=f"Voici nos trajets.\n\n{table}").id, idea_id=idea.id, by_id=plans.boss.id
        )
    )
    plans.say(action, f"On roule :\n\n{table}\n\n- Encore.\n- Toujours."), plans.say(action, table, blocker="La route")
    plans.say(action, table, completions=[Completion(first.id, clock.today(), "Six personnes")])
    page = visitor.get(f"/ideas/{idea.id}/journey")
    said = [
        [part.get_text().replace("\xa0", " ") for part in step.select(".words p, .words li")]
        for step in page.soup.select(".journey-step")
    ]
    assert "Dundee" not in page.words and not said[0] and ["Voici nos trajets."] in said
    assert "On roule :\nEncore.\nToujours." in said[-3][0]
    assert [words[0] for words in said[-2:]] == ["Ce qui bloque : La route", "Jalon 1 : Six personnes"]


def test_from_the_plan_back_to_every_voice_and_to_those_who_support_them(
    make: Make, plans: MakePlan, visitor: Any
) -> None:
    action, ana = plans.action("La tournée"), make.user()
    idea, other, hidden = make.idea(title="Une voix"), make.idea(title="Une autre"), make.idea(title="Cachée")
    make.vote(ana, idea), make.vote(ana, other), make.vote(make.user(), other), plans.link(action, idea)
    merges.merge(actor_for(plans.boss), other, idea, reason="Le même besoin.")
    plans.link(action, hidden)
    merges.merge(actor_for(plans.boss), hidden, make.idea(title="Sa suite"), reason="Le même besoin.")
    ideas.hide(actor_for(plans.boss), hidden, reason="Hors sujet")
    for address in (
        f"/plan/{action.plan_id}/voices",
        f"/plan/objectives/{action.objective_id}/voices",
        f"/plan/actions/{action.id}/voices",
    ):
        page = visitor.get(address)
        assert "2 contributions, 2 personnes les appuient." in page.words and "Cachée" not in page.words
    assert "Aucune voix" in visitor.get(f"/plan/actions/{plans.action().id}/voices").words


def test_the_journey_says_at_which_meetings_an_idea_or_its_action_was_discussed(
    make: Make, plans: MakePlan, visitor: Any, clock: Any
) -> None:
    clock.at("2027-03-01T12:00-05:00")
    idea, need, action = make.idea(title="Un toit"), make.idea(kind="need", title="Se loger"), plans.action("La corvée")
    plans.link(action, idea)
    town = get_catalogue().place_at("68055")
    assert town
    where = {"mode": "in_person", "territory_id": town.id, "lead": "On cherche ensemble."}
    about = event_in(make, starts_at=at("2027-02-18 18:30"), **where)
    led = event_in(make, starts_at=at("2027-02-01 18:30"), status="closed")
    of_action = event_in(make, starts_at=at("2027-02-20 18:30"), **where)
    for event, role, things in (
        (about, "about", {"idea_id": idea.id}),
        (about, "led_to", {"action_id": action.id}),
        (led, "led_to", {"idea_id": idea.id}),
        (led, "about", {"idea_id": need.id}),
        (of_action, "led_to", {"action_id": action.id}),
    ):
        make.add(EventSubject(event_id=event.id, role=role, **things))
    found = titles(visitor.get(f"/ideas/{idea.id}/journey"), ".journey-step h3")
    assert [title for title in found if "rencontre" in title] == [
        "Mise en mots à la rencontre en ligne du 1er février",
        f"Discutée à la rencontre du 18 février, à {town.name}",
        f"L'action « La corvée » se décide à la rencontre du 20 février, à {town.name}",
    ]
    assert "Discuté à la rencontre en ligne du 1er février" in titles(
        visitor.get(f"/ideas/{need.id}/journey"), ".journey-step h3"
    )
    page = visitor.get(f"/ideas/{idea.id}/journey")
    step = page.soup.select_one(f"#meeting-{about.id}")
    assert "On cherche ensemble." in step.get_text() and step.select("a")[-1]["href"] == f"/events/{about.id}"
    data = visitor.get(f"/ideas/{idea.id}/journey.json").json
    assert [one["kind"] for one in data["steps"]].count("meeting") == 3
    back = [link["href"] for link in visitor.get(f"/events/{about.id}").soup.select("article a[href]")]
    assert f"/ideas/{idea.id}-{idea.slug}" in back
    action_page = visitor.get(f"/plan/actions/{action.id}").words.replace("\xa0", " ")
    assert f"On en a discuté à la rencontre du 20 février, à {town.name}" in action_page
    clock.at("2028-03-01T12:00-05:00")
    words = visitor.get(f"/plan/actions/{action.id}").words
    assert f"On en a discuté à la rencontre du 20 février 2027, à {town.name}" in words


def test_a_meeting_that_is_to_come_cancelled_hidden_deleted_a_draft_or_private_is_on_no_journey(
    make: Make, visitor: Any, member: Any
) -> None:
    make.community(slug="cercle", name="Cercle", is_private=True)
    idea, now = make.idea(title="Un toit"), clock.now()
    away = [
        event_in(make, days=3, title="canari-venir", lead="canari-venir"),
        event_in(make, days=-3, status="cancelled", title="canari-annulee", lead="canari-annulee"),
        event_in(make, days=-3, status="draft", title="canari-brouillon", lead="canari-brouillon"),
        event_in(make, days=-3, hidden_at=now, title="canari-masquee", lead="canari-masquee"),
        event_in(make, days=-3, deleted_at=now, title="canari-supprimee", lead="canari-supprimee"),
        event_in(make, days=-3, room=make.room("cercle"), title="canari-privee", lead="canari-privee"),
    ]
    for event in away:
        make.add(EventSubject(event_id=event.id, role="about", idea_id=idea.id))
    seen = event_in(make, days=-2, lead="On cherche.")
    make.add(EventSubject(event_id=seen.id, role="about", idea_id=idea.id))
    for browser in (visitor, member):
        for path in (f"/ideas/{idea.id}/journey", f"/ideas/{idea.id}/journey.json"):
            text = browser.get(path).text
            assert "canari" not in text and text.count("On cherche.") == 1, path

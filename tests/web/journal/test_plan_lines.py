"""Each change of the plan is a line of the public journal: what moved and why, never who, never what is hidden."""

import json
from typing import Any

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.signals import tell
from app.core.unit import unit
from app.journal.models import Entry
from app.plan.models.links import Link
from app.plan.queries import actions
from app.plan.queries import plans as plan_queries
from app.plan.service import holders, publishing
from app.plan.service.bulletins import Completion
from app.plan.signals import LinkAnswered, LinkEnded
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.rows import every
from tests.support.world import HERE

TITLE = "Une tournée d'épicerie"


def lines(browser: Any, query: str = "") -> list[str]:
    """Return the lines of the journal as they are read, the first first."""
    return [
        " ".join(item.get_text(" ").split()).replace("’", "'").replace("\xa0", " ")
        for item in browser.get(f"/journal{query}").soup.select(".journal li")
    ][::-1]


def test_a_version_a_move_and_a_charge_are_lines_and_mere_words_are_none(
    make: Make, plans: MakePlan, visitor: Any
) -> None:
    action, ana = plans.action(community=HERE), make.user("Ana Tenante")
    boss, (first, second) = actor_for(plans.boss), actions.list_milestones(action.id)
    holders.appoint(boss, action, ana)
    plans.say(action, "Des mots canari.")
    plans.say(
        action,
        "Encore canari.",
        completions=[Completion(step.id, clock.today(), "La liste") for step in (first, second)],
    )
    plans.say(action, "Faute de canari.", state="dropped")
    holders.relieve(boss, action, ana.id)
    shown = lines(visitor)
    for line, words in zip(
        shown,
        (
            ("Version du plan publiée", "Première version", "Plan d'action intégré, version 1"),
            ("Une personne tient maintenant cette action à jour", TITLE),
            ("Action du plan : en cours (2 jalons franchis)", TITLE, "Sécurité alimentaire"),
            ("Action du plan : abandonnée", TITLE),
            ("Une personne ne tient plus cette action à jour", TITLE),
        ),
        strict=True,
    ):
        assert all(word in line for word in words), (line, words)
    assert visitor.get("/journal").soup.select_one(f"a[href='/plan/{action.plan_id}/versions/1']")
    text = visitor.get("/journal").text + visitor.get("/journal.jsonl").text + visitor.get("/journal.atom").text
    assert "canari" not in text and "Ana" not in text and "Coordination" not in text
    assert [json.loads(line)["facts"] for line in visitor.get("/journal.jsonl").text.splitlines()][2] == {
        "action": action.id,
        "milestones": 2,
        "state": "underway",
    }
    assert len(lines(visitor, "?kind=action")) == 2 and len(lines(visitor, "?kind=plan")) == 1


def test_what_is_hidden_or_not_published_has_no_title_in_its_line(
    make: Make, plans: MakePlan, visitor: Any, sign_in: Any
) -> None:
    action, idea = plans.action(community=HERE), make.idea(title="Une idée canari", community=HERE)
    plans.say(action, state="underway")
    link = plans.link(action, idea, answer_reason="Elle en part.", ended_reason="Une erreur.")
    with unit():
        tell(LinkAnswered(link.id, by=plans.boss.id))
        tell(LinkEnded(link.id, by=plans.boss.id))
    shown = lines(visitor)
    assert "Contribution liée à une action du plan" in shown[2] and all(
        word in shown[2] for word in (TITLE, "Une idée canari", "Elle en part.")
    )
    assert "Lien retiré entre une contribution et une action du plan" in shown[3] and "Une erreur." in shown[3]
    make.at(action, hidden_at=clock.now()), make.at(idea, hidden_at=clock.now())
    for path in ("/journal", "/journal.atom", "/journal.jsonl"):
        assert "épicerie" not in visitor.get(path).text and "canari" not in visitor.get(path).text
    assert "épicerie" in sign_in(plans.boss).get("/journal").text


def test_a_link_that_was_only_asked_for_leaves_no_line_when_it_ends_and_a_private_one_is_sealed(
    make: Make, plans: MakePlan
) -> None:
    action, idea = plans.action(), make.idea(community=make.community(is_private=True))
    asked = plans.link(action, make.idea(), answer=None)
    refused = plans.link(action, idea, answer="declined", answer_reason="Entre nous.")
    with unit():
        tell(LinkEnded(asked.id, by=plans.boss.id))
        tell(LinkAnswered(refused.id, by=plans.boss.id))
    [line] = [entry for entry in every(Entry) if entry.kind == "link"]
    assert (line.is_private, line.facts["state"], line.reason) == (True, "declined", "Entre nous.")


def test_an_action_that_a_version_drops_has_its_line_and_the_version_says_why(plans: MakePlan, visitor: Any) -> None:
    plan, boss = plans.plan(), actor_for(plans.boss)
    outline = plan_queries.get_published_outline(plan)
    outline.orientations[0].objectives[0].actions.clear()
    publishing.publish(boss, plan, outline, reason="Faute de camion")
    shown = lines(visitor)
    assert "abandonnée" in shown[1] and "camion" not in shown[1] and "Faute de camion" in shown[2] and len(shown) == 3
    assert not db.session.query(Link).count()

"""From the page of an idea or of an action: a link is proposed, made, answered and ended, and both pages tell of it."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.plan.models.links import Link, UpdateLink
from app.plan.models.structure import Action
from app.plan.queries import plans as queries
from app.plan.service import links
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import MEMBER, PUBLIC, costs_alike, record_statements
from tests.support.rows import again, every, last
from tests.support.world import HERE

WHY = "L'action répond à ce besoin."
# A team reads its notes, drafts, hand-overs and charges too: as many as on the page of an idea without links.
TEAM_OF_IDEA = 15


@pytest.fixture
def action(plans: MakePlan) -> Action:
    plans.plan(action_of("Une tournée d'épicerie", 2), action_of("Une cuisine de quartier"))
    return every(Action)[0]


def links_of(thing: Any) -> str:
    return f"/plan/actions/{thing.id}/links" if isinstance(thing, Action) else f"/ideas/{thing.id}/links"


def test_a_member_proposes_and_the_team_accepts_once_the_idea_is_retained(
    make: Make, sign_in: Any, team: Browser, visitor: Browser, action: Action
) -> None:
    idea, member = make.idea(community=HERE, kind="need"), sign_in(make.user("Mia Membre"))
    page = member.get(idea_page(idea))
    assert page.soup.select_one(f'a[href="{links_of(idea)}"]').text == "Proposer un lien avec une action"
    assert "Rapprocher les aliments" in member.get(links_of(idea)).soup.select_one("optgroup")["label"]
    assert "Une cuisine" not in member.get(f"{links_of(idea)}?q=tournée").soup.select_one("#action").text
    assert "Rien de tel" in member.get(f"{links_of(idea)}?q=licorne").words
    refused = member.submit(links_of(idea), "form.form[method=post]", reason=WHY)
    assert (
        refused.status_code == 422
        and WHY in refused.soup.select_one("#reason").text.replace("’", "'")
        and not every(Link)
    )
    done = member.submit(links_of(idea), "form.form[method=post]", action=str(action.id), reason=WHY, follow=True)
    assert (
        "équipe de la contribution y répondra" in done.words
        and "Au plan d’action" not in visitor.get(idea_page(idea)).words
    )
    twice = member.submit(links_of(idea), "form.form[method=post]", action=str(action.id), reason=WHY)
    assert twice.status_code == 409 and "déjà proposé" in twice.words
    [link] = every(Link)
    desk = team.get("/moderation?queue=links")
    assert WHY in desk.words.replace("’", "'")
    answer = f"/plan/links/{link.id}"
    assert [button["value"] for button in team.get(answer).soup.select("form.form button[name=act]")] == ["decline"]
    assert team.forge(answer, data={"act": "accept"}).status_code == 409
    assert team.submit(answer, "form.form", button="decline").status_code == 422
    team.submit(
        f"/ideas/{idea.id}/status", "#answer-form", button="publish", status="retained", reason="Nous la retenons."
    )
    done = team.submit(answer, "form.form", button="accept", reason="Oui, en effet.", follow=True)
    assert "C’est lié" in done.words
    shown = visitor.get(idea_page(idea)).soup
    told = shown.select_one("#plan").get_text(" ", strip=True).replace("’", "'")
    assert (
        "1.1.1 Une tournée d'épicerie" in told
        and "0 jalon de 2" in told.replace("\u00a0", " ")
        and "répond à ce besoin" in told
        and WHY in told
    )
    assert "proposé par Mia Membre" in told and "Suit l'action" in shown.select_one(".timeline").get_text(" ").replace(
        "’", "'"
    )
    assert team.get(answer).status_code == 404 and team.forge(answer, data={"act": "accept"}).status_code == 409
    assert team.forge(answer, data={"act": "other"}).status_code == 400


def test_a_team_links_brings_an_idea_to_an_action_and_ends_the_link_with_a_reason(
    make: Make, team: Browser, visitor: Browser, action: Action
) -> None:
    idea = make.idea(community=HERE, status="planned", title="Un frigo partagé")
    assert "Étape inscrite à la main, sans action" in visitor.get(idea_page(idea)).words
    assert "inscrite à la main" in team.get(links_of(idea)).words
    assert "Un frigo partagé" in team.get("/moderation?queue=unlinked").words
    page = f"{links_of(action)}?q=%23{idea.id}"
    assert (
        "Un frigo partagé" in team.get(page).words and "Rien de tel" in team.get(f"{links_of(action)}?q=licorne").words
    )
    assert team.submit(page, "form.form[method=post]", reason=WHY).status_code == 422
    assert team.submit(page, "form.form[method=post]", idea=str(idea.id), reason="").status_code == 422
    done = team.submit(page, "form.form[method=post]", idea=str(idea.id), reason=WHY, follow=True)
    assert "la contribution suit l’action" in done.words and again(idea).action_id == action.id
    assert WHY in visitor.get(links_of(action)).words.replace("’", "'")
    answering = team.get(f"/ideas/{idea.id}/status")
    assert [box["value"] for box in answering.soup.select("input[name=status]")] == ["same"]
    assert "suit une action du plan" in answering.words
    link = last(Link)
    ended = team.submit(f"/plan/links/{link.id}/end", "form.form", reason="Ce n'était pas elle.", follow=True)
    assert "Lien terminé par Fae" in ended.words and again(idea).status == "retained"
    assert team.forge(f"/plan/links/{link.id}/end", data={"reason": "Encore une fois."}).status_code == 409


def test_who_proposed_takes_it_back_and_only_teams_see_what_waits(
    make: Make, sign_in: Any, team: Browser, visitor: Browser, action: Action
) -> None:
    idea, member = make.idea(community=HERE, title="Un frigo partagé"), sign_in(make.user("Mia Membre"))
    page = member.submit(
        f"{links_of(action)}?q=frigo", "form.form[method=post]", idea=str(idea.id), reason=WHY, follow=True
    )
    assert "Votre proposition est envoyée" in page.words
    assert (
        "Un frigo partagé" in member.get(links_of(action)).words
        and "Un frigo partagé" in team.get(links_of(action)).words
    )
    assert "Un frigo partagé" not in visitor.get(links_of(action)).words and not visitor.get(
        links_of(action)
    ).soup.select_one("#q")
    assert "Déjà proposées" in member.get(links_of(idea)).words
    link = last(Link)
    done = member.submit(f"/plan/links/{link.id}/end", "form.form", reason="Je me suis trompée.", follow=True)
    assert done.status_code == 200 and "Un frigo partagé" not in done.words and again(link).ended_at


def test_an_action_that_is_dropped_sends_its_ideas_back_to_the_desk_with_the_reason(
    make: Make, team: Browser, plans: MakePlan, action: Action
) -> None:
    idea = make.idea(community=HERE, status="retained", title="Un frigo partagé")
    team.submit(links_of(idea), "form.form[method=post]", action=str(action.id), reason=WHY)
    plans.say(again(action), "Faute de camion.", state="dropped")
    assert "Faute de camion." in team.get("/moderation?queue=returned").words
    team.submit(
        f"/ideas/{idea.id}/status",
        "#answer-form",
        button="publish",
        status="same",
        reason="On cherche un autre camion.",
    )
    assert "Aucune idée n’a perdu son action" in team.get("/moderation?queue=returned").words


def test_a_joined_idea_is_shown_through_the_one_that_received_it(
    make: Make, plans: MakePlan, visitor: Browser, action: Action
) -> None:
    into = make.idea(community=HERE, title="Celle qui reçoit", status="retained")
    idea = make.idea(
        community=HERE, title="Celle qui est jointe", status="planned", merged_into=into.id, action_id=action.id
    )
    plans.link(action, idea)
    for page in (idea_page(into), links_of(action)):
        assert "Par une contribution jointe à celle-ci" in visitor.get(page).words
    assert "Celle qui reçoit" in visitor.get(f"/plan/actions/{action.id}").soup.select_one("#voices").text
    make.at(into, hidden_at=clock.now())
    assert "Celle qui reçoit" not in visitor.get(f"/plan/actions/{action.id}").words


def test_pages_of_links_cost_the_same_for_one_and_for_twenty(
    make: Make, plans: MakePlan, visitor: Browser, team: Browser, action: Action
) -> None:
    def fill(times: int) -> None:
        for _n in range(times):
            plans.link(action, make.idea(community=HERE, status="planned", action_id=action.id))
            plans.link(action, make.idea(community=HERE, title="À proposer"), answer=None)

    costs_alike(
        fill,
        (visitor, links_of(action)),
        (team, f"{links_of(action)}?q=propose"),
        (team, "/moderation?queue=links"),
        most=16,
    )


def test_the_page_of_a_linked_idea_costs_little_the_first_time_and_as_much_for_many_links(
    make: Make, plans: MakePlan, fae: User, sign_in: Any, visitor: Browser
) -> None:
    plan = plans.plan(*(action_of(f"Action {n}", 2) for n in range(8)))
    action_ids, boss = sorted(queries.list_action_ids(plan)), actor_for(plans.boss)

    def linked(size: int) -> str:
        idea = make.idea(make.user(), HERE, status="retained", votes=2, issues=["education"], territories=["70052"])
        make.comment(idea, parent=make.comment(idea))
        for number in action_ids[:size]:
            links.make(boss, again(idea), db.session.get_one(Action, number), reason=WHY)
            make.add(UpdateLink(update_id=make.update(community=HERE).id, idea_id=idea.id, by_id=plans.boss.id))
        return idea_page(again(idea))

    for browser, most in ((visitor, PUBLIC + 1), (sign_in(make.user()), MEMBER + 1), (sign_in(fae), TEAM_OF_IDEA)):
        pages = [linked(size) for size in (0, 1, 1, 8)]
        for page in pages[:2]:
            browser.get(page)
        costs = []
        for page in pages[2:]:
            with record_statements() as statements:
                assert "Action 0" in browser.get(page).words
            costs.append(len(statements))
        assert costs[0] == costs[1] <= most, (costs, most)

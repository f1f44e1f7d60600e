"""An idea feeds an action: who proposes, makes, answers and ends a link, in which states, and what others then read."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import service as accounts
from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.ideas import service as ideas
from app.ideas.models import Idea, StatusChange
from app.moderation.merges import service as merges
from app.plan import policy
from app.plan.models.links import Link
from app.plan.models.structure import Action
from app.plan.queries import linkable, voices
from app.plan.queries import links as queries
from app.plan.queries.linkable import Sought
from app.plan.service import bulletins, links
from app.plan.service.bulletins import BulletinWords
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.races import at_once
from tests.support.rows import again, count, every
from tests.support.world import HERE
from tests.test_crossings import after_the_first_lock, politely

WHY = "Elle répond à ce besoin."


def retained(make: Make, **columns: Any) -> Idea:
    return make.idea(**{"community": HERE, "status": "retained"} | columns)


def test_a_team_links_at_once_and_the_idea_follows_the_action_that_the_step_names(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, action = retained(make), plans.action()
    link = links.make(people["facilitator"], idea, action, reason=WHY, form_key="k")
    assert links.make(people["facilitator"], idea, action, reason=WHY, form_key="k").id == link.id
    step = every(StatusChange, StatusChange.idea_id == idea.id)[-1]
    assert (step.status, step.action_id, step.by_id, step.reason) == (
        "planned",
        action.id,
        people["facilitator"].id,
        "",
    )
    assert (again(idea).status, again(idea).action_id) == ("planned", action.id)
    with pytest.raises(Conflict, match="déjà liées"):
        links.make(people["facilitator"], again(idea), again(action), reason=WHY)
    links.end(people["coordinator"], again(link), reason="Ce n'était pas la bonne action.")
    step = every(StatusChange, StatusChange.idea_id == idea.id)[-1]
    assert (step.status, step.action_id, step.by_id) == ("retained", action.id, people["coordinator"].id)
    assert (again(idea).status, again(idea).action_id, again(link).is_in_force) == ("retained", None, False)


def test_what_a_member_proposes_waits_for_the_team_and_for_the_idea_to_be_retained(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, action = make.idea(community=HERE), plans.action()
    link = links.propose(people["member"], idea, action, reason=WHY, form_key="k")
    assert links.propose(people["member"], again(idea), again(action), reason=WHY, form_key="k").id == link.id
    with pytest.raises(Conflict, match="déjà proposé"):
        links.propose(people["neighbour"], again(idea), again(action), reason=WHY)
    with pytest.raises(Conflict, match="d'abord être retenue"):
        links.accept(people["facilitator"], again(link))
    ideas.move(people["facilitator"], again(idea), "retained", reason=WHY)
    links.accept(people["facilitator"], again(link), reason="Oui, en partie.")
    assert (again(link).answer_reason, again(idea).status) == ("Oui, en partie.", "planned")
    with pytest.raises(Forbidden):
        links.decline(people["facilitator"], again(link), reason="Non")


def test_a_team_that_links_what_a_member_proposed_answers_it(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, action = retained(make), plans.action()
    proposed = links.propose(people["member"], idea, action, reason=WHY)
    assert links.make(people["facilitator"], again(idea), again(action), reason="En effet.").id == proposed.id
    assert (again(proposed).answer, again(proposed).answer_reason, count(Link)) == ("accepted", "En effet.", 1)


def test_what_was_declined_or_taken_back_may_be_proposed_again(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, action = retained(make), plans.action()
    links.decline(
        people["facilitator"],
        links.propose(people["member"], idea, action, reason=WHY),
        reason="Elle en dit autre chose.",
    )
    again_link = links.propose(people["member"], again(idea), again(action), reason="Relisez-la.")
    with pytest.raises(Forbidden):
        links.end(people["neighbour"], again_link, reason="Non")
    links.end(people["member"], again(again_link), reason="Je me suis trompé.")
    assert again(idea).status == "retained" and count(Link) == 2
    links.propose(people["member"], again(idea), again(action), reason=WHY)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda idea, action: {"idea": {"status": "archived"}}, "n'est plus ouverte"),
        (lambda idea, action: {"idea": {"is_private": True}}, "n'est plus ouverte"),
        (lambda idea, action: {"action": {"state": "dropped"}}, "n'est plus au plan"),
    ],
)
def test_what_was_proposed_is_not_accepted_once_either_can_not_be_linked(
    make: Make, plans: MakePlan, people: dict[str, Actor], change: Any, message: str
) -> None:
    idea, action = retained(make), plans.action()
    link = links.propose(people["member"], idea, action, reason=WHY)
    changes = change(idea, action)
    make.at(again(idea), **changes.get("idea", {})), make.at(again(action), **changes.get("action", {}))
    with pytest.raises(Conflict, match=message):
        links.accept(people["coordinator"], again(link))
    with pytest.raises(Forbidden):
        links.propose(people["neighbour"], again(idea), again(action), reason=WHY)


def test_a_joined_idea_keeps_its_links_which_are_shown_through_the_one_that_received_it(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, into, action = retained(make), retained(make), plans.action()
    links.make(people["facilitator"], idea, action, reason=WHY)
    merges.merge(people["facilitator"], again(idea), again(into), reason=WHY)
    [shown] = queries.list_links(people["anyone"], action.id).items
    assert (shown.link.idea.id, shown.into and shown.into.id) == (idea.id, into.id)
    [shown] = queries.list_links_of_ideas(people["anyone"], [into.id, idea.id])
    assert shown.link.action.id == action.id and again(into).status == "retained"
    with pytest.raises(Forbidden):
        links.propose(people["member"], again(idea), again(action), reason=WHY)
    merges.part(people["facilitator"], again(idea), reason=WHY)
    assert [one.into for one in queries.list_links(people["anyone"], action.id).items] == [None]
    assert queries.list_links_of_ideas(people["anyone"], [into.id]) == [] and again(idea).status == "planned"


def test_what_is_hidden_private_or_waiting_shows_nothing_through_a_link_not_even_a_number(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    make.community(slug="cercle", is_private=True)
    action, hidden, secluded = plans.action(), retained(make), retained(make)
    for idea in (hidden, secluded):
        plans.link(action, idea)
    links.propose(people["member"], retained(make), action, reason=WHY)
    (
        make.at(hidden, hidden_at=clock.now(), hidden_reason="non"),
        make.at(secluded, community_id=make.room("cercle").id, is_private=True),
    )
    assert voices.count_leads(people["anyone"], action) == 0
    assert not queries.list_links(people["anyone"], action.id).items
    assert voices.count_leads(people["coordinator"], action) == 2
    shown = [
        len(queries.list_proposed_links(people[who], action.id))
        for who in ("anyone", "neighbour", "member", "facilitator")
    ]
    assert shown == [0, 0, 1, 1]
    for link in every(Link):
        with pytest.raises(NotFound):
            queries.get_link(people["anyone"], link.id, policy.READ_LINK)


def test_links_end_with_an_idea_that_leaves_the_plan(make: Make, plans: MakePlan, people: dict[str, Actor]) -> None:
    author = make.user()
    idea, action = retained(make, author=author), plans.action()
    link = links.make(people["facilitator"], idea, action, reason=WHY)
    ideas.withdraw(actor_for(author), again(idea), reason="J'y renonce.")
    assert again(link).ended_by == author.id and (again(idea).status, again(idea).action_id) == ("withdrawn", None)
    other = retained(make)
    link = links.make(people["facilitator"], other, again(action), reason=WHY)
    plans.say(again(action), "Faute de moyens.", state="dropped")
    assert again(link).is_in_force and again(other).status == "retained"
    ideas.move(people["facilitator"], again(other), "declined", reason=WHY)
    assert not again(link).is_in_force and again(other).status == "declined"


def test_two_teams_that_accept_at_once_make_one_link(
    app: Flask, make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, action = retained(make), plans.action()
    idea_id, action_id = idea.id, action.id
    link_id = links.propose(people["member"], idea, action, reason=WHY).id
    at_once(
        app,
        [
            lambda who=who: links.accept(people[who], db.session.get_one(Link, link_id))
            for who in ("facilitator", "coordinator")
        ]
        * 2,
        Forbidden,
    )
    assert again(idea).status == "planned" and count(StatusChange, StatusChange.status == "planned") == 1
    links.end(people["facilitator"], db.session.get_one(Link, link_id), reason=WHY)
    at_once(
        app,
        [
            lambda: links.make(
                people["facilitator"],
                db.session.get_one(Idea, idea_id),
                db.session.get_one(Action, action_id),
                reason=WHY,
            )
        ]
        * 4,
        Conflict,
    )
    assert count(Link, Link.ended_at.is_(None)) == 1


def test_an_action_that_is_dropped_and_a_link_that_ends_wait_in_a_line(
    app: Flask, make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, action, boss = retained(make), plans.action(), people["coordinator"]
    link_id, action_id = links.make(boss, idea, action, reason=WHY).id, action.id
    db.session.rollback()
    with after_the_first_lock() as errors:
        at_once(
            app,
            [
                politely(
                    lambda: bulletins.post(
                        boss, db.session.get_one(Action, action_id), BulletinWords(WHY, state="dropped")
                    )
                ),
                politely(lambda: links.end(boss, db.session.get_one(Link, link_id), reason=WHY)),
            ],
        )
    assert errors == [] and again(idea).status == "retained"


def test_alone_on_the_site_a_coordinator_links_her_own_idea_and_her_desk_has_what_is_proposed_for_it(
    make: Make, plans: MakePlan
) -> None:
    boss, member = actor_for(plans.boss), make.actor()
    idea, action = retained(make, author=plans.boss), plans.action()
    link = links.propose(member, idea, action, reason=WHY)
    assert queries.list_proposed_links(boss, action.id)
    links.accept(boss, again(link))
    assert again(idea).status == "planned"
    make.user(role="coordinator")
    with pytest.raises(NotFound):
        queries.get_link(actor_for(plans.boss), link.id, policy.END_LINK)


def test_the_choice_holds_the_living_actions_of_the_current_plan_in_its_order(make: Make, plans: MakePlan) -> None:
    idea = retained(make)
    plans.plan(action_of("Une tournée"), action_of("Une cuisine"), action_of("Un jardin"))
    first, second, third = every(Action)
    make.at(third, state="dropped"), plans.link(first, idea)
    assert [one.id for one in queries.list_linkable_actions(make.actor())] == [first.id, second.id]
    assert [one.id for one in queries.list_linkable_actions(make.actor(), idea)] == [second.id]
    assert queries.find_open(idea, first) is not None and db.session.scalars(select(Link)).one()


def test_an_idea_is_found_to_be_linked_by_its_number_or_its_words_as_far_as_each_person_reads(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    action, linked = plans.action(), retained(make, title="Un potager")
    plans.link(action, linked)
    shown, private = retained(make, title="Un potager à l'école"), retained(make, title="Un potager", is_private=True)
    for actor in people.values():
        by_words, by_number, of_private = (
            [one.idea.id for one in linkable.list_linkable(actor, action.id, Sought(words))]
            for words in ("potager", str(shown.id), str(private.id))
        )
        assert (by_words, by_number, of_private) == ([shown.id], [shown.id], [])


def test_what_a_person_who_leaves_had_proposed_goes_with_their_account(make: Make, plans: MakePlan) -> None:
    ana, action = make.user("Ana"), plans.action()
    waiting, answered = (
        links.propose(actor_for(ana), retained(make), action, reason=WHY),
        plans.link(action, retained(make), proposed_by=ana.id),
    )
    assert count(Link) == 2 and waiting.is_waiting
    accounts.close(actor_for(ana), again(ana))
    assert [link.id for link in every(Link)] == [answered.id]

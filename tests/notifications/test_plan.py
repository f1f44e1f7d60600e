"""The plan is told: what moves an action, to those whose voice led to it and who follow it; links, charges, versions."""

from collections import Counter
from typing import Any

import pytest

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core import clock as time
from app.core.signals import tell
from app.core.unit import unit
from app.ideas.models import Idea
from app.ideas.signals import IdeaMoved
from app.notifications.models import Fact, Notice
from app.notifications.queries import notices as queries
from app.notifications.service import facts, settings
from app.plan.models.links import Link
from app.plan.outline import MilestoneOutline
from app.plan.queries import actions
from app.plan.queries import plans as plan_queries
from app.plan.service import holders, links, publishing
from app.plan.signals import LinkAnswered, LinkEnded, LinkProposed
from tests.support.follower_acts import actor, follow, look, say, told
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import record_statements
from tests.support.rows import again, every, last, notices_by_user

HERE = "securite-alimentaire"


@pytest.fixture
def need(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="need")
    return found


def signal(link: Link, kind: Any, **facts: int) -> None:
    with unit():
        tell(kind(link.id, **facts))


def test_each_is_told_once_of_what_moves_an_action_by_the_best_way_that_leads_to_them(
    make: Any, plans: MakePlan, author: User, need: Idea
) -> None:
    joiner, fan, follower, of_action, everywhere, talker = (make.user() for _n in range(6))
    action, joined, far = plans.action(), make.idea(joiner, HERE, merged_into=need.id), make.idea(community=HERE)
    keeper = plans.holder(action)
    plans.link(action, need), plans.link(action, make.idea(everywhere, HERE))
    make.vote(fan, need), make.vote(author, joined), make.vote(make.user(), far)
    for person, thing in (
        (fan, need),
        (follower, joined),
        (of_action, action),
        (everywhere, need),
        (everywhere, action),
    ):
        follow(person, thing)
    make.comment(need, talker), make.comment(need, everywhere)
    bulletin = plans.say(action)
    assert told("chain") == sorted(
        [
            ("chain.author", author.id),
            ("chain.author", joiner.id),
            ("chain.author", everywhere.id),
            ("chain.supporter", fan.id),
            ("chain.follower", follower.id),
            ("chain.follower", talker.id),
            ("chain.action", of_action.id),
            ("chain.action", keeper.id),
        ]
    )
    own = notices_by_user("chain.author")
    assert (own[author.id].idea_id, own[joiner.id].idea_id, own[author.id].action_id, own[author.id].bulletin_id) == (
        need.id,
        joined.id,
        action.id,
        bulletin.id,
    )
    assert notices_by_user("chain.action")[keeper.id].idea_id is None
    assert {own[author.id].topic, notices_by_user("chain.supporter")[fan.id].topic} == {"contribution", "follow"}


def test_nobody_hears_of_their_own_act_nor_of_what_they_chose_silence_about(
    make: Any, plans: MakePlan, author: User, need: Idea
) -> None:
    fan, silent, of_action = (make.user() for _n in range(3))
    action, other = plans.action(), make.idea(plans.boss, HERE)
    plans.link(action, need), plans.link(action, other)
    make.vote(fan, need), make.vote(silent, need)
    follow(author, need, "none"), follow(of_action, action), follow(of_action, action, "none")
    settings.follow_thread(silent.id, action.thread_id, "none")
    plans.say(action)
    assert told("chain") == [("chain.supporter", fan.id)]


def test_what_is_out_of_sight_leads_to_nobody_and_names_nothing(
    make: Any, plans: MakePlan, author: User, need: Idea
) -> None:
    fan, action = make.user(), plans.action()
    make.vote(fan, need), follow(fan, action)
    hidden, waiting, ended = (
        make.idea(make.user(), HERE),
        make.idea(make.user(), HERE, "pending"),
        make.idea(make.user(), HERE),
    )
    for idea in (need, hidden, waiting):
        plans.link(action, idea)
    plans.link(action, ended, ended_at=time.now())
    plans.link(action, make.idea(make.user(), HERE), answer=None, answered_at=None, answered_by=None)
    make.idea(make.user(), HERE, merged_into=hidden.id)
    make.at(hidden, hidden_at=time.now(), hidden_reason="non")
    bulletin = plans.say(action)
    assert told("chain") == [("chain.author", author.id), ("chain.supporter", fan.id)]
    make.at(need, is_private=True)
    assert queries.count_unread(actor(author)) == 0, "what became private is named no more"
    make.at(need, is_private=False)
    assert queries.count_unread(actor(fan)) == 1
    make.at(bulletin, hidden_at=time.now(), hidden_reason="non")
    assert queries.count_unread(actor(fan)) == 0
    plans.say(action, "Encore.")
    make.at(action, hidden_at=time.now(), hidden_reason="non")
    assert len(told("chain")) == 2, "what is hidden when the worker comes is told to nobody"


def test_a_step_that_follows_an_action_is_told_with_the_action_alone(make: Any, author: User, need: Idea) -> None:
    follow(make.user(), need)
    with unit():
        tell(IdeaMoved(need.id, by=make.user().id, status="underway", reason="", action_id=1))
    assert told("") == []


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_thousand_are_told_part_by_part_at_the_same_cost(
    make: Any, plans: MakePlan, author: User, need: Idea, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = plans.action()
    plans.link(action, need), plans.link(action, make.idea(author, HERE))
    fans = [make.user() for _n in range(7)]
    for fan in fans:
        make.vote(fan, need), follow(fan, action)
    plans.say(action)
    monkeypatch.setattr(facts, "SIZE", size)
    costs = []
    while last(Fact, Fact.told_at.is_(None)):
        with record_statements() as statements:
            facts.tell_next()
        costs.append(len(statements))
    assert max(costs) <= 8, costs
    assert told("chain") == [("chain.author", author.id), *[("chain.supporter", fan.id) for fan in fans]]


def test_holders_hear_what_is_said_under_their_action_and_its_followers_too(make: Any, plans: MakePlan) -> None:
    action, follower = plans.action(), make.user()
    keeper = plans.holder(action)
    follow(follower, action)
    assert (look(keeper, action).cause, look(keeper, action).level) == ("held", "all")
    mine = say(keeper, action)
    said = say(talker := make.user(), action, "Et ici?")
    say(make.user(), action, "Merci.", parent=again(mine))
    assert told("comment") == [("comment.post", keeper.id), ("comment.reply", keeper.id)]
    assert told("follow") == [*[("follow.comment", follower.id)] * 3, ("follow.comment", talker.id)]
    assert (
        queries.count_unread(actor(keeper)) == 2 and last(Notice, Notice.kind == "comment.post").comment_id == said.id
    )
    holders.relieve(actor_for(plans.boss), again(action), keeper.id)
    assert queries.count_unread(actor(keeper)) == 2, "the relief, and what answered their own words"
    assert told("charge") == [("charge.action_ended", keeper.id)]


def test_a_charge_is_told_to_whoever_is_given_it_by_another(make: Any, plans: MakePlan) -> None:
    action, boss, keeper = plans.action(), plans.boss, make.user()
    for person in (boss, keeper):
        holders.appoint(actor(boss), again(action), person), holders.relieve(actor(boss), again(action), person.id)
    assert told("charge") == [("charge.action", keeper.id), ("charge.action_ended", keeper.id)]


def test_a_link_is_told_to_the_team_then_to_whoever_proposed_it_and_to_all_it_is_about(
    make: Any, plans: MakePlan, author: User, fae: User, need: Idea
) -> None:
    action, proposer, fan = plans.action(), make.user(), make.user()
    make.vote(fan, need), make.vote(proposer, need)
    waiting = {"answer": None, "answered_at": None, "answered_by": None, "proposed_by": proposer.id}
    link = plans.link(action, need, **waiting)
    signal(link, LinkProposed)
    assert told("link") == [("link.open", fae.id)]
    make.at(link, answer="declined", answer_reason="Ce n'est pas la même chose.")
    signal(link, LinkAnswered, by=fae.id)
    assert told("link") == sorted([("link.declined", author.id), ("link.declined", proposer.id), ("link.open", fae.id)])
    assert told("linked") == []
    link = plans.link(action, need, proposed_by=proposer.id)
    signal(link, LinkAnswered, by=fae.id)
    assert told("linked") == [("linked.author", author.id), ("linked.supporter", fan.id)]
    assert last(Notice, Notice.kind == "link.accepted").user_id == proposer.id
    signal(link, LinkAnswered, by=fae.id)
    make.at(link, ended_at=time.now(), ended_by=fae.id, ended_reason="Une erreur.")
    assert len(told("linked")) == 2, "a link that ended when the worker comes is told to nobody"
    signal(link, LinkEnded, by=fae.id), signal(link, LinkEnded, by=fae.id, is_of_step=True)
    assert told("unlinked") == sorted(
        [("unlinked.author", author.id), ("unlinked.supporter", fan.id), ("unlinked.supporter", proposer.id)]
    )
    assert last(Notice, Notice.kind == "unlinked.supporter").facts["reason"] == "Une erreur."


def test_the_end_of_a_link_is_told_to_whoever_asked_for_it_and_of_what_is_hidden_to_nobody(
    make: Any, plans: MakePlan, author: User, fae: User, need: Idea
) -> None:
    action, proposer, joiner = plans.action(), make.user(), make.user()
    make.idea(joiner, HERE, merged_into=need.id)
    link = plans.link(
        action, need, proposed_by=proposer.id, ended_at=time.now(), ended_by=fae.id, ended_reason="Une erreur."
    )
    signal(link, LinkEnded, by=author.id)
    assert told("unlinked") == [("unlinked.author", joiner.id), ("unlinked.proposer", proposer.id)]
    make.at(need, is_private=True)
    signal(link, LinkEnded, by=fae.id)
    make.at(need, is_private=False), make.at(again(action), hidden_at=time.now(), hidden_reason="non")
    signal(link, LinkEnded, by=fae.id)
    assert len(told("unlinked")) == 2


def test_the_team_of_an_idea_hears_that_it_comes_back_and_who_did_it_does_not(
    make: Any, plans: MakePlan, author: User, fae: User
) -> None:
    colleague, idea = make.user(facilitates=[HERE]), make.idea(author, HERE, status="retained")
    plan = plans.plan(action_of("Une tournée"), action_of("Une cuisine"))
    first, second = (
        actions.get_action(actor(plans.boss), number, publishing.policy.READ_ACTION)
        for number in sorted(plan_queries.list_action_ids(plan))
    )
    made = [links.make(actor(fae), again(idea), again(one), reason="Elle en part.") for one in (first, second)]
    drop = plans.say(again(first), "Faute de moyens.", state="dropped")
    assert told("idea") == [], "another action carries it"
    links.end(actor(fae), again(made[1]), reason="Une erreur.")
    assert (
        told("idea") == [("idea.back", colleague.id)]
        and last(Notice, Notice.kind == "idea.back").facts["reason"] == "Une erreur."
    )
    plans.say(again(first), state="underway"), plans.say(again(first), "Encore faute de moyens.", state="dropped")
    assert told("idea") == sorted([("idea.back", colleague.id), ("idea.back", colleague.id), ("idea.back", fae.id)])
    assert last(Notice, Notice.kind == "idea.back").bulletin_id > drop.id


def test_a_version_is_told_once_to_whoever_follows_an_action_that_it_changes(make: Any, plans: MakePlan) -> None:
    plan = plans.plan(action_of("Une tournée"), action_of("Une cuisine"), action_of("Un jardin"))
    tour, kitchen, garden = (
        actions.get_action(actor(plans.boss), number, publishing.policy.READ_ACTION)
        for number in sorted(plan_queries.list_action_ids(plan))
    )
    both, of_garden, of_kitchen = (make.user() for _n in range(3))
    for person, action in ((both, tour), (both, kitchen), (of_garden, garden), (of_kitchen, kitchen)):
        follow(person, action)
    outline = plan_queries.get_published_outline(plan)
    first, second, third = outline.orientations[0].objectives[0].actions
    first.milestones.append(MilestoneOutline("Un camion trouvé"))
    second.title, third.code, third.weight = "Une cuisine collective", "9", 4
    publishing.publish(actor_for(plans.boss), plan, outline, reason="Le camion d'abord")
    assert told("plan") == [("plan.changed", both.id), ("plan.changed", of_kitchen.id)]
    assert notices_by_user("plan.changed")[both.id].action_id == tour.id
    publishing.publish(actor_for(plans.boss), again(plan), outline, reason="Rien de neuf")
    assert Counter(fact.kind for fact in every(Fact)) == {"plan.changed": 1}

"""What is said of an action is corrected and taken back by who said it, hidden by a team; what moved by it stays."""

import pytest

from app.accounts import service as accounts
from app.comments.models import Thread
from app.comments.queries import reading
from app.comments.service import post
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.exchange.plan_file.writing import csv_lines
from app.moderation.appeals.queries import measures
from app.moderation.measures.service import contents as service
from app.moderation.moves.service import moves
from app.plan import policy
from app.plan.models.progress import Bulletin, Holder
from app.plan.models.structure import Action, Plan
from app.plan.queries import actions as queries
from app.plan.queries import bulletins as bulletin_queries
from app.plan.queries import details, holders, progress
from app.plan.queries import plans as plan_queries
from app.plan.service import bulletins
from app.plan.service.bulletins import Completion
from tests.support import rows
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import HERE


def test_who_said_it_writes_it_again_and_takes_it_back_and_what_moved_stays(make: Make, plans: MakePlan) -> None:
    action = plans.action()
    holder = plans.holder(action)
    first, _second = queries.list_milestones(action.id)
    bulletin = plans.say(action, by=holder, completions=[Completion(first.id, clock.today(), "27 ménages")])
    ana = actor_for(holder)
    bulletins.edit(ana, bulletin, body=bulletin.body)
    assert bulletin.edited_at is None
    bulletins.edit(ana, bulletin, body="Nous *avançons*.", blocker=" Le camion ", lang="en")
    assert (
        bulletin.edited_at and "<em>" in bulletin.body_html and (bulletin.blocker, bulletin.lang) == ("Le camion", "en")
    )
    with pytest.raises(Invalid):
        bulletins.edit(ana, bulletin, body=" ")
    for act in (lambda who: bulletins.edit(who, bulletin, body="Autre"), lambda who: bulletins.delete(who, bulletin)):
        with pytest.raises(Forbidden):
            act(actor_for(plans.boss))
    bulletins.delete(ana, bulletin)
    with pytest.raises(NotFound):
        bulletin_queries.get_bulletin(ana, bulletin.id, policy.READ_BULLETIN | policy.READ_OWN_BULLETIN)
    assert (rows.again(action).state, queries.get_tally(action.id).reached) == ("underway", 1)
    assert rows.again(bulletin).has_moved


def test_what_proves_a_milestone_is_hidden_with_who_said_it(make: Make, plans: MakePlan) -> None:
    action = plans.action()
    first, second = queries.list_milestones(action.id)
    said_first, _said = (
        plans.say(action, completions=[Completion(step.id, clock.today(), "27 ménages")]) for step in (first, second)
    )
    assert details.get_details(action).proven == {first.id: "fr", second.id: "fr"}
    make.at(said_first, hidden_at=clock.now())
    assert details.get_details(action).proven == {second.id: "fr"}
    plan = db.session.get_one(Plan, action.plan_id)
    lines = "".join(
        csv_lines(plan_queries.get_published_outline(plan), progress.get_progress_by_action(plan), "fr")
    ).splitlines()
    [hidden], [shown] = ([line for line in lines if step.title in line] for step in (first, second))
    assert "27 ménages" not in hidden and "–" in hidden and "27 ménages" in shown


def test_an_account_that_closes_ends_its_charges_and_what_it_said_stays(make: Make, plans: MakePlan) -> None:
    action, other = plans.action(), make.user()
    holder = plans.holder(action)
    plans.holder(action, other)
    bulletin = plans.say(action, by=holder)
    accounts.close(make.actor(holder), holder)
    assert [row.user_id for row in holders.list_holders(action.id)] == [other.id]
    [row] = [row for row in rows.every(Holder) if row.user_id == holder.id]
    assert row.ended_at and row.ended_by == holder.id
    [shown] = bulletin_queries.list_bulletins(make.actor(), action).items
    assert shown.id == bulletin.id and shown.author.closed_at


def test_a_private_community_has_no_part_in_the_plan(make: Make, plans: MakePlan) -> None:
    room = make.community(is_private=True).slug
    for fields in ({"community": room}, {"communities": [room]}):
        with pytest.raises(Invalid):
            plans.plan(action_of("Une tournée", **fields))


def test_a_team_hides_an_action_with_its_talk_and_what_was_said_of_it_then_shows_it_again(
    make: Make, plans: MakePlan
) -> None:
    action, team = plans.action(community=HERE), make.actor(make.user(), facilitates=[HERE])
    bulletin, visitor = plans.say(action), make.actor()
    with pytest.raises(Forbidden):
        service.hide(actor_for(plans.boss), action, reason="C'est la mienne")
    service.hide(team, action, reason="Une adresse")
    assert not db.session.get_one(Thread, action.thread_id).is_public
    for one, number, right in (
        (queries.get_action, action.id, policy.READ_ACTION),
        (bulletin_queries.get_bulletin, bulletin.id, policy.READ_BULLETIN),
    ):
        with pytest.raises(NotFound):
            one(visitor, number, right)
    assert not bulletin_queries.list_bulletins(visitor, action).items
    service.restore(team, action, reason="Corrigée")
    assert (
        bulletin_queries.list_bulletins(visitor, action).items and db.session.get_one(Thread, action.thread_id).is_open
    )
    service.hide(team, bulletin_queries.get_bulletin(team, bulletin.id, policy.HIDE_BULLETIN), reason="Un nom")
    hidden = bulletin_queries.list_bulletins(actor_for(plans.boss), action).items
    assert not bulletin_queries.list_bulletins(visitor, action).items and hidden
    service.restore(
        team, bulletin_queries.get_bulletin(team, bulletin.id, policy.RESTORE_BULLETIN), reason="Le nom est public"
    )
    lines = measures.list_measures(team).items
    assert [(line.measure.kind, type(line.content)) for line in lines] == [
        ("restore", Bulletin),
        ("hide", Bulletin),
        ("restore", Action),
        ("hide", Action),
    ]


def test_the_coordination_looks_after_the_talk_under_an_action_without_a_community(
    make: Make, plans: MakePlan, idea: object
) -> None:
    action, boss = plans.action(community=""), actor_for(plans.boss)
    thread = db.session.get_one(Thread, action.thread_id)
    receipt = post(make.actor(), thread, body="Et chez nous?")
    assert rows.again(action).comments_count == 1
    with pytest.raises(Forbidden):
        service.lock(make.actor(make.user(), facilitates=[HERE]), rows.again(action), reason="Non")
    service.lock(boss, rows.again(action), reason="Trop vif")
    service.unlock(boss, rows.again(action), reason="C'est plus calme")
    service.slow(boss, rows.again(action), minutes=15, reason="On se lit")
    moves.move_branch(boss, reading.reload_comment(receipt.id), idea, reason="Elle parle de cette idée")
    assert rows.again(action).comments_count == 0 and rows.again(idea).comments_count == 1

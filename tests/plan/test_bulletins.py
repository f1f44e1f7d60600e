"""Whoever holds an action says where it is: milestones with their day and proof, values, what blocks, its state."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.plan.models.progress import Bulletin
from app.plan.outline import IndicatorOutline
from app.plan.queries import actions
from app.plan.service import bulletins, holders
from app.plan.service.bulletins import BulletinWords, Completion, Measurement
from tests.support.clock import Clock
from tests.support.make import Make
from tests.support.make_plan import MakePlan


def test_the_first_milestone_starts_an_action_and_the_last_lets_it_be_achieved(make: Make, plans: MakePlan) -> None:
    action = plans.action()
    holder = actor_for(plans.holder(action))
    first, second = actions.list_milestones(action.id)
    with pytest.raises(Forbidden):
        bulletins.post(make.actor(), action, BulletinWords("Je passe par là."))
    with pytest.raises(Invalid):
        bulletins.post(holder, action, BulletinWords("Fini.", state="achieved"))
    one = bulletins.post(
        holder,
        action,
        BulletinWords("Un pas.", completions=[Completion(first.id, clock.today(), "27 ménages")]),
        form_key="k",
    )
    assert (one.state_before, one.state, one.percent, action.state) == ("planned", "underway", 50, "underway")
    assert bulletins.post(holder, action, BulletinWords("Un pas."), form_key="k").id == one.id
    done = bulletins.post(
        holder,
        action,
        BulletinWords(
            "Fini.",
            state="achieved",
            completions=[Completion(second.id, clock.today(), "La liste", "https://exemple.test")],
        ),
    )
    assert (done.percent, action.state) == (100, "achieved")
    bulletins.post(holder, action, BulletinWords("Erreur de case.", reopened=[second.id]))
    assert (action.state, actions.get_tally(action.id).reached) == ("underway", 1)


def test_one_form_sent_for_two_actions_makes_a_bulletin_of_each(plans: MakePlan) -> None:
    said = [
        bulletins.post(actor_for(plans.boss), action, BulletinWords("Un pas."), form_key="k")
        for action in (plans.action(), plans.action("Une cuisine"))
        for _twice in range(2)
    ]
    assert said[0].id == said[1].id != said[2].id == said[3].id


def test_the_same_words_from_a_form_that_one_went_back_to_make_one_bulletin(plans: MakePlan, clock: Clock) -> None:
    action = plans.action()
    boss, words = actor_for(plans.boss), BulletinWords("Un pas.", blocker="Le toit")
    first, second = actions.list_milestones(action.id)
    today = clock.now().date() - timedelta(days=1)
    ticked = [replace(words, completions=[Completion(one.id, today, "Vu")]) for one in (first, second)]
    said = [
        bulletins.post(boss, action, one, form_key=str(n)).id
        for n, one in enumerate([words, words, replace(words, blocker=""), *ticked, words])
    ]
    assert said[0] == said[1] and len(set(said)) == 4 and said[-1] == said[-2]
    clock.forward(hours=2)
    assert bulletins.post(boss, action, words, form_key="later").id not in said


def test_what_can_not_be_is_refused_and_nothing_is_written(plans: MakePlan) -> None:
    action, boss = plans.action(), actor_for(plans.boss)
    first, _second = actions.list_milestones(action.id)
    tomorrow = clock.today() + timedelta(days=1)
    for words in (
        BulletinWords(" "),
        BulletinWords("a", completions=[Completion(first.id, tomorrow, "x")]),
        BulletinWords("a", completions=[Completion(first.id, clock.today(), " ")]),
        BulletinWords("a", completions=[Completion(0, clock.today(), "x")]),
        BulletinWords("a", measurements=[Measurement(0, clock.today(), 1)]),
        BulletinWords("a", progress=50),
        BulletinWords(
            "a", completions=[Completion(first.id, clock.today(), "x"), Completion(first.id, clock.today(), "x")]
        ),
    ):
        with pytest.raises(Invalid):
            bulletins.post(boss, action, words)
    assert not db.session.query(Bulletin).count() and not actions.get_tally(action.id).reached


def test_an_action_without_milestones_is_as_far_as_its_holder_says(plans: MakePlan) -> None:
    action = plans.action(milestones=0, indicators=[IndicatorOutline("Ménages", target=40)])
    indicator = actions.list_indicators(action.id)[0]
    assert plans.say(action, progress=30, measurements=[Measurement(indicator.id, clock.today(), 27)]).percent == 30
    assert plans.say(action, state="achieved").percent == 100
    assert plans.say(action, state="dropped").has_moved and not action.is_living


def test_a_charge_is_given_once_and_ends(make: Make, plans: MakePlan) -> None:
    action, boss, ana = plans.action(), actor_for(plans.boss), make.user()
    holders.appoint(boss, action, ana), holders.appoint(boss, action, ana)
    assert actor_for(ana).holds == {action.id}
    with pytest.raises(Forbidden):
        holders.appoint(actor_for(ana), action, ana)
    holders.relieve(boss, action, ana.id)
    assert not actor_for(ana).holds

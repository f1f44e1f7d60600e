"""Appeals: once, in time, by the person concerned; judged by somebody who did not take the measure."""

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.permits import can
from app.journal.models import Entry
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.queries import appeals as queries
from app.moderation.appeals.service import appeals as service
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.moderation.gestures import (
    WHY,
    WORDS,
    appeal_measure,
    found,
    hide_content,
    judge,
    last_measure,
    on_person,
    report_content,
)
from tests.support.law import compare
from tests.support.races import at_once
from tests.support.rows import notices_by_user

JUDGES = "colleague coordinator"
WRITTEN = {"measure:follow": "author", "measure:appeal": "author", "appeal:read": "", "appeal:judge": ""}
APPEALED = {
    "measure:follow": "author",
    "measure:appeal": "",
    "appeal:read": f"{JUDGES} facilitator reporter",
    "appeal:judge": JUDGES,
}
JUDGED = APPEALED | {"appeal:judge": ""}
LAW = (WRITTEN, APPEALED, JUDGED)


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_each_right_is_had_by_exactly_those_named(judges, contents, noun):
    report_content(judges["reporter"], contents[noun])
    measure = hide_content(judges, contents, noun)
    acts = iter(
        (
            lambda: appeal_measure(judges, measure),
            lambda: judge("refuse", judges["colleague"], found(judges["author"], measure)),
        )
    )
    for rights in LAW:
        compare(rights, judges, lambda actor: found(actor, measure))
        next(acts, lambda: None)()


@pytest.mark.parametrize("first", ["grant", "refuse"])
def test_what_was_judged_is_not_judged_again(judges, contents, first):
    measure = hide_content(judges, contents)
    contested_measure = appeal_measure(judges, measure)
    judge(first, judges["colleague"], contested_measure)
    assert not any(can(actor, "appeal:judge", found(actor, measure)) for actor in judges.values())
    for act in ("grant", "refuse"):
        with pytest.raises(Conflict):
            judge(act, judges["coordinator"], contested_measure)


def test_it_is_asked_once_in_time_while_it_has_effect_and_by_the_person_concerned(make, judges, contents):
    measure = hide_content(judges, contents)
    with pytest.raises(NotFound):
        service.appeal(judges["coordinator"], measure, words=WORDS)
    make.at(measure, at=clock.ago(days=30))
    with pytest.raises(Conflict):
        service.appeal(judges["author"], measure, words=WORDS)
    make.at(measure, at=clock.ago(days=29))
    service.appeal(judges["author"], measure, words=WORDS)
    with pytest.raises(Conflict):
        service.appeal(judges["author"], measure, words=WORDS)
    assert db.session.scalar(select(func.count(Appeal.id))) == 1


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_what_was_undone_or_done_anew_is_not_appealed(judges, contents, noun):
    first = hide_content(judges, contents, noun)
    measures.restore(judges["facilitator"], contents[noun], reason="Erreur")
    for _again in range(2):
        with pytest.raises(Conflict):
            service.appeal(judges["author"], first, words=WORDS)
        second = last_measure() if contents[noun].is_hidden else hide_content(judges, contents, noun)
    service.appeal(judges["author"], second, words=WORDS)


def test_only_some_measures_are_appealed(judges, contents):
    measures.lock(judges["facilitator"], contents["idea"], reason="Trop vif")
    with pytest.raises(NotFound):
        service.appeal(judges["author"], last_measure(), words=WORDS)


def test_those_who_may_judge_are_told_and_never_who_took_it(judges, contents):
    appeal_measure(judges, hide_content(judges, contents))
    assert set(notices_by_user("appeal.opened")) == {judges["colleague"].id, judges["reporter"].id}


def test_without_a_colleague_the_coordinators_are_told(make, judges):
    appeal_measure(judges, on_person(make, judges, "warn", None))
    assert set(notices_by_user("appeal.opened")) == {judges["coordinator"].id}


def test_the_journal_tells_of_the_appeal_not_what_was_said_nor_by_whom(judges, contents):
    contested_measure = appeal_measure(judges, hide_content(judges, contents))
    judge("grant", judges["colleague"], contested_measure)
    told_of = [(e.kind, e.facts, e.reason, e.idea_id) for e in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert told_of[1:] == [
        ("appeal", {"state": "open", "measure": "hide"}, "", None),
        ("appeal", {"state": "granted", "measure": "hide"}, WHY, None),
        ("restore", {"on": "idea"}, WHY, None),
    ]


def test_lists_give_the_appeals_of_ones_own_communities(make, judges, contents):
    contested_measures = [
        appeal_measure(judges, hide_content(judges, contents, noun)) for noun in ("comment", "idea", "update")
    ]
    for who, number in (("colleague", 3), ("coordinator", 3), ("facilitator", 3), ("neighbour", 0)):
        first = queries.list_appeals(judges[who], "open", size=2)
        rest = queries.list_appeals(judges[who], "open", after=first.next, size=2).items if first.next else []
        assert len(first.items) + len(rest) == number
    judge("refuse", judges["colleague"], contested_measures[0])
    assert [one.appeal.id for one in queries.list_appeals(judges["colleague"], "refused").items] == [
        contested_measures[0].appeal.id
    ]
    assert [one.id for one in queries.list_own_appeals(judges["author"])] == [
        one.appeal.id for one in contested_measures[::-1]
    ]


def test_what_may_still_be_appealed_is_offered_to_the_person_concerned(judges, contents):
    ids = [hide_content(judges, contents, noun).id for noun in ("comment", "idea", "update")]
    appeal_measure(judges, db.session.get_one(Measure, ids[0]))
    assert queries.get_appealable_ids(judges["author"], ids) == set(ids[1:])
    assert (
        queries.get_appealable_ids(judges["member"], ids) == set() == queries.get_appealable_ids(judges["author"], [])
    )


def test_the_measure_that_hides_a_content_is_found(judges, contents):
    with pytest.raises(NotFound):
        queries.get_hiding_id(contents["idea"])
    measure = hide_content(judges, contents)
    assert queries.get_hiding_id(contents["idea"]) == measure.id


def test_an_appeal_that_is_sent_many_times_at_once_is_one(app, judges, contents):
    author, measure_id = judges["author"], hide_content(judges, contents).id
    at_once(app, [lambda: service.appeal(author, db.session.get_one(Measure, measure_id), words=WORDS)] * 8, Conflict)
    assert db.session.scalar(select(func.count(Appeal.id))) == 1

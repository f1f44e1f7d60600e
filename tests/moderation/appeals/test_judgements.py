"""What is judged of an appeal: granted and undone, or refused, by somebody who had no part in it."""

import pytest
from sqlalchemy import select

from app.accounts.models.people import User
from app.communities.models import Restriction
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.permits import can
from app.journal.models import Entry
from app.moderation.appeals import policy
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.queries import appeals
from app.moderation.appeals.queries import measures as queries
from app.moderation.appeals.service import appeals as service
from app.moderation.appeals.service import undo as undo_service
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.moderation.gestures import (
    WHY,
    WORDS,
    appeal_measure,
    close,
    found,
    hide_content,
    judge,
    last_measure,
    on_person,
    report_content,
)
from tests.support.races import at_once
from tests.support.rows import notices_by_user
from tests.support.world import HERE


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_granting_shows_the_content_again_and_says_what_it_undid(judges, contents, noun):
    measure = hide_content(judges, contents, noun)
    contested_measure = appeal_measure(judges, measure)
    judge("grant", judges["colleague"], contested_measure)
    appeal, undone = db.session.scalars(select(Appeal)).one(), last_measure()
    assert not contents[noun].is_hidden
    assert (undone.kind, undone.undoes_id, undone.by_id) == ("restore", measure.id, judges["colleague"].id)
    assert (appeal.state, appeal.reason, appeal.decided_by) == ("granted", WHY, judges["colleague"].id)
    author = judges["author"].id
    assert notices_by_user("appeal.granted")[author].facts["reason"] == WHY and author not in notices_by_user(
        "measure.restore"
    )


def test_refusing_leaves_the_measure_and_says_why(judges, contents):
    contested_measure = appeal_measure(judges, hide_content(judges, contents))
    judge("refuse", judges["coordinator"], contested_measure)
    assert contents["idea"].is_hidden and notices_by_user("appeal.refused")[judges["author"].id].facts["reason"] == WHY


def test_whoever_took_the_measure_does_not_judge_nor_does_who_reported(judges, contents):
    report_content(judges["reporter"], contents["idea"])
    contested_measure = appeal_measure(judges, hide_content(judges, contents))
    for who in ("facilitator", "reporter"):
        for act in ("grant", "refuse"):
            with pytest.raises(Forbidden):
                judge(act, judges[who], contested_measure)
    with pytest.raises(NotFound):
        judge("grant", judges["author"], contested_measure)
    assert found(judges["author"], contested_measure.measure).appeal.state == "open"


@pytest.mark.parametrize("has_measure", [True, False])
def test_who_reported_does_not_judge_what_was_done_to_the_person_for_it(make, judges, contents, has_measure):
    case = report_content(judges["reporter"], contents["comment"])
    measure = on_person(make, judges, "warn")
    if has_measure:
        make.at(measure, data={"comment_id": contents["comment"].id})
    else:
        close("handle", judges["colleague"], case, measure_id=measure.id)
    contested_measure = appeal_measure(judges, measure)
    for act in ("grant", "refuse"):
        with pytest.raises(Forbidden):
            judge(act, judges["reporter"], contested_measure)
    assert not can(judges["reporter"], "appeal:judge", found(judges["reporter"], measure))
    judge("refuse", judges["colleague"], contested_measure)


def test_a_coordinator_who_took_it_does_not_judge_it(judges, contents):
    measures.hide(judges["coordinator"], contents["idea"], reason="Hors du sujet")
    contested_measure = appeal_measure(judges, last_measure())
    with pytest.raises(Forbidden):
        judge("refuse", judges["coordinator"], contested_measure)
    judge("refuse", judges["facilitator"], contested_measure)


def test_a_colleague_does_not_judge_what_was_done_to_them(make, judges, contents):
    make.facilitator(db.session.get_one(User, judges["author"].id), HERE)
    author = make.actor(db.session.get_one(User, judges["author"].id))
    contested_measure = appeal_measure(judges, hide_content(judges, contents))
    with pytest.raises(NotFound):
        judge("grant", author, contested_measure)
    assert (
        appeals.list_appeals(author, "open").items == []
        and len(appeals.list_appeals(judges["colleague"], "open").items) == 1
    )


@pytest.mark.parametrize("kind", ["suspend", "block"])
@pytest.mark.parametrize("community", [HERE, None])
def test_a_suspended_person_appeals_and_is_let_in_again_when_found_right(make, judges, kind, community):
    measure = on_person(make, judges, kind, community)
    author = make.actor(db.session.get_one(User, judges["author"].id))
    assert (author.is_suspended, bool(author.barred_ids)) == (community is None, community is not None)
    service.appeal(author, measure, words=WORDS)
    contested_measure = found(judges["coordinator"], measure)
    assert (contested_measure in appeals.list_appeals(judges["colleague"], "open").items) == (community is not None)
    assert not policy.APPEAL_READ.permits(judges["neighbour"], found(judges["neighbour"], measure))
    judge("grant", judges["coordinator"], contested_measure)
    author = make.actor(db.session.get_one(User, judges["author"].id))
    assert not author.is_suspended and not author.barred_ids
    undone = last_measure()
    assert (undone.kind, undone.undoes_id, undone.community_id) == ("lift", measure.id, measure.community_id)
    assert notices_by_user("appeal.granted") and not notices_by_user(f"measure.un{kind}")


def test_a_suspension_that_ended_is_granted_without_anything_to_undo(make, judges):
    measure = on_person(make, judges, "suspend")
    contested_measure = appeal_measure(judges, measure)
    make.at(
        db.session.scalars(select(Restriction).where(Restriction.user_id == judges["author"].id)).one(),
        lifted_at=clock.now(),
    )
    judge("grant", judges["colleague"], contested_measure)
    assert last_measure().id == measure.id and notices_by_user("appeal.granted")


def test_a_warning_is_taken_back(make, judges):
    measure = on_person(make, judges, "warn")
    judge("grant", judges["colleague"], appeal_measure(judges, measure))
    undone = last_measure()
    assert (undone.kind, undone.undoes_id, undone.user_id) == ("lift", measure.id, judges["author"].id)


def test_what_its_author_deleted_is_not_shown_again(make, judges, contents):
    contested_measure = appeal_measure(judges, hide_content(judges, contents))
    make.at(contents["idea"], deleted_at=clock.now())
    judge("grant", judges["colleague"], contested_measure)
    assert contents["idea"].is_hidden and last_measure().kind == "hide"


def test_judgements_made_at_once_are_one(app, judges, contents):
    appeal_id = appeal_measure(judges, hide_content(judges, contents)).appeal.id

    def decide(who, act):
        def run():
            contested_measure = queries.find_contested_measure(judges[who], Appeal.id == appeal_id)
            getattr(service, act)(judges[who], contested_measure.content, contested_measure.appeal, reason=WHY)

        return run

    acts = [decide(who, act) for who in ("colleague", "coordinator") for act in ("grant", "refuse")] * 2
    at_once(app, acts, Conflict, Forbidden)
    entries = [entry for entry in db.session.scalars(select(Entry)) if entry.kind == "appeal"]
    assert len(entries) == 2


def test_a_comment_under_a_hidden_idea_waits_for_the_idea(judges, contents):
    contested_measure = appeal_measure(judges, hide_content(judges, contents, "comment"))
    hide_content(judges, contents)
    with pytest.raises(Conflict):
        judge("grant", judges["colleague"], contested_measure)
    measures.restore(judges["colleague"], contents["idea"], reason="Erreur")
    judge("grant", judges["colleague"], contested_measure)
    assert not found(judges["colleague"], contested_measure.measure).content.is_hidden


@pytest.mark.parametrize("noun", ["idea", "user", "user", "user", "user"])
def test_a_measure_that_is_undone_while_its_appeal_is_granted_is_undone_once(app, make, judges, contents, noun):
    """A colleague undoes it from the list while another grants the appeal."""
    measure = hide_content(judges, contents) if noun == "idea" else on_person(make, judges, "block")
    appeal_id, measure_id = appeal_measure(judges, measure).appeal.id, measure.id

    def grant():
        contested_measure = queries.find_contested_measure(judges["colleague"], Appeal.id == appeal_id)
        service.grant(judges["colleague"], contested_measure.content, contested_measure.appeal, reason=WHY)

    def undo():
        contested_measure = queries.find_contested_measure(judges["coordinator"], Measure.id == measure_id)
        try:
            undo_service.undo(judges["coordinator"], contested_measure.content, contested_measure.measure, reason=WHY)
        except (Conflict, Forbidden):
            db.session.rollback()

    at_once(app, [grant, undo])
    db.session.rollback()
    assert len(db.session.scalars(select(Measure).where(Measure.undoes_id == measure_id)).all()) == 1

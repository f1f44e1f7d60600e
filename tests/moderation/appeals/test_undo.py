"""Undoing what still holds, once, by those who have the charge; and the list of what was done."""

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.comments.queries import reading
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.journal.models import Entry
from app.moderation.appeals import policy
from app.moderation.appeals.queries import measures as queries
from app.moderation.appeals.service import appeals
from app.moderation.appeals.service import undo as undo_service
from app.moderation.first_posts.service import first_posts
from app.moderation.measures import queries as measure_queries
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from app.moderation.merges import service as merges
from tests.moderation.gestures import WHY, differences, last_measure, undo
from tests.support.races import at_once
from tests.support.rows import notices_by_user
from tests.support.world import ELSEWHERE, HERE

OTHERS = ("anyone", "unconfirmed", "member", "neighbour", "admin", "suspended", "author")


def test_the_law_and_the_table_name_the_same_kinds():
    assert set(undo_service.UNDO) == set(policy.CAN_BE_UNDONE)


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_what_was_hidden_is_restored_once(cast, contents, noun):
    measures.hide(cast["facilitator"], contents[noun], reason="Hors du sujet")
    measure = last_measure()
    undo(cast["facilitator"])
    db.session.rollback()
    assert not contents[noun].is_hidden and (last_measure().kind, last_measure().undoes_id) == ("restore", measure.id)
    assert notices_by_user("measure.restore")[cast["author"].id].facts["reason"] == WHY
    for one in (measure, last_measure()):
        with pytest.raises((Conflict, NotFound)):
            undo(cast["facilitator"], one)
    assert differences() == []


def test_what_was_hidden_again_since_is_undone_by_its_last_measure(cast, contents):
    for _time in range(2):
        measures.hide(cast["facilitator"], contents["idea"], reason="Hors du sujet")
        measures.restore(cast["facilitator"], contents["idea"], reason="Erreur") if _time == 0 else None
    first = db.session.scalars(select(Measure).order_by(Measure.id)).first()
    with pytest.raises(Conflict):
        undo(cast["facilitator"], first)
    undo(cast["facilitator"])


@pytest.mark.parametrize("noun", ["idea", "update"])
def test_a_lock_is_undone_and_a_later_one_is_another(cast, contents, noun):
    measures.lock(cast["facilitator"], contents[noun], reason="Le ton monte")
    first = last_measure()
    undo(cast["facilitator"])
    assert (last_measure().kind, last_measure().undoes_id) == ("unlock", first.id)
    assert not reading.lock_thread(contents[noun].thread_id).is_locked
    measures.lock(cast["facilitator"], contents[noun], reason="Encore")
    with pytest.raises(Conflict):
        undo(cast["facilitator"], first)
    measures.unlock(cast["coordinator"], contents[noun], reason="C'est calme")
    for one in (first, db.session.get(Measure, 3)):
        with pytest.raises(Conflict):
            undo(cast["facilitator"], one)


def test_what_was_refused_waits_again(make, cast, author):
    idea = make.idea(author, HERE, status="pending")
    comment = reading.reload_comment(make.comment(make.idea(community=HERE), author, status="pending").id)
    first_posts.refuse_idea(cast["facilitator"], idea, reason=WHY, version=idea.version)
    undo(cast["facilitator"])
    first_posts.refuse_comment(cast["facilitator"], comment, reason=WHY, version=comment.version)
    undo(cast["coordinator"])
    db.session.rollback()
    for content in (idea, comment):
        assert content.status == "pending" and not content.is_hidden
    assert differences() == []


def test_a_refusal_is_found_wrong_by_whoever_judges_the_appeal(make, cast, author):
    idea = make.idea(author, HERE, status="pending")
    first_posts.refuse_idea(cast["facilitator"], idea, reason=WHY, version=idea.version)
    appeal = appeals.appeal(cast["author"], last_measure(), words="Relisez-la, je vous en prie.")
    appeals.grant(cast["coordinator"], idea, appeal, reason=WHY)
    assert idea.status == "pending" and not idea.is_hidden


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_nobody_else_undoes_it(cast, contents, noun):
    measures.hide(cast["facilitator"], contents[noun], reason="Hors du sujet")
    for who in OTHERS:
        with pytest.raises(NotFound):
            undo(cast[who])
        db.session.rollback()
        assert who == "neighbour" or queries.list_measures(cast[who]).items == []
    assert queries.list_measures(cast["neighbour"]).items == []


def test_a_comment_under_a_hidden_idea_waits_for_the_idea(cast, contents):
    measures.hide(cast["facilitator"], contents["comment"], reason=WHY)
    measure = last_measure()
    measures.hide(cast["facilitator"], contents["idea"], reason=WHY)
    with pytest.raises(Forbidden):
        undo(cast["facilitator"], measure)
    undo(cast["facilitator"])
    undo(cast["facilitator"], measure)


def test_what_is_deleted_is_left_alone(make, cast, contents):
    measures.hide(cast["facilitator"], contents["idea"], reason=WHY)
    make.at(contents["idea"], deleted_at=clock.now())
    with pytest.raises(Conflict):
        undo(cast["facilitator"])


def test_two_colleagues_at_once_undo_once(app, make, cast, contents):
    measures.hide(cast["facilitator"], contents["comment"], reason=WHY)
    measure_id, team = last_measure().id, [cast["facilitator"], make.actor(facilitates=[HERE]), cast["coordinator"]]

    def one(actor):
        return lambda: undo(actor, db.session.get_one(Measure, measure_id))

    at_once(app, [one(actor) for actor in team * 2], Conflict)
    assert len(db.session.scalars(select(Measure)).all()) == 2 == len(db.session.scalars(select(Entry)).all())
    assert differences() == [] and list(measure_queries.list_journal_faults()) == []


def test_the_list_holds_one_s_own_communities_only(make, cast, contents):
    for noun in ("comment", "update", "idea"):
        measures.hide(cast["facilitator"], contents[noun], reason=WHY)
    other = make.idea(community=ELSEWHERE)
    measures.hide(cast["neighbour"], other, reason=WHY)
    idea = make.idea(community=HERE, status="pending")
    first_posts.publish_idea(cast["facilitator"], idea, version=idea.version)
    assert [one.measure.id for one in queries.list_measures(cast["facilitator"]).items] == [3, 2, 1]
    assert [one.content.id for one in queries.list_measures(cast["neighbour"]).items] == [other.id]
    assert len(queries.list_measures(cast["coordinator"]).items) == 4
    here = make.room(HERE).id
    assert len(queries.list_measures(cast["coordinator"], community_id=here).items) == 3
    first = queries.list_measures(cast["coordinator"], size=3)
    rest = queries.list_measures(cast["coordinator"], size=3, before=int(first.next))
    assert [one.measure.id for one in rest.items] == [1] and rest.next is None and not rest.is_first


def test_a_colleague_does_not_see_what_was_done_to_them(make, cast, contents):
    measures.hide(cast["coordinator"], contents["idea"], reason=WHY)
    user = db.session.get_one(type(make.user()), cast["author"].id)
    make.facilitator(user, HERE)
    author = make.actor(user)
    assert queries.list_measures(author).items == []
    with pytest.raises(NotFound):
        undo(author)


def test_every_kind_of_content_says_where_it_is(cast, contents):
    comment = db.session.scalars(select(Comment)).one()
    measures.hide(cast["facilitator"], reading.reload_comment(comment.id), reason=WHY)
    found = queries.list_measures(cast["facilitator"]).items[0]
    assert found.by and found.community_id == contents["idea"].community_id


def test_what_was_joined_stands_alone_again_from_the_list_of_measures_too(make, cast, contents):
    into = make.idea(community=HERE)
    merges.merge(cast["facilitator"], contents["idea"], into, reason="La même chose")
    measure = last_measure()
    undo(cast["facilitator"])
    db.session.rollback()
    assert not contents["idea"].is_merged and (last_measure().kind, last_measure().undoes_id) == ("part", measure.id)
    with pytest.raises(Conflict):
        undo(cast["facilitator"], measure)


def test_what_was_drawn_out_is_joined_back_from_the_list_of_measures_too(make, cast, author):
    origin = make.idea(author, HERE, body="Un marché au centre-ville.\n\nEt un autobus le samedi.")
    part = merges.split(
        cast["facilitator"], origin, title="Un autobus le samedi", body="Et un autobus le samedi.", reason=WHY
    )
    measure = last_measure()
    undo(cast["facilitator"])
    db.session.rollback()
    assert part.merged_into == origin.id and (last_measure().kind, last_measure().undoes_id) == (
        "join_back",
        measure.id,
    )
    with pytest.raises(Conflict):
        undo(cast["facilitator"], measure)

"""Moving a comment and what answers it to another idea; undoing puts every row back as it was."""

import pytest
from sqlalchemy import select

from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.unit import unit
from app.ideas.models import Idea
from app.moderation.measures.service import contents as measures
from app.moderation.moves.service import moves as service
from tests.moderation.gestures import WHY, differences, last_measure, lines, rows, undo
from tests.support.races import at_once
from tests.support.rows import notices_by_user, user_of
from tests.support.tables import on_same_rows
from tests.support.world import ELSEWHERE, HERE


@pytest.fixture
@unit()
def tree(make):
    """A root, a deep branch under it (with one comment of each state), and a neighbour."""
    idea, writers = make.idea(community=HERE), [make.user() for _n in range(3)]
    root = make.comment(idea, writers[0])
    top = make.comment(idea, writers[1], parent=root)
    deep = [top]
    for n in range(12):
        deep.append(make.comment(idea, writers[n % 3], parent=deep[-1]))
    states = [
        make.comment(idea, writers[2], parent=top, **columns)
        for columns in (
            {"status": "pending"},
            {"hidden_at": clock.now(), "hidden_reason": "non"},
            {"deleted_at": clock.now()},
        )
    ]
    beside = make.comment(idea, parent=root)
    return {
        "idea": idea,
        "root": root,
        "top": top,
        "deep": deep,
        "states": states,
        "beside": beside,
        "writers": writers,
    }


def move_branch(actor, comment, idea):
    service.move_branch(actor, reading.reload_comment(comment.id), idea, reason=WHY)
    db.session.rollback()


def test_a_branch_becomes_a_root_elsewhere_with_all_that_answers_it(make, tree, both):
    target = make.idea(community=ELSEWHERE)
    move_branch(both, tree["top"], target)
    top, deep = tree["top"], tree["deep"]
    assert (top.thread_id, top.root_id, top.parent_id, top.depth) == (target.thread_id, None, None, 0)
    for n, comment in enumerate(deep[1:], 1):
        assert (comment.thread_id, comment.root_id, comment.depth) == (target.thread_id, top.id, n)
        assert comment.parent_id == deep[n - 1].id
    assert {(one.thread_id, one.root_id, one.depth) for one in tree["states"]} == {(target.thread_id, top.id, 1)}
    assert (tree["beside"].root_id, tree["beside"].thread_id) == (tree["root"].id, tree["idea"].thread_id)
    assert (target.comments_count, tree["idea"].comments_count) == (13, 2) and differences() == []


def test_a_root_takes_its_whole_talk_along_and_an_update_lends_its_own(make, tree, both):
    target, news = make.idea(community=ELSEWHERE), make.update(community=HERE)
    news_comment = make.comment(news)
    for comment in (tree["root"], news_comment):
        move_branch(both, comment, target)
        assert (comment.thread_id, comment.depth) == (target.thread_id, 0) and differences() == []
    assert (tree["deep"][3].root_id, tree["deep"][3].depth) == (tree["root"].id, 4)
    assert news.comments_count == tree["idea"].comments_count == 0
    undo(both)
    assert db.session.get_one(Comment, news_comment.id).thread_id == news.thread_id and differences() == []


def test_undoing_puts_every_row_back(make, tree, both):
    target, before = make.idea(community=ELSEWHERE), rows()
    before |= rows(Idea, Thread)
    for which in on_same_rows(("root", "top", "beside")):
        move_branch(both, tree[which], target)
        assert rows() != before
        undo(both)
        assert rows() == before and differences() == [], which
        assert (last_measure().kind, last_measure().comment_id) == ("move", tree[which].id)


def test_what_answered_it_since_goes_back_with_it(make, tree, both):
    target = make.idea(community=ELSEWHERE)
    move_branch(both, tree["top"], target)
    answer = make.comment(target, parent=reading.reload_comment(tree["top"].id))
    undo(both)
    assert (answer.thread_id, answer.root_id, answer.depth) == (tree["idea"].thread_id, tree["root"].id, 2)
    assert differences() == []


def test_moves_are_undone_in_any_order(make, tree, both, people):
    second, third, before = make.idea(community=ELSEWHERE), make.idea(community=HERE), rows(Comment)
    move_branch(both, tree["top"], second)
    first = last_measure()
    move_branch(both, tree["deep"][5], third)
    inner = last_measure()
    undo(both, first)
    assert tree["deep"][5].thread_id == third.thread_id and tree["top"].thread_id == tree["idea"].thread_id
    undo(both, inner)
    assert rows(Comment) == before and differences() == []


def test_a_second_move_of_the_same_branch_comes_before_the_first(make, tree, both):
    second, third, before = make.idea(community=ELSEWHERE), make.idea(community=HERE), rows(Comment)
    move_branch(both, tree["top"], second)
    first = last_measure()
    move_branch(both, tree["top"], third)
    with pytest.raises(Conflict):
        undo(both, first)
    undo(both)
    undo(both, first)
    assert rows(Comment) == before and differences() == []


def test_everybody_who_wrote_in_it_is_told_once(make, tree, both):
    move_branch(both, tree["top"], make.idea(community=ELSEWHERE))
    notices = notices_by_user("measure.move")
    assert set(notices) == {writer.id for writer in tree["writers"]}
    assert all(notice.facts["reason"] == WHY and notice.comment_id for notice in notices.values())
    assert lines() == [("move", WHY, "comment")]


def test_whoever_moves_their_own_words_is_not_told(make, both):
    idea = make.idea(community=HERE)
    root = make.comment(idea)
    make.comment(idea, user_of(both), parent=root)
    move_branch(both, root, make.idea(community=ELSEWHERE))
    assert notices_by_user("measure.move").keys() == {root.author_id}


def test_a_branch_needs_the_charge_of_both_ends(make, tree, people):
    target = make.idea(community=ELSEWHERE)
    for actor in (people["facilitator"], make.actor(facilitates=[ELSEWHERE])):
        with pytest.raises(Forbidden):
            move_branch(actor, tree["top"], target)
        db.session.rollback()
    move_branch(people["coordinator"], tree["top"], target)
    for actor in (people["facilitator"], make.actor(facilitates=[ELSEWHERE])):
        with pytest.raises((Invalid, NotFound, Forbidden)):
            undo(actor)
        db.session.rollback()
    assert tree["top"].thread_id == target.thread_id


def test_never_under_an_idea_that_takes_no_comments(make, tree, both):
    for columns in (
        {"hidden_at": clock.now()},
        {"status": "archived"},
        {"status": "withdrawn"},
        {"merged_into": 1},
        {"status": "pending"},
    ):
        with pytest.raises(Invalid):
            move_branch(both, tree["top"], make.idea(community=HERE, **columns))
        db.session.rollback()


def test_never_under_a_locked_one_nor_where_it_is_already(make, tree, both):
    locked_idea = make.idea(community=HERE)
    measures.lock(both, locked_idea, reason=WHY)
    for target in (locked_idea, tree["idea"]):
        with pytest.raises(Invalid):
            move_branch(both, tree["top"], target)


def test_never_between_what_is_private_and_what_is_not(make, tree, people):
    private_slug = make.community(is_private=True).slug
    inside, beside = make.idea(community=private_slug), make.idea(community=private_slug)
    for comment, target in ((tree["top"], inside), (make.comment(inside), tree["idea"])):
        with pytest.raises(Invalid):
            move_branch(people["coordinator"], comment, target)
        db.session.rollback()
    inside_comment = make.comment(inside)
    move_branch(people["coordinator"], inside_comment, beside)
    assert inside_comment.thread_id == beside.thread_id


def test_a_branch_does_not_go_back_where_the_idea_was_hidden(make, tree, both):
    move_branch(both, tree["top"], make.idea(community=ELSEWHERE))
    measure = last_measure()
    measures.hide(both, tree["idea"], reason=WHY)
    with pytest.raises(Invalid):
        undo(both, measure)


def test_two_branches_that_cross_at_once_keep_exact_counts(app, make, people):
    one, other = make.idea(community=HERE), make.idea(community=ELSEWHERE)
    one_id, other_id = one.id, other.id
    ids = [(make.comment(one).id, other_id) for _n in range(4)] + [(make.comment(other).id, one_id) for _n in range(4)]

    def move(comment_id, idea_id):
        return lambda: service.move_branch(
            people["coordinator"], reading.reload_comment(comment_id), db.session.get_one(Idea, idea_id), reason=WHY
        )

    at_once(app, [move(*pair) for pair in ids])
    assert differences() == []


def test_a_reply_posted_meanwhile_follows_its_branch(app, make, people):
    one, other = make.idea(community=HERE), make.idea(community=HERE)
    top_id, thread_id, other_id, there = make.comment(one).id, one.thread_id, other.id, other.thread_id

    def reply():
        try:
            thread = db.session.get_one(Thread, thread_id)
            comments.post(people["member"], thread, body="Oui.", parent=reading.reload_comment(top_id))
        except NotFound:
            db.session.rollback()

    at_once(
        app,
        [
            reply,
            lambda: service.move_branch(
                people["coordinator"], reading.reload_comment(top_id), db.session.get_one(Idea, other_id), reason=WHY
            ),
        ],
    )
    db.session.rollback()
    assert {row.thread_id for row in db.session.scalars(select(Comment))} == {there} and differences() == []

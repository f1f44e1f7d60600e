"""Two commands that change the same rows, the other way round: each in its turn, and never each waiting for the other."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError, local
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.accounts import service as accounts
from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.models import Thread
from app.comments.queries import reading
from app.communities import service as communities
from app.communities.models import Community
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import DomainError
from app.ideas import answers
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.service import appeals
from app.moderation.first_posts.service import first_posts
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from app.moderation.measures.service import members
from app.moderation.merges import service as merges
from app.moderation.moves.service import moves
from app.reference import service as reference
from app.reference.models import Issue, Organisation, Tag
from app.updates.models import Update
from tests.moderation.gestures import undo
from tests.support.make import Make
from tests.support.races import at_once
from tests.support.world import ELSEWHERE, HERE

WHY, DEADLOCK, MOMENT = "Une raison claire", "40P01", 0.2
LOCKS = re.compile(r"\bFOR (NO KEY )?UPDATE\b|^\s*(UPDATE|DELETE)\b")
Acts = tuple[Callable[[], Any], Callable[[], Any]]


@contextmanager
def after_the_first_lock() -> Iterator[list[str]]:
    """Hold each of two threads at its first lock until the other has one too; yield the errors of the database.

    Whoever waits for the very row that the other holds has no lock: nobody is held for more than a moment.
    """
    both, mine, errors = Barrier(2), local(), []

    def meet(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if LOCKS.search(statement) and not getattr(mine, "has_met", False):
            mine.has_met = True
            try:
                both.wait(MOMENT)
            except BrokenBarrierError:
                pass

    def note(context: Any) -> None:
        errors.append(getattr(context.original_exception, "sqlstate", "") or str(context.original_exception))

    event.listen(db.engine, "after_cursor_execute", meet)
    event.listen(db.engine, "handle_error", note)
    try:
        yield errors
    finally:
        event.remove(db.engine, "after_cursor_execute", meet)
        event.remove(db.engine, "handle_error", note)


def politely(act: Callable[[], Any]) -> Callable[[], None]:
    """Do an act that may come too late: what it is told is another test's."""

    def run() -> None:
        try:
            act()
        except DomainError:
            db.session.rollback()

    return run


def row(model: Any, thing: Any) -> Any:
    return db.session.get_one(model, thing)


@pytest.fixture
def boss(people: dict[str, Actor]) -> Actor:
    return people["coordinator"]


@pytest.fixture
def pair(make: Make) -> tuple[int, int]:
    return make.idea(community=HERE).id, make.idea(community=HERE).id


def merged_both_ways(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    def merge(idea: int, into: int) -> Callable[[], Any]:
        return lambda: merges.merge(boss, row(Idea, idea), row(Idea, into), reason=WHY)

    return merge(*pair), merge(*reversed(pair))


def parted_and_related(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    into, idea = pair
    merges.merge(boss, row(Idea, idea), row(Idea, into), reason=WHY)
    return (
        lambda: merges.part(boss, row(Idea, idea), reason=WHY),
        lambda: merges.unrelate(boss, row(Idea, into), row(Idea, idea)),
    )


def undone_and_merged(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    into, idea = pair
    merges.merge(boss, row(Idea, idea), row(Idea, into), reason=WHY)
    return lambda: undo(boss), lambda: merges.merge(boss, row(Idea, into), row(Idea, idea), reason=WHY)


def joined_back_and_merged(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    origin = make.idea(community=HERE, body="Une chose.\n\nUne autre.").id
    part = merges.split(boss, row(Idea, origin), title="Une autre page, à part", body="Une autre.", reason=WHY).id
    return (
        lambda: merges.join_back(boss, row(Idea, part), reason=WHY),
        lambda: merges.merge(boss, row(Idea, origin), row(Idea, part), reason=WHY),
    )


def branches_moved_both_ways(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    first, second = (make.comment(row(Idea, idea)).id for idea in pair)

    def move(comment: int, idea: int) -> Callable[[], Any]:
        return lambda: moves.move_branch(boss, reading.reload_comment(comment), row(Idea, idea), reason=WHY)

    return move(first, pair[1]), move(second, pair[0])


def branches_put_back_both_ways(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    found = []
    for idea, other in (pair, pair[::-1]):
        moves.move_branch(boss, reading.reload_comment(make.comment(row(Idea, idea)).id), row(Idea, other), reason=WHY)
        found.append(db.session.scalars(select(Measure.id).order_by(Measure.id.desc()).limit(1)).one())
    return lambda: undo(boss, row(Measure, found[0])), lambda: undo(boss, row(Measure, found[1]))


def an_idea_hidden_and_talked_about(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    thread = row(Idea, pair[0]).thread_id
    return (
        lambda: measures.hide(boss, row(Idea, pair[0]), reason=WHY),
        lambda: comments.post(boss, row(Thread, thread), body="Bonne idée."),
    )


def an_idea_locked_and_a_comment_of_it_hidden(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    comment = make.comment(row(Idea, pair[0])).id
    return (
        lambda: measures.lock(boss, row(Idea, pair[0]), reason=WHY),
        lambda: measures.hide(boss, reading.reload_comment(comment), reason=WHY),
    )


def a_comment_moved_and_another_hidden(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    comment = make.comment(row(Idea, pair[0]))
    below = make.comment(row(Idea, pair[0]), parent=comment).id
    return (
        lambda: moves.move_branch(boss, reading.reload_comment(comment.id), row(Idea, pair[1]), reason=WHY),
        lambda: measures.hide(boss, reading.reload_comment(below), reason=WHY),
    )


def an_update_hidden_and_talked_about(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    update = make.update(community=HERE)
    thread, update_id = update.thread_id, update.id
    return (
        lambda: measures.hide(boss, row(Update, update_id), reason=WHY),
        lambda: comments.post(boss, row(Thread, thread), body="Merci."),
    )


def many_answered_and_one_hidden(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    room = make.room(HERE)
    return (
        lambda: answers.answer_many(boss, room, pair[::-1], status="under_review", reason=WHY),
        lambda: comments.post(boss, row(Thread, row(Idea, pair[0]).thread_id), body="Bonne idée."),
    )


def a_first_post_published_and_its_author_gone(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    user = make.user()
    found, author, user_id = make.idea(user, HERE, "pending"), make.actor(user), user.id
    idea, version = found.id, found.version
    return (
        lambda: first_posts.publish_idea(boss, row(Idea, idea), version=version),
        lambda: accounts.close(author, row(User, user_id)),
    )


def a_draft_saved_and_its_author_gone(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    user = make.user()
    idea, author, user_id = make.idea(user, HERE, "draft").id, make.actor(user), user.id
    return (lambda: ideas.discard(author, row(Idea, idea)), lambda: accounts.close(author, row(User, user_id)))


def an_appeal_granted_and_its_measure_undone(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    idea, judge = row(Idea, pair[0]), make.actor(role="coordinator")
    measures.hide(boss, idea, reason=WHY)
    measure = db.session.scalars(select(Measure)).one().id
    author = Actor(idea.author_id, is_confirmed=True)
    appeal = appeals.appeal(author, row(Measure, measure), words="Relisez, s'il vous plaît.").id
    return (
        lambda: appeals.grant(judge, row(Idea, pair[0]), row(Appeal, appeal), reason=WHY),
        lambda: undo(boss, row(Measure, measure)),
    )


def two_who_warn_each_other(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    one, other = make.user(), make.user()
    rooms = {user.id: make.room(slug).id for user, slug in ((one, HERE), (other, ELSEWHERE))}
    for user, whom, slug in ((one, other, HERE), (other, one, ELSEWHERE)):
        make.facilitator(user, slug)
        make.idea(whom, slug)

    def warn(actor: Any, user: Any) -> Callable[[], Any]:
        who, community, user_id = make.actor(actor), rooms[actor.id], user.id
        return lambda: members.warn(who, row(type(user), user_id), community_id=community, reason=WHY)

    return warn(one, other), warn(other, one)


def two_communities_put_elsewhere(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    return both_ends(Community, lambda one, step: communities.move(boss, one, step=step))


def two_issues_put_elsewhere(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    return both_ends(Issue, lambda one, step: reference.move_issue(boss, one, step=step))


def both_ends(model: Any, move: Callable[[Any, int], Any]) -> Acts:
    ids = db.session.scalars(select(model.id).order_by(model.position)).all()
    return lambda: move(row(model, ids[0]), 1), lambda: move(row(model, ids[-1]), -1)


def tags_merged_both_ways(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    ids = [make.add(Tag(slug=name, name=name, sort_key=name)).id for name in ("vert", "bleu")]

    def merge(tag: int, into: int) -> Callable[[], Any]:
        return lambda: reference.merge_tag(boss, row(Tag, tag), row(Tag, into))

    return merge(*ids), merge(*reversed(ids))


def organisations_merged_in_a_chain(make: Make, boss: Actor, pair: tuple[int, int]) -> Acts:
    ids = [make.add(Organisation(name=name, sort_key=name)).id for name in ("vert", "bleu", "gris")]
    first, second, third = (row(Organisation, number) for number in ids)
    reference.merge_organisation(boss, first, second)

    def part() -> Any:
        return reference.part_organisation(boss, row(Organisation, ids[0]))

    return lambda: reference.merge_organisation(boss, row(Organisation, ids[1]), row(Organisation, third.id)), part


@pytest.mark.parametrize(
    "crossing",
    [
        merged_both_ways,
        parted_and_related,
        undone_and_merged,
        joined_back_and_merged,
        branches_moved_both_ways,
        branches_put_back_both_ways,
        an_idea_hidden_and_talked_about,
        an_idea_locked_and_a_comment_of_it_hidden,
        a_comment_moved_and_another_hidden,
        an_update_hidden_and_talked_about,
        many_answered_and_one_hidden,
        a_first_post_published_and_its_author_gone,
        a_draft_saved_and_its_author_gone,
        an_appeal_granted_and_its_measure_undone,
        two_who_warn_each_other,
        two_communities_put_elsewhere,
        two_issues_put_elsewhere,
        organisations_merged_in_a_chain,
        tags_merged_both_ways,
    ],
    ids=lambda crossing: crossing.__name__,
)
def test_two_that_cross_wait_in_a_line(
    app: Flask, make: Make, boss: Actor, pair: tuple[int, int], crossing: Callable[..., Acts]
) -> None:
    first, second = crossing(make, boss, pair)
    db.session.rollback()
    with after_the_first_lock() as errors:
        at_once(app, [politely(first), politely(second)])
    assert errors == []

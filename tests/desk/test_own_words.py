"""Whoever animates a community and wrote there: their own words are a colleague's to judge, whatever they were to do."""

import pytest

from app.comments.queries import reading
from app.communities.queries import get_rooms
from app.core import clock
from app.core.errors import Forbidden, NotFound
from app.core.permits import can
from app.ideas import service as ideas
from app.ideas.writing import IdeaWords
from app.moderation.measures.service import contents as measures
from app.moderation.merges import service as merges
from app.moderation.moves.service import handovers, moves
from tests.moderation.gestures import WHY, undo
from tests.support.world import ELSEWHERE, HERE


@pytest.fixture
def team(make):
    """Three facilitators; the second one is the author."""
    return [make.user(facilitates=[HERE]) for _n in range(3)]


def make_content(make, noun, author, **columns):
    """Return something that this person wrote in the community."""
    if noun == "comment":
        return reading.reload_comment(make.comment(make.idea(community=HERE), author, **columns).id)
    return getattr(make, noun)(author, HERE, **columns)


NOUNS, JUDGED = ("idea", "comment", "update"), [True, False, True]
# Of one's own words: the right, what was written, in which state; who of the team hid it, where somebody did.
RIGHTS = [
    *((f"{noun}:hide", noun, {}) for noun in NOUNS),
    *((f"{noun}:admit", noun, {"status": "pending"}) for noun in ("idea", "comment")),
    *((f"{noun}:restore", noun, {"hidden_by": who}) for noun in NOUNS for who in (0, 1)),
    ("note:read", "idea", {}),
    ("note:write", "idea", {}),
    ("comment:mark_useful", "comment", {}),
]


@pytest.mark.parametrize(("right", "noun", "columns"), RIGHTS)
def test_ones_own_words_are_a_colleagues_to_judge(make, team, right, noun, columns):
    if "hidden_by" in columns:
        columns = {"hidden_at": clock.now(), "hidden_by": team[columns["hidden_by"]].id, "hidden_reason": "Motif"}
    content = make_content(make, noun, team[1], **columns)
    assert [can(make.actor(person), right, content) for person in team] == JUDGED


def test_what_is_said_is_marked_as_used_by_the_author_of_the_idea_alone(make, team):
    comment = reading.reload_comment(make.comment(make.idea(team[1], HERE), make.user()).id)
    assert [can(make.actor(person), "comment:mark_used", comment) for person in team] == [False, True, False]


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_what_is_hidden_is_contested_by_who_wrote_it_until_they_delete_it(make, team, noun):
    now = clock.now()
    for columns, may in (({}, False), ({"hidden_at": now}, True), ({"hidden_at": now, "deleted_at": now}, False)):
        content = make_content(make, noun, team[1], **columns)
        assert [can(make.actor(person), "content:contest", content) for person in team] == [False, may, False]


@pytest.mark.parametrize("who", [0, 1])
def test_the_thread_under_ones_own_idea_is_a_colleagues_to_lock_and_open_again(make, team, who):
    thread = make.thread(community=HERE, author=team[1])
    assert [can(make.actor(person), "thread:lock", thread) for person in team] == [True, False, True]
    make.at(thread, locked_at=clock.now(), locked_by=team[who].id)
    assert [can(make.actor(person), "thread:unlock", thread) for person in team] == [True, False, True]
    make.at(thread, kind="update")
    assert all(can(make.actor(person), "thread:unlock", thread) for person in team)


def test_ones_own_idea_is_merged_and_parted_by_a_colleague(make, team):
    idea, into = make.idea(team[1], HERE), make.idea(community=HERE)
    colleague, author = make.actor(team[0]), make.actor(team[1])
    with pytest.raises(Forbidden):
        merges.merge(author, idea, into, reason="Elles disent la même chose")
    merges.merge(colleague, idea, into, reason="Elles disent la même chose")
    with pytest.raises(Forbidden):
        merges.part(author, idea, reason="Elle dit autre chose")
    merges.part(colleague, idea, reason="Elle dit autre chose")
    assert not idea.is_merged


@pytest.mark.parametrize("ends", [False, True])
def test_the_pace_under_ones_own_idea_is_decided_by_a_colleague(make, team, ends):
    idea, update = make.idea(team[1], HERE), make.update(team[1], HERE)
    colleague, author, other = map(make.actor, team)
    measures.slow(colleague, idea, minutes=15, reason=WHY)
    measures.slow(colleague, idea, minutes=0 if ends else 60, reason=WHY)
    for minutes in (5, 15, *([] if ends else [0])):
        with pytest.raises(Forbidden):
            measures.slow(author, idea, minutes=minutes, reason=WHY)
    with pytest.raises(NotFound):
        undo(author)
    measures.slow(other, idea, minutes=5, reason=WHY)
    measures.slow(author, update, minutes=5, reason=WHY)
    measures.slow(author, update, minutes=0, reason=WHY)


@pytest.fixture
def both(make, team):
    """The same three facilitators, who facilitate another community too."""
    for person in team:
        make.facilitator(person, ELSEWHERE)
    return [make.actor(person) for person in team]


def test_ones_own_idea_is_moved_by_a_colleague_and_by_no_other_door(make, team, both):
    colleague, author, other = both
    idea, there = make.idea(team[1], HERE), get_rooms().by_slug[ELSEWHERE]
    with pytest.raises(Forbidden):
        moves.move_idea(author, idea, there, reason=WHY)
    moves.move_idea(colleague, idea, there, reason=WHY)
    with pytest.raises(Forbidden):
        moves.move_idea(author, idea, get_rooms().by_slug[HERE], reason=WHY)
    with pytest.raises(NotFound):
        undo(author)
    with pytest.raises(Forbidden):
        handovers.offer(author, idea, get_rooms().by_slug[HERE], reason=WHY)
    words = IdeaWords(title=idea.title, body=idea.body, community_id=make.room(HERE).id)
    assert ideas.revise(author, idea, words).community_id == there.id
    undo(other)
    assert idea.community_id == make.room(HERE).id


def test_the_offer_of_ones_own_idea_is_made_answered_and_taken_back_by_colleagues(make, team, both):
    colleague, author, other = both
    idea, there = make.idea(team[1], HERE), get_rooms().by_slug[ELSEWHERE]
    with pytest.raises(Forbidden):
        handovers.offer(author, idea, there, reason=WHY)
    for act, fields in ((handovers.cancel, {}), (handovers.send_back, {"answer": WHY}), (handovers.accept, {})):
        offer = handovers.offer(colleague, idea, there, reason=WHY)
        with pytest.raises(Forbidden):
            act(author, idea, offer, **fields)
        act(other, idea, offer, **fields)
    assert idea.community_id == there.id


def test_ones_own_comment_is_moved_by_a_colleague_and_goes_with_what_it_answers(make, team):
    _colleague, author, other = map(make.actor, team)
    here, there = make.idea(community=HERE), make.idea(community=HERE)
    root = make.comment(here, make.user())
    own = make.comment(here, team[1], parent=root)
    moves.move_branch(author, reading.reload_comment(root.id), there, reason=WHY)
    with pytest.raises(Forbidden):
        moves.move_branch(author, reading.reload_comment(own.id), here, reason=WHY)
    moves.move_branch(other, reading.reload_comment(own.id), here, reason=WHY)
    moves.move_branch(author, reading.reload_comment(root.id), here, reason=WHY)

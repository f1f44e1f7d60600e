"""Whoever animates a community and wrote there: what a colleague hid is a colleague's to restore, or somebody's appeal."""
import pytest

from app.comments.queries import reading
from app.communities.queries import catalogue
from app.core import clock
from app.core.errors import Forbidden, NotFound
from app.core.permits import can
from app.ideas import service as ideas
from app.ideas.writing import Typed
from app.moderation.service import handovers, measures, merges, moves
from tests.moderation.measuring import WHY, undo
from tests.support.world import ELSEWHERE, HERE


@pytest.fixture
def team(make):
    """Three of the team, by their numbers; the one in the middle wrote."""
    people = [make.user() for _n in range(3)]
    for person in people:
        make.facilitator(person, HERE)
    return people


def written(make, noun, author, **columns):
    """Give something that this person wrote in the community."""
    if noun == "comment":
        return reading.present(make.comment(make.idea(community=HERE), author, **columns).id)
    return getattr(make, noun)(author, HERE, **columns)


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
@pytest.mark.parametrize(("who", "may"), [(0, False), (1, True), (2, False)])
def test_ones_own_words_are_restored_by_who_hid_them(make, team, noun, who, may):
    content = written(make, noun, team[1], hidden_at=clock.now(), hidden_by=team[who].id, hidden_reason="Motif")
    assert [can(make.actor(person), f"{noun}:restore", content) for person in team] == [True, may, True]


def test_what_is_said_is_marked_as_used_by_the_author_of_the_idea_alone(make, team):
    comment = reading.present(make.comment(make.idea(team[1], HERE), make.user()).id)
    assert [can(make.actor(person), "comment:mark_used", comment) for person in team] == [False, True, False]


@pytest.mark.parametrize("noun", ["idea", "comment"])
def test_ones_own_first_post_is_admitted_by_a_colleague(make, team, noun):
    content = written(make, noun, team[1], status="pending")
    assert [can(make.actor(person), f"{noun}:admit", content) for person in team] == [True, False, True]


def test_notes_about_an_idea_are_for_the_team_but_its_author(make, team):
    idea = written(make, "idea", team[1])
    for right in ("note:read", "note:write"):
        assert [can(make.actor(person), right, idea) for person in team] == [True, False, True]


def test_ones_own_comment_is_marked_as_useful_by_others(make, team):
    comment = written(make, "comment", team[1])
    assert [can(make.actor(person), "comment:mark_useful", comment) for person in team] == [True, False, True]


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_what_is_hidden_is_contested_by_who_wrote_it_until_they_delete_it(make, team, noun):
    now = clock.now()
    for columns, may in (({}, False), ({"hidden_at": now}, True), ({"hidden_at": now, "deleted_at": now}, False)):
        content = written(make, noun, team[1], **columns)
        assert [can(make.actor(person), "content:contest", content) for person in team] == [False, may, False]


@pytest.mark.parametrize(("who", "may"), [(0, False), (1, True), (2, False)])
def test_the_thread_under_ones_own_words_is_opened_again_by_who_locked_it(make, team, who, may):
    thread = make.at(make.thread(community=HERE, author=team[1]), locked_at=clock.now(), locked_by=team[who].id)
    assert [can(make.actor(person), "thread:unlock", thread) for person in team] == [True, may, True]
    make.at(thread, kind="update")
    assert all(can(make.actor(person), "thread:unlock", thread) for person in team)


@pytest.mark.parametrize(("who", "may"), [(0, False), (1, True)])
def test_ones_own_idea_is_parted_by_who_merged_it(make, team, who, may):
    idea, into = make.idea(team[1], HERE), make.idea(community=HERE)
    merges.merge(make.actor(team[who]), idea, into, reason="Elles disent la même chose")
    if may:
        merges.part(make.actor(team[1]), idea, reason="Elle dit autre chose")
    else:
        with pytest.raises(Forbidden):
            merges.part(make.actor(team[1]), idea, reason="Elle dit autre chose")
        merges.part(make.actor(team[0]), idea, reason="Elle dit autre chose")
    assert not idea.is_merged


def room(make, slug):
    return catalogue().by_id[make.room(slug).id]


@pytest.mark.parametrize("ends", [False, True])
def test_the_pace_under_ones_own_idea_is_changed_by_who_decided_it(make, team, ends):
    idea, update = make.idea(team[1], HERE), make.update(team[1], HERE)
    colleague, author, other = map(make.actor, team)
    measures.slow(author, idea, minutes=15, reason=WHY)
    measures.slow(author, idea, minutes=5, reason=WHY)
    measures.slow(colleague, idea, minutes=0 if ends else 60, reason=WHY)
    for minutes in (5, 15, *([] if ends else [0])):
        with pytest.raises(Forbidden):
            measures.slow(author, idea, minutes=minutes, reason=WHY)
    with pytest.raises(NotFound):
        undo(author)
    measures.slow(other, idea, minutes=5, reason=WHY)
    measures.slow(colleague, update, minutes=5, reason=WHY)
    measures.slow(author, update, minutes=0, reason=WHY)


@pytest.fixture
def both(make, team):
    """The same three, who have the charge of another community too."""
    for person in team:
        make.facilitator(person, ELSEWHERE)
    return [make.actor(person) for person in team]


def test_ones_own_idea_is_moved_back_by_who_moved_it_and_by_no_other_door(make, team, both):
    colleague, author, other = both
    idea, there = make.idea(team[1], HERE), room(make, ELSEWHERE)
    moves.move_idea(author, idea, there, reason=WHY)
    moves.move_idea(author, idea, room(make, HERE), reason=WHY)
    moves.move_idea(colleague, idea, there, reason=WHY)
    with pytest.raises(Forbidden):
        moves.move_idea(author, idea, room(make, HERE), reason=WHY)
    with pytest.raises(NotFound):
        undo(author)
    with pytest.raises(Forbidden):
        handovers.offer(author, idea, room(make, HERE), reason=WHY)
    typed = Typed(title=idea.title, body=idea.body, community_id=make.room(HERE).id)
    assert ideas.revise(author, idea, typed).community_id == there.id
    undo(other)
    assert idea.community_id == make.room(HERE).id


def test_the_offer_of_ones_own_idea_is_taken_back_by_who_made_it(make, team, both):
    colleague, author, _other = both
    idea = make.idea(team[1], HERE)
    offered = handovers.offer(colleague, idea, room(make, ELSEWHERE), reason=WHY)
    with pytest.raises(Forbidden):
        handovers.cancel(author, idea, offered)
    handovers.cancel(colleague, idea, offered)
    handovers.cancel(author, idea, handovers.offer(author, idea, room(make, ELSEWHERE), reason=WHY))


def test_ones_own_comment_stays_where_a_colleague_put_it_alone_or_with_what_it_answers(make, team):
    colleague, author, other = map(make.actor, team)
    here, there = make.idea(community=HERE), make.idea(community=HERE)
    root = make.comment(here, make.user())
    own, alone = make.comment(here, team[1], parent=root), make.comment(here, team[1])
    for top in (root, alone):
        moves.move_branch(author, reading.present(top.id), there, reason=WHY)
        moves.move_branch(author, reading.present(top.id), here, reason=WHY)
        moves.move_branch(colleague, reading.present(top.id), there, reason=WHY)
    for said in (own, alone):
        with pytest.raises(Forbidden):
            moves.move_branch(author, reading.present(said.id), here, reason=WHY)
    moves.move_branch(other, reading.present(own.id), here, reason=WHY)
    moves.move_branch(author, reading.present(root.id), here, reason=WHY)

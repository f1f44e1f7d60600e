"""Whoever animates a community and wrote there: what a colleague hid is a colleague's to restore, or somebody's appeal."""
import pytest

from app.comments.queries import reading
from app.core import clock
from app.core.errors import Forbidden
from app.core.permits import can
from app.moderation.service import merges
from tests.support.world import HERE


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

"""Who is told of what they follow: once each, never of their own act, never of what they may not read."""

from typing import Any

import pytest
from sqlalchemy import delete

from app.accounts.models.people import User
from app.comments import service as comments
from app.communities import service as communities
from app.communities.models import Membership
from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.ideas import publishing
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.moderation.merges import service as merges
from app.notifications.models import Fact, Notice
from app.notifications.queries import notices as queries
from app.notifications.service import follows as service
from app.reference.models import Issue, Tag, Territory
from app.updates import service as updates
from app.votes import service as votes
from tests.support.follower_acts import actor, follow, look, publish, say, told
from tests.support.rows import again, count, last

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
WHY = "Elles disent la même chose"


@pytest.fixture
def idea(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="need")
    return found


def test_followers_of_a_thread_hear_what_is_said_there_and_its_authors_are_told_once(
    make: Any, author: User, idea: Idea
) -> None:
    simon, odile, silent, steps, fan = (make.user() for _n in range(5))
    first = say(simon, idea)
    make.vote(fan, idea), follow(steps, idea, "steps"), make.comment(idea, silent), follow(silent, idea, "none")
    say(odile, idea, "Merci!", parent=first)
    follower = make.user()
    follow(follower, idea), follow(author, idea), follow(simon, idea)
    say(make.user(), idea, "Et moi?", parent=again(first))
    assert told("follow") == sorted([("follow.comment", odile.id), ("follow.comment", follower.id)])
    assert (
        told("comment.post") == [("comment.post", author.id)] * 3
        and told("comment.reply") == [("comment.reply", simon.id)] * 2
    )


def test_silence_in_ones_own_thread_stops_all_but_measures_and_answers_to_ones_own_words(
    make: Any, people: Any, author: User, idea: Idea
) -> None:
    mine = say(author, idea)
    follow(author, idea, "steps")
    say(make.user(), idea)
    votes.cast(make.actor(), again(idea))
    assert told("") == []
    ideas.move(people["facilitator"], again(idea), "retained", reason="Oui")
    assert told("status") == [("status", author.id)]
    follow(author, idea, "none")
    ideas.move(people["facilitator"], again(idea), "declined", reason="Non")
    say(make.user(), idea, "Bravo!", parent=again(mine))
    assert [kind for kind, who in told("") if who == author.id] == ["comment.reply", "status"]


def test_a_new_idea_is_told_once_to_whoever_follows_a_place_where_it_stands(make: Any, author: User) -> None:
    room, other = make.room(HERE), make.room(ELSEWHERE)
    tag, former = (make.add(Tag(slug=name, name=name, sort_key=name)) for name in ("velo", "bicyclette"))
    make.at(former, merged_into=tag.id)
    issue = make.add(Issue(slug="un-enjeu", name="Un enjeu"))
    mrc = make.add(Territory(code="900", name="Une MRC", kind="mrc", sort_key="une mrc"))
    town = make.add(
        Territory(code="90001", name="Une ville", kind="municipality", sort_key="une ville", parent_id=mrc.id)
    )
    member, left, of_other, of_tag, of_former, of_issue, of_mrc, of_town, everywhere = (make.user() for _n in range(9))
    for person in (member, left, everywhere, author):
        communities.join(actor(person), room)
    for person, kind, number in (
        (of_other, "community", other.id),
        (of_tag, "tag", tag.id),
        (of_former, "tag", former.id),
        (of_issue, "issue", issue.id),
        (of_mrc, "territory", mrc.id),
        (of_town, "territory", town.id),
        *[(everywhere, *place) for place in (("community", room.id), ("tag", tag.id), ("issue", issue.id))],
    ):
        service.follow(actor(person), kind, number)
    follow(left, room, "none")
    found = publish(author, room, communities=(other.id,), issues=(issue.id,), territories=(town.id,), tags=("velo",))
    assert told() == [
        ("follow.idea", person.id)
        for person in (member, of_other, of_tag, of_former, of_issue, of_mrc, of_town, everywhere)
    ]
    assert last(Notice).idea_id == found.id and told() == told(), "a fact is told once"


def test_an_idea_that_waited_is_told_once_it_appears_and_never_twice(make: Any, newcomer: User, fae: User) -> None:
    member = make.user()
    communities.join(actor(member), make.room(HERE))
    found = publish(newcomer, make.room(HERE))
    assert again(found).status == "pending" and told() == []
    publishing.admit(actor(fae), again(found))
    assert told() == [("follow.idea", member.id)]
    with unit():
        publishing.take_back(db.session.get_one(Idea, found.id), "new")
    db.session.rollback()
    assert queries.count_unread(actor(member)) == 0
    publishing.admit(actor(fae), again(found))
    assert told() == [("follow.idea", member.id)] and queries.count_unread(actor(member)) == 1


def test_what_is_not_public_when_the_worker_comes_is_told_to_nobody(
    make: Any, author: User, people: Any, idea: Idea
) -> None:
    follower, room = make.user(), make.room(HERE)
    follow(follower, idea), follow(follower, room)
    said = say(make.user(), idea)
    comments.delete(actor(db.session.get_one(User, said.author_id)), again(said))
    ideas.move(people["facilitator"], again(idea), "retained", reason="Oui")
    merged, into = make.idea(author, HERE), make.idea(author, HERE)
    follow(follower, merged)
    merges.merge(people["facilitator"], again(merged), again(into), reason=WHY)
    work = updates.publish(people["facilitator"], room, title="Des travaux", body="Ce que nous avons fait.")
    found = publish(author, room)
    for content in (idea, into, work, found):
        make.at(content, hidden_at=time.now(), hidden_reason="non")
    assert told() == [] and count(Fact, Fact.told_at.is_(None)) == 0


def test_travaux_are_told_to_members_and_followers_of_their_community(make: Any, fae: User) -> None:
    room, member, follower = make.room(HERE), make.user(), make.user()
    for person in (member, fae):
        communities.join(actor(person), room)
    follow(follower, room)
    updates.publish(actor(fae), room, title="Des travaux", body="Ce que nous avons fait.", form_key="one")
    updates.publish(actor(fae), room, title="Des travaux", body="Ce que nous avons fait.", form_key="one")
    assert told() == [("follow.update", member.id), ("follow.update", follower.id)]


def test_a_step_is_told_to_whoever_follows_the_idea_or_one_that_was_joined_to_it(
    make: Any, people: Any, author: User, idea: Idea
) -> None:
    other = make.user()
    joined = make.idea(other, HERE, merged_into=idea.id)
    talker, fan, steps, of_joined, silent = (make.user() for _n in range(5))
    make.comment(idea, talker), make.vote(fan, idea), follow(steps, idea, "steps"), follow(of_joined, joined)
    make.comment(joined, silent), make.comment(idea, silent), follow(silent, idea, "none")
    ideas.move(people["facilitator"], again(idea), "same", reason="On y travaille")
    assert told() == [("follow.step", person.id) for person in (talker, fan, steps, of_joined)]
    assert told("status") == [("status", author.id), ("status.joined", other.id)]
    assert last(Notice, Notice.kind == "follow.step").facts == {
        "status": "published",
        "reason": "On y travaille",
        "stays": True,
    }


def test_a_merge_and_a_parting_are_told_once_to_whoever_follows_one_of_the_two(
    make: Any, people: Any, author: User, idea: Idea
) -> None:
    into = make.idea(make.user(), HERE)
    talker, carried, both = (make.user() for _n in range(3))
    make.comment(idea, talker), make.vote(carried, idea), follow(carried, into)
    follow(both, idea), follow(both, into), follow(author, into)
    merges.merge(people["facilitator"], again(idea), again(into), reason=WHY)
    merges.part(people["facilitator"], again(idea), reason=WHY)
    assert told() == sorted((kind, person.id) for kind in ("follow.merge", "follow.part") for person in (talker, both))
    assert [told(kind) for kind in ("merge.support", "part.support")] == [
        [("merge.support", carried.id)],
        [("part.support", carried.id)],
    ]


def test_silence_about_an_idea_that_is_joined_holds_for_the_steps_of_the_other(
    make: Any, people: Any, author: User, idea: Idea
) -> None:
    into, silent, supporter = make.idea(make.user(), HERE), make.user(), make.user()
    make.vote(silent, idea), make.vote(supporter, idea)
    follow(silent, idea, "none"), follow(author, idea, "none")
    merges.merge(people["facilitator"], again(idea), again(into), reason=WHY)
    ideas.move(people["facilitator"], again(into), "retained", reason="Oui")
    assert told() == [("follow.step", supporter.id)] and told("status.joined") == []
    assert look(supporter, into).is_on and not look(silent, into).is_on


def test_what_is_drawn_out_of_an_idea_is_told_as_a_new_one(make: Any, people: Any, author: User) -> None:
    origin, follower = make.idea(author, HERE, body="Un marché. Un autobus."), make.user()
    follow(follower, make.room(HERE))
    merges.split(people["facilitator"], origin, title="Un autobus le samedi", body="Un autobus.", reason=WHY)
    assert told() == [("follow.idea", follower.id)]


def test_only_those_inside_hear_of_a_private_community_and_only_while_they_are(make: Any, author: User) -> None:
    make.community(slug="cercle", name="Cercle", is_private=True)
    room = make.room("cercle")
    member, leaving, chief, boss = (make.user() for _n in range(4))
    for person in (member, leaving, author):
        make.actor(person, member_of=["cercle"])
    make.facilitator(chief, "cercle"), make.at(boss, site_role="coordinator")
    stranger = make.user()
    for person in (chief, boss, stranger):
        follow(person, room)
    found = publish(author, room)
    for person in (leaving, stranger):
        follow(person, found)
    with unit():
        db.session.execute(delete(Membership).where(Membership.user_id == leaving.id))
    assert told() == sorted(("follow.idea", person.id) for person in (member, chief, boss))
    say(author, found), follow(member, found), say(author, found, "Encore.")
    assert told("follow.comment") == [("follow.comment", member.id)]
    with unit():
        db.session.execute(delete(Membership).where(Membership.user_id == member.id))
    assert queries.count_unread(actor(member)) == 0, "what was told before is not shown either"


def test_a_notice_of_what_one_follows_is_held_back_while_it_is_out_of_sight(make: Any, author: User, fae: User) -> None:
    follower, room = make.user(), make.room(HERE)
    follow(follower, room)
    contents = (
        publish(author, room),
        updates.publish(actor(fae), room, title="Des travaux", body="Ce que nous avons fait."),
    )
    assert len(told()) == 2 and queries.count_unread(actor(follower)) == 2
    for content in contents:
        make.at(content, hidden_at=time.now(), hidden_reason="non")
    assert queries.count_unread(actor(follower)) == 0

"""Who is told of a meeting: followers once, then who comes, who looks after it and who follows it; never what is out of sight."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models.people import User
from app.communities import service as communities
from app.communities.actors import actor_for
from app.communities.models import Membership
from app.core import clock as time
from app.core.db import db
from app.events.minutes_words import MinutesWords
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.events.models.running import EventCharge
from app.events.service import charges, life
from app.events.service import minutes as minute_service
from app.events.service import registrations as service_of_places
from app.events.stored_words import get_words
from app.notifications.models import Fact, Notice
from app.notifications.queries import notices as queries
from app.notifications.service import follows as service
from app.reference.models import Issue, Tag, Territory
from tests.events.coming import IN_PERSON, cancel, new_event
from tests.events.stored import event_in
from tests.support.follower_acts import actor, follow, look, say, told
from tests.support.make import Make
from tests.support.rows import again, count, every, last

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
WHAT = ("moved", "cancelled", "minutes")


@pytest.fixture
def meeting(make: Make, fae: User) -> Event:
    return event_in(make, room=make.room(HERE), author_id=fae.id, title="Se loger ici")


def register(make: Make, event: Event, user: User, state: str = "in") -> None:
    row = EventRegistration(event_id=event.id, user_id=user.id, mode="online", state=state, code=f"C{user.id:05}")
    make.add(row)


def publish(make: Make, people: Any, **columns: Any) -> Event:
    """Publish a meeting as its team does."""
    draft = event_in(make, room=make.room(HERE), status="draft", **columns)
    life.publish(people["facilitator"], draft)
    return again(draft)


def move(people: Any, event: Event, **more: timedelta) -> None:
    starts_at = time.now() + (more.get("to") or timedelta(days=20))
    life.move(
        people["facilitator"],
        again(event),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        reason="La salle est prise.",
    )


def test_a_meeting_is_told_once_to_whoever_follows_where_it_stands(make: Make, people: Any, fae: User) -> None:
    room, other = make.room(HERE), make.room(ELSEWHERE)
    tag, former = (make.add(Tag(slug=name, name=name, sort_key=name)) for name in ("velo", "bicyclette"))
    make.at(former, merged_into=tag.id)
    issue = make.add(Issue(slug="un-enjeu", name="Un enjeu"))
    mrc = make.add(Territory(code="900", name="Une MRC", kind="mrc", sort_key="une mrc"))
    town = make.add(Territory(code="90001", name="Ici", kind="municipality", sort_key="ici", parent_id=mrc.id))
    member, left, of_other, of_tag, of_issue, of_mrc, of_town, everywhere, stranger = (make.user() for _n in range(9))
    for person in (member, left, everywhere, fae):
        communities.join(actor(person), room)
    for person, kind, number in (
        (of_other, "community", other.id),
        (of_tag, "tag", former.id),
        (of_issue, "issue", issue.id),
        (of_mrc, "territory", mrc.id),
        (of_town, "territory", town.id),
        *[(everywhere, *place) for place in (("community", room.id), ("tag", tag.id), ("issue", issue.id))],
    ):
        service.follow(actor(person), kind, number)
    follow(left, room, "none")
    event = publish(
        make,
        people,
        author_id=fae.id,
        mode="in_person",
        territory_id=town.id,
        communities=[other.id],
        issues=[issue.id],
        tags=[tag.id],
    )
    expected = [("follow.event", one.id) for one in (member, of_other, of_tag, of_issue, of_mrc, of_town, everywhere)]
    assert told() == expected and told() == expected
    assert last(Notice).event_id == event.id and stranger.id not in [notice.user_id for notice in every(Notice)]


@pytest.mark.parametrize("away", ["held", "cancelled", "hidden", "deleted"])
def test_a_meeting_that_was_held_or_is_out_of_sight_calls_nobody(make: Make, people: Any, away: str) -> None:
    follow(make.user(), make.room(HERE))
    event = publish(make, people, days=-3 if away == "held" else 3)
    if away == "cancelled":
        life.cancel(people["facilitator"], event, reason="La neige")
    elif away != "held":
        make.at(event, **{f"{away}_at": time.now()})
    assert told() == [] and count(Fact, Fact.told_at.is_(None)) == 0


def test_those_who_come_who_look_after_it_and_who_follow_it_hear_of_a_move_and_a_cancelling_once(
    make: Make, people: Any, fae: User, meeting: Event
) -> None:
    comes, waits, gone, door, follower, talker, silent = (make.user() for _n in range(7))
    for person, state in ((comes, "in"), (waits, "waiting"), (gone, "cancelled"), (door, "in"), (silent, "in")):
        register(make, meeting, person, state)
    make.add(EventCharge(event_id=meeting.id, user_id=door.id, kind="door", given_by=fae.id))
    (
        follow(follower, meeting, "steps"),
        say(talker, meeting),
        follow(comes, meeting),
        say(silent, meeting),
        follow(silent, meeting, "none"),
    )
    boss = make.actor(role="coordinator")
    starts_at = time.now() + timedelta(days=20)
    life.move(
        boss, again(meeting), starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), reason="La salle est prise."
    )
    coming, others = (comes, waits, door, silent), [("follower", follower), ("follower", talker), ("team", fae)]
    heard = sorted([*[("coming", one.id) for one in coming], *[(role, one.id) for role, one in others]])
    assert told("moved") == [(f"moved.{role}", number) for role, number in heard]
    assert last(Notice, Notice.kind == "moved.coming").facts == {
        "starts_at": starts_at.isoformat(),
        "reason": "La salle est prise.",
    }
    life.cancel(boss, again(meeting), reason="La neige")
    assert told("cancelled") == [(f"cancelled.{role}", number) for role, number in heard]
    assert {notice.pace for notice in every(Notice, Notice.kind == "moved.coming")} == {"site"}


def test_what_a_mail_of_the_meeting_says_is_on_the_site_whatever_one_chose_and_never_mailed_twice(
    make: Make, people: Any, meeting: Event
) -> None:
    comes = make.paces(make.user(), follow="never", contribution="never", task="never")
    register(make, meeting, comes)
    move(people, meeting)
    told("moved")
    notice = last(Notice, Notice.user_id == comes.id)
    assert (notice.kind, notice.pace) == ("moved.coming", "site") and queries.count_unread(actor(comes)) == 1
    assert comes.id not in [user.id for user, _ids in queries.list_mails_to_write()]


def test_the_minutes_are_told_once_to_who_was_there_and_who_follows_and_a_correction_to_nobody(
    make: Make, people: Any, fae: User
) -> None:
    event = event_in(make, room=make.room(HERE), days=-1, author_id=fae.id)
    came, waited, follower = (make.user() for _n in range(3))
    register(make, event, came), register(make, event, waited, "waiting"), follow(follower, event)
    minute_service.publish(people["facilitator"], again(event), MinutesWords("On a parlé."))
    assert told("minutes") == [("minutes.coming", came.id), ("minutes.follower", follower.id), ("minutes.team", fae.id)]
    minute_service.correct(people["facilitator"], again(event), MinutesWords("On a bien parlé."), reason="Un mot")
    assert len(told("minutes")) == 3
    assert last(Notice, Notice.kind == "minutes.coming").pace == "now"


def test_a_notice_of_a_meeting_is_shown_for_as_long_as_its_reader_may_read_it(
    make: Make, people: Any, meeting: Event
) -> None:
    comes = make.user()
    register(make, meeting, comes)
    move(people, meeting)
    told("moved")
    shown = queries.count_unread(actor(comes))
    for columns in ({"hidden_at": time.now()}, {"hidden_at": None, "deleted_at": time.now()}):
        make.at(meeting, **columns)
        assert (shown, queries.count_unread(actor(comes))) == (1, 0)


def test_only_those_inside_hear_of_a_meeting_of_a_private_community(make: Make) -> None:
    make.community(slug="cercle", name="Cercle", is_private=True)
    room, (inside, outside) = make.room("cercle"), (make.user(), make.user())
    boss, issue = make.actor(role="coordinator"), make.add(Issue(slug="un-enjeu", name="Un enjeu"))
    for person in (inside, outside):
        service.follow(actor(person), "issue", issue.id)
    make.add(Membership(user_id=inside.id, community_id=room.id))
    draft = event_in(make, room=room, status="draft", issues=[issue.id])
    life.publish(boss, draft)
    assert told() == [("follow.event", inside.id)]
    register(make, draft, outside)
    life.cancel(boss, again(draft), reason="La neige")
    assert outside.id not in [number for _kind, number in told("cancelled")]


@pytest.mark.parametrize("kind", ["door", "secretary"])
def test_a_charge_is_told_to_the_person_and_one_that_one_takes_needs_no_notice(
    make: Make, people: Any, fae: User, meeting: Event, kind: str
) -> None:
    helper = make.user()
    for person in (helper, helper, fae):
        charges.give(actor_for(again(fae)), again(meeting), again(person), kind)
    assert told("charge") == [(f"charge.{kind}", helper.id)] and last(Notice).event_id == meeting.id


def test_a_meeting_is_followed_by_its_talk_and_its_author_hears_what_is_said_there(
    make: Make, fae: User, meeting: Event
) -> None:
    follower, talker = make.user(), make.user()
    follow(follower, meeting)
    say(talker, meeting)
    assert told("follow") == [("follow.comment", follower.id)] and told("comment") == [("comment.post", fae.id)]
    assert (look(fae, meeting).cause, look(talker, meeting).cause) == ("own", "commented")


def test_another_place_is_told_to_who_comes_and_another_title_to_nobody(
    make: Make, people: Any, fae: User, meeting: Event
) -> None:
    comes, boss = make.user(), make.actor(role="coordinator")
    register(make, meeting, comes)
    words = get_words(boss, again(meeting))
    life.edit(boss, again(meeting), replace(words, title="Se loger ici, autrement"))
    assert told("changed") == []
    life.edit(boss, again(meeting), replace(words, room_url="https://example.org/salle"))
    assert told("changed") == [("changed.coming", comes.id), ("changed.team", fae.id)]


def test_a_member_whose_turn_comes_on_the_list_reads_it_here_too(make: Make) -> None:
    event = new_event(make, capacity_in_person=1)
    first, second = (service_of_places.come(make.actor(), again(event), IN_PERSON) for _n in range(2))
    assert told("place") == []
    cancel(first, actor_for(db.session.get_one(User, first.user_id)))
    assert told("place") == [("place.given", second.user_id)]

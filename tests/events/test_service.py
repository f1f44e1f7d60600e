"""The acts on a meeting: who is nearly allowed, what each writes, and what stays as it was."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.comments.models import Thread
from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.events import policy
from app.events.models.contents import EventLine, EventMove, EventQuestion
from app.events.models.meetings import Event, EventCommunity
from app.events.models.registrations import EventRegistration
from app.events.models.running import EventCharge
from app.events.queries import details, reading
from app.events.service import charges, life
from app.events.stored_words import get_words
from app.events.words import EventWords, Question
from app.journal.models import Entry
from app.reference.models import Territory
from tests.events.stored import at, event_in
from tests.support import rows
from tests.support.tables import photo
from tests.support.world import ELSEWHERE, HERE, SECLUDED

STARTS, ENDS = at("2027-02-18 18:30"), at("2027-02-18 20:30")
WHEN = {"starts_at": STARTS, "ends_at": ENDS}
MOVED = {"starts_at": at("2027-03-01 18:30"), "ends_at": at("2027-03-01 20:30"), "reason": "La salle est prise."}


@pytest.fixture(autouse=True)
def january(clock):
    clock.at("2027-01-10")


@pytest.fixture
def team(make):
    return make.actor(facilitates=[HERE])


@pytest.fixture
def words(make):
    town = db.session.scalars(select(Territory.id).where(Territory.code == "70052")).one()
    return EventWords(
        "Se loger près de son travail",
        lead="Des employeurs cherchent du monde.",
        body="On commence par **s’écouter**.",
        mode="hybrid",
        place="Bibliothèque",
        territory_id=town,
        room_url="https://salle.exemple.test/1",
        tags=("Logement",),
        organisations=("Un toit ici",),
        features=(("step_free", ""), ("childcare", "dès 2 ans")),
        lines=((18 * 60, "Accueil"), (None, "Qui fait quoi")),
        documents=(("Le portrait", "https://exemple.test/portrait.pdf"),),
        questions=(Question("one", "Comment venez-vous?", "Pour le covoiturage", ("à pied", "en auto")),),
    )


def draft_of(make, team, words, **more):
    return life.create(team, words, community_id=make.room(HERE).id, **WHEN | more)


def test_a_team_drafts_a_meeting_that_it_alone_reads(make, team, words):
    event = draft_of(make, team, words)
    found = details.get_details(event.id)
    assert (event.status, event.sequence, event.body_html) == (
        "draft",
        0,
        "<p>On commence par <strong>s’écouter</strong>.</p>\n",
    )
    assert found.features == [("step_free", ""), ("childcare", "dès 2 ans")]
    assert found.lines == [(1080, "Accueil"), (None, "Qui fait quoi")]
    assert [name for _id, name in found.organisations] == ["Un toit ici"] and [name for _s, name in found.tags] == [
        "Logement"
    ]
    assert reading.get_event(make.actor(facilitates=[HERE]), event.id, policy.READ) == event
    for stranger in (ANYONE, make.actor(), make.actor(role="admin"), make.actor(facilitates=[ELSEWHERE])):
        with pytest.raises(NotFound):
            reading.get_event(stranger, event.id, policy.READ)


def test_one_drafts_for_the_communities_one_animates_and_the_coordination_for_the_region(make, team, words):
    elsewhere = make.room(ELSEWHERE).id
    for actor, community_id in ((team, elsewhere), (team, None)):
        with pytest.raises(Invalid) as refusal:
            life.create(actor, words, community_id=community_id, **WHEN)
        assert refusal.value.field == "community"
    with pytest.raises(Forbidden):
        life.create(make.actor(), words, community_id=make.room(HERE).id, **WHEN)
    assert life.create(make.actor(role="coordinator"), words, community_id=None, **WHEN).community_id is None


def test_the_same_form_makes_one_draft(make, team, words):
    ids = {draft_of(make, team, words, form_key="une-clé").id for _time in range(2)}
    assert len(ids) == 1 and rows.count(Event) == 1


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"ends_at": STARTS}, "ends_hour"),
        ({"ends_at": STARTS - timedelta(hours=1)}, "ends_hour"),
        ({"ends_at": STARTS + timedelta(days=14, minutes=1)}, "ends_on"),
    ],
)
def test_a_meeting_ends_after_it_begins_and_lasts_two_weeks_at_most(make, team, words, when, field):
    with pytest.raises(Invalid) as refusal:
        draft_of(make, team, words, **when)
    assert refusal.value.field == field
    assert draft_of(make, team, words, ends_at=STARTS + timedelta(days=14))


def test_what_cannot_be_is_refused_beside_its_field(make, team, words):
    private = make.community(slug=SECLUDED, is_private=True)
    event = draft_of(make, team, words)
    for changes, field in (
        ({"territory_id": None}, "territory"),
        ({"capacity_in_person": 0}, "capacity_in_person"),
        ({"capacity_online": -1}, "capacity_online"),
        ({"communities": (private.id,)}, "communities"),
    ):
        with pytest.raises(Invalid) as refusal:
            life.edit(team, rows.again(event), EventWords(**vars(words) | changes), community_id=event.community_id)
        assert refusal.value.field == field


def test_the_same_words_change_nothing_and_others_are_numbered(make, team, words):
    event = draft_of(make, team, words)
    life.publish(team, event)
    before = photo()
    life.edit(team, event, get_words(team, event))
    assert photo() == before
    life.edit(team, event, EventWords(**vars(get_words(team, event)) | {"body": "Autre texte."}))
    event = rows.again(event)
    assert event.sequence == 0 and event.edited_at and event.excerpt == "Des employeurs cherchent du monde."
    life.edit(team, event, EventWords(**vars(get_words(team, event)) | {"place": "Salle du bas"}))
    assert rows.again(event).sequence == 1


def test_the_same_minute_typed_again_keeps_its_seconds(make, team, words):
    event = make.at(draft_of(make, team, words), starts_at=STARTS + timedelta(seconds=7))
    life.edit(team, event, words, community_id=event.community_id, **WHEN)
    assert rows.again(event).starts_at == STARTS + timedelta(seconds=7)


def test_a_question_keeps_its_number_when_its_words_change(make, team, words):
    event = draft_of(make, team, words)
    stored = rows.last(EventQuestion)
    asked = (
        Question("line", "D’où venez-vous?", "Pour la carte"),
        Question("one", "En auto?", "Idem", ("a", "b"), stored.id),
    )
    life.edit(team, event, EventWords(**vars(words) | {"questions": asked}), community_id=event.community_id)
    found = {row.label: row.id for row in details.list_questions(event.id)}
    assert found["En auto?"] == stored.id and len(found) == 2
    life.edit(team, event, EventWords(**vars(words) | {"questions": ()}), community_id=event.community_id)
    assert rows.count(EventQuestion) == 0


def test_the_teams_of_the_communities_it_concerns_run_it_too(make, team, words):
    other = make.room(ELSEWHERE).id
    event = draft_of(make, team, EventWords(**vars(words) | {"communities": (other,)}))
    neighbour = make.actor(facilitates=[ELSEWHERE])
    life.publish(neighbour, reading.get_event(neighbour, event.id, policy.PUBLISH))
    assert event.other_ids == list(db.session.scalars(select(EventCommunity.community_id))) == [other]
    life.edit(team, event, EventWords(**vars(get_words(team, event)) | {"communities": ()}))
    assert rows.again(event).other_ids == [] and rows.count(EventCommunity) == 0


def test_publishing_opens_it_to_all_and_writes_a_line(make, team, words):
    event = draft_of(make, team, words)
    with pytest.raises(Forbidden):
        life.publish(make.actor(facilitates=[ELSEWHERE]), event)
    life.publish(team, event)
    event, thread = rows.again(event), db.session.get_one(Thread, event.thread_id)
    assert event.takes_registrations and thread.is_public and thread.is_open and thread.kind == "event"
    assert rows.last(Entry).facts == {"event": event.id, "state": "published"}
    assert reading.get_event(ANYONE, event.id, policy.READ)
    with pytest.raises(Forbidden):
        life.publish(team, event)


def test_what_was_already_held_takes_no_registration(make, team, words):
    event = draft_of(make, team, words, starts_at=at("2022-02-10 09:00"), ends_at=at("2022-02-10 12:00"))
    life.publish(team, event)
    event = rows.again(event)
    assert not event.takes_registrations and event.is_past and not policy.REGISTER.permits(ANYONE, event)


def test_moving_keeps_the_former_date_and_its_reason(make, team, words):
    event = draft_of(make, team, words)
    with pytest.raises(Forbidden):
        life.move(team, event, **MOVED)
    life.publish(team, event)
    life.move(team, event, **MOVED)
    event, step = rows.again(event), rows.last(EventMove)
    assert (event.starts_at, event.sequence) == (MOVED["starts_at"], 1)
    assert (step.former_starts_at, step.former_ends_at, step.reason) == (STARTS, ENDS, MOVED["reason"])
    line = rows.last(Entry)
    assert line.reason == MOVED["reason"] and line.facts["state"] == "moved" and line.facts["event"] == event.id


@pytest.mark.parametrize("when", [WHEN, {"starts_at": at("2027-01-09 18:00"), "ends_at": at("2027-01-09 19:00")}])
def test_a_meeting_is_moved_to_another_time_that_is_to_come(make, team, words, when):
    event = draft_of(make, team, words)
    life.publish(team, event)
    with pytest.raises(Invalid) as refusal:
        life.move(team, event, **when, reason="La salle est prise.")
    assert refusal.value.field == "starts_on" and rows.count(EventMove) == 0


def test_a_cancelled_meeting_stays_with_its_reason(make, team, words):
    event = draft_of(make, team, words)
    life.publish(team, event)
    life.cancel(team, event, reason="Tempête annoncée.")
    event = reading.get_event(ANYONE, event.id, policy.READ)
    assert (event.status, event.cancelled_reason, event.sequence) == ("cancelled", "Tempête annoncée.", 1)
    assert rows.last(Entry).reason == "Tempête annoncée." and rows.last(Entry).facts["state"] == "cancelled"
    for act in (lambda: life.cancel(team, event, reason="Encore"), lambda: life.move(team, event, **MOVED)):
        with pytest.raises(Forbidden):
            act()


def test_a_closed_meeting_is_read_only(make, team, words, clock):
    event = draft_of(make, team, words)
    life.publish(team, event)
    with pytest.raises(Forbidden):
        life.close(team, event)
    clock.at("2027-02-19")
    life.close(team, event)
    event = rows.again(event)
    assert event.status == "closed" and event.closed_at
    with pytest.raises(Forbidden):
        life.edit(team, event, words)


def test_hidden_and_shown_it_takes_its_talk_along_and_calendars_hear_of_both(make, team, words):
    event, boss = draft_of(make, team, words), make.actor(role="coordinator")
    life.publish(team, event)
    with pytest.raises(Forbidden):
        life.hide(team, event, reason="La mienne")
    life.hide(boss, event, reason="Erreur")
    assert not db.session.get_one(Thread, event.thread_id).is_public and rows.again(event).sequence == 1
    life.restore(boss, event)
    assert db.session.get_one(Thread, event.thread_id).is_public and rows.again(event).sequence == 2


def test_deleted_it_is_read_by_nobody_and_its_charges_end(make, team, words):
    event = draft_of(make, team, words)
    charges.give(team, event, make.user(), "door")
    with pytest.raises(Forbidden):
        life.delete(make.actor(), event)
    life.delete(team, event)
    assert rows.count(EventCharge) == 0 and not db.session.get_one(Thread, event.thread_id).is_public
    with pytest.raises(NotFound):
        reading.get_event(team, event.id, policy.READ)


def test_a_clone_has_all_but_the_people_and_the_dates(make, team, words):
    event = draft_of(make, team, words)
    life.publish(team, event)
    charges.give(team, event, make.user(), "door")
    make.add(EventRegistration(event_id=event.id, user_id=make.user().id, mode="online", state="in", code="ABC234"))
    make.at(event, taken_online=1, last_rank=1)
    other = life.clone(team, event, starts_at=MOVED["starts_at"], ends_at=MOVED["ends_at"])
    assert (other.status, other.taken_online, other.last_rank, other.sequence) == ("draft", 0, 0, 0)
    left, right = get_words(team, event), get_words(team, other)
    assert right.questions[0].id != left.questions[0].id
    assert vars(right) | {"questions": ()} == vars(left) | {"questions": ()}
    assert other.starts_at == MOVED["starts_at"] and other.thread_id != event.thread_id
    assert rows.count(EventRegistration) == rows.count(EventCharge) == 1 and rows.count(EventLine) == 4
    with pytest.raises(Forbidden):
        life.clone(make.actor(), event, **WHEN)


def test_a_charge_is_for_a_confirmed_account_that_sees_the_meeting(make, team, words):
    event = draft_of(make, team, words)
    private = event_in(make, room=make.community(slug=SECLUDED, is_private=True))
    boss, user = make.actor(role="coordinator"), make.user()
    for refused in (None, make.user(is_confirmed=False), make.user(closed_at=clock.now())):
        with pytest.raises(Invalid):
            charges.give(team, event, refused, "door")
    with pytest.raises(Invalid):
        charges.give(boss, private, user, "door")
    with pytest.raises(Forbidden):
        charges.give(make.actor(), event, user, "door")
    for _time in range(2):
        charges.give(team, event, user, "door")
    assert rows.count(EventCharge) == 1
    charges.take_back(team, event, user.id, "secretary")
    charges.take_back(team, event, user.id, "door")
    assert rows.count(EventCharge) == 0


def test_a_meeting_of_a_private_community_is_private_and_concerns_no_other(make, words):
    private = make.community(slug=SECLUDED, is_private=True)
    boss = make.actor(role="coordinator")
    event = life.create(boss, words, community_id=private.id, **WHEN)
    assert event.is_private and db.session.get_one(Thread, event.thread_id).is_private
    with pytest.raises(Invalid):
        changed = EventWords(**vars(words) | {"communities": (make.room(HERE).id,)})
        life.edit(boss, event, changed, community_id=private.id)

"""A Forum ouvert of a site that is measured, and who comes to it: most without an account, all behind one address."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.accounts import limits
from app.accounts.models.people import User
from app.core import clock, keys
from app.core.actor import Actor
from app.core.db import db
from app.core.keys import Purpose
from app.core.unit import command
from app.events import halls
from app.events.models.meetings import Event
from app.events.models.registrations import IN, EventRegistration, Registrant
from app.events.seating import IN_PERSON
from app.events.service import life
from app.events.words import EventWords
from app.forum import policy, sizes
from app.forum.models import ForumGoing, ForumInterest, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums as forum_queries
from app.forum.service import forums, topics
from app.forum.words import ForumWords, RoomWords, SlotWords, TopicWords
from app.reference import queries as reference
from app.web.forum import pass_cookie
from app.web.frame.network import key_of_ip
from bench import pages, visitors
from bench.sites import Site

ADDRESS = "10.9.0.1"
# Of those who come, one in so many has an account.
MEMBERS = 5
SIZE, PACE, TOPICS = sizes.SIZES[400], sizes.PACES[sizes.HALF_DAY], 60
# Of the numbers of registrations, the letters of a code: any number is another code.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
Cell = tuple[int, int]


@dataclass(frozen=True)
class Hall:
    """A forum: who has which cookies (the team first, with the charge), its topics, its rooms and hours of sessions."""

    forum_id: int
    team: str
    people: list[str]
    topics: list[int]
    rooms: list[int]
    hours: list[int]


def add(site: Site, people: int) -> Hall:
    """Make a forum that begins now, with so many people who have a place and are there."""
    staff = pages.coordinator(site.app)
    with site.app.app_context(), limits.count_nothing(keys.get_keys(site.app.config)):
        forum_id = _add_forum(Actor(staff, role="coordinator"), people)
        members = _find_members(staff, people // MEMBERS)
        codes = _let_in(forum_id, members, people)
        found = forum_queries.get_arrangement(forum_id)
        topic_ids = list(db.session.scalars(select(ForumTopic.id).filter_by(forum_id=forum_id).order_by(ForumTopic.id)))
        hours = [slot.id for slot in found.slots if slot.kind == "session"]
        hall = Hall(forum_id, "", [], topic_ids, [room.id for room in found.rooms], hours)
        guests = [_write_pass(site, *code) for code in codes[len(members) :]]
    signed_in = [visitors.cookie(site.app, user_id) for user_id in (staff, *members)]
    return Hall(hall.forum_id, signed_in[0], signed_in[1:] + guests, hall.topics, hall.rooms, hall.hours)


def _add_forum(team: Actor, people: int) -> int:
    start = clock.now() - timedelta(minutes=5)
    place = reference.get_catalogue().places[0].id
    words = EventWords("Un Forum ouvert", place="Gymnase", territory_id=place, capacity_in_person=people)
    event = life.create(team, words, community_id=None, starts_at=start, ends_at=start + timedelta(hours=6))
    life.publish(team, event)
    rooms = [RoomWords(f"Salle {n}", places=20 + n, is_step_free=n % 2 == 0) for n in range(SIZE.rooms)]
    hours = [SlotWords(hour.starts_after, hour.minutes, hour.kind) for hour in sizes.list_hours(SIZE, PACE)]
    forum_id = forums.create(team, event, ForumWords("Que faut-il changer pour trouver sa place ici?", rooms, hours)).id
    who = Participant(forum_queries.get_forum(team, forum_id, policy.READ))
    for n in range(TOPICS):
        topics.pitch(team, who, TopicWords(f"Sujet {n} : se loger près de son travail", host_name=f"Personne {n}"))
    halls.declare(team, db.session.get_one(Event, forum_id), key_of_ip(ADDRESS))
    return forum_id


def _find_members(staff: int, number: int) -> list[int]:
    query = select(User.id).where(User.site_role == "member", User.id != staff).order_by(User.id.desc()).limit(number)
    return list(db.session.scalars(query))


@command
def _let_in(forum_id: int, members: list[int], people: int) -> list[tuple[int, str]]:
    """Give each a place, and have them be there; return the number and the code of each, those of members first."""
    now = clock.now()
    guests = [
        Registrant(event_id=forum_id, name=f"Invitée {n}", confirmed_at=now) for n in range(people - len(members))
    ]
    db.session.add_all(guests)
    db.session.flush()
    persons: list[dict[str, int]] = [{"user_id": one} for one in members] + [
        {"registrant_id": one.id} for one in guests
    ]
    same: dict[str, Any] = {"event_id": forum_id, "mode": IN_PERSON, "state": IN, "arrived_at": now}
    rows = [EventRegistration(**same, **one, code=_code(n), rank=n + 1) for n, one in enumerate(persons)]
    db.session.add_all(rows)
    event = db.session.get_one(Event, forum_id)
    event.taken_in_person = event.last_rank = people
    db.session.flush()
    return [(row.id, row.code) for row in rows]


def _code(number: int) -> str:
    return "".join(LETTERS[number // len(LETTERS) ** n % len(LETTERS)] for n in range(6))


def _write_pass(site: Site, number: int, code: str) -> str:
    token = keys.get_keys(site.app.config).write_token(Purpose.PASS, [number, code])
    return f"{pass_cookie.get_name()}={token}"


def count_presses(site: Site, hall: Hall) -> dict[str, int]:
    """Count what is stored of what was pressed, and the topics that have a room."""
    with site.app.app_context():
        counted = {
            "interest": select(func.count()).where(ForumInterest.topic_id.in_(hall.topics)),
            "going": select(func.count()).where(ForumGoing.slot_id.in_(hall.hours)),
            "pitch": select(func.count()).where(
                ForumTopic.forum_id == hall.forum_id, ForumTopic.id.not_in(hall.topics)
            ),
        }
        return {name: db.session.scalar(query) or 0 for name, query in counted.items()}


def find_cells(site: Site, hall: Hall) -> dict[int, Cell]:
    """Return the hour and the room of each topic that has one."""
    with site.app.app_context():
        rows = select(ForumTopic.id, ForumTopic.slot_id, ForumTopic.room_id).filter_by(forum_id=hall.forum_id)
        found = db.session.execute(rows.where(ForumTopic.slot_id.is_not(None))).tuples()
        return {topic_id: (slot_id or 0, room_id or 0) for topic_id, slot_id, room_id in found}

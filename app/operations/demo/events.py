"""The meetings of the demonstration: announced, registered for, moved, cancelled, held and told of, by anybody's acts.

Each act is dated from the story's day, as those of the plan; one meeting begins an hour after the first seeding. Nobody
is mailed of what happened in the story.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select, update

from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.unit import command
from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.models.meetings import Event
from app.events.models.registrations import EventMail, EventRegistration
from app.events.service import life, minutes, registrations
from app.events.service.registrations import Wishes
from app.events.words import EventWords
from app.forum import policy as forum_policy
from app.forum.models import PLENARY, SESSION, Forum, ForumInterest
from app.forum.participants import Participant
from app.forum.queries.forums import get_forum
from app.forum.service import forums, interests, topics
from app.forum.words import ForumWords, RoomWords, SlotWords, TopicWords
from app.operations.demo import book, forum_choice, forum_day, forum_review
from app.reference.queries import get_catalogue
from app.updates.models import Update

Fact = dict[str, Any]
COPIED = ("title", "lead", "body", "mode", "place", "directions", "room_url", "languages")
PLACES = ("capacity_in_person", "capacity_online", "asks_meal", "asks_territory")
STEP = timedelta(minutes=5)


def list_facts() -> list[Fact]:
    """Return what happened to each meeting: announced, then its life, each with a key, a date and a person."""
    return [fact for event in book.load("events") for fact in _list_life(event)]


def count_announced() -> int:
    """Return how many of these meetings were ever announced."""
    return len(book.get_ids("event").keys() & {event["key"] for event in book.load("events")})


def find_forum() -> int:
    """Return the number of the forum that is to come, which a team may rehearse; 0 where it is there no more."""
    number = book.get_ids("event").get("forum-place", 0)
    return number if db.session.scalar(select(Forum.id).where(Forum.id == number)) else 0


def _list_life(event: Fact) -> Iterator[Fact]:
    key = event["key"]
    yield event | {"act": "announce", "event": key}
    for number, fact in enumerate(event.get("life", ()), 1):
        yield {"key": f"{key}-{number}", "event": key, "by": event["by"], "time": "12:00"} | fact


def list_acts(user_ids: dict[str, int], day: datetime) -> list[tuple[datetime, Callable[[], None]]]:
    """Return the acts that were never done, with the moment of each."""
    existing_ids = book.get_ids("event")
    return [
        (book.moment(day, fact), partial(_do, fact, user_ids, day))
        for fact in list_facts()
        if fact["key"] not in existing_ids
    ]


@command
def _do(fact: Fact, user_ids: dict[str, int], day: datetime) -> None:
    """Do one act as its person, if the meeting is still there."""
    actor = actor_for(db.session.get_one(User, user_ids[fact["by"]]))
    event = db.session.get(Event, book.get_ids("event").get(fact["event"], 0))
    row_id = event.id if event else 0
    if fact["act"] == "announce":
        row_id = _announce(actor, fact, day).id
    elif event and not event.is_deleted:
        ACTS[fact["act"]](actor, event, fact | {"user_ids": user_ids, "day": day})
        _mail_nobody(event.id)
    book.note("event", fact["key"], row_id)


def _mail_nobody(event_id: int) -> None:
    mine = select(EventRegistration.id).where(EventRegistration.event_id == event_id)
    written = update(EventMail).where(EventMail.registration_id.in_(mine)).values(written_at=EventMail.at)
    run(written.execution_options(synchronize_session=False))


def _announce(actor: Actor, fact: Fact, day: datetime) -> Event:
    room = communities.get_rooms().by_slug.get(fact.get("community", ""))
    starts_at, ends_at = _when(day, fact["when"])
    event = life.create(
        actor, _words(fact), community_id=room.id if room else None, starts_at=starts_at, ends_at=ends_at
    )
    life.publish(actor, event)
    return event


def _words(fact: Fact) -> EventWords:
    place = get_catalogue().place_at(fact.get("territory", ""))
    issues = (get_catalogue().issue_at(slug) for slug in fact.get("issues", ()))
    return EventWords(
        **{name: fact.get(name, "") for name in COPIED},
        **{name: fact[name] for name in PLACES if name in fact},
        reminder=fact.get("reminder", 1),
        territory_id=place.id if place else None,
        issues=tuple(issue.id for issue in issues if issue),
        tags=tuple(fact.get("tags", ())),
        organisations=tuple(fact.get("organisations", ())),
        features=tuple(fact.get("features", {}).items()),
        lines=tuple((_minutes(hour), text) for hour, text in fact.get("lines", ())),
        concerns=_name_all(fact.get("about", ())),
    )


def _when(day: datetime, when: Fact) -> tuple[datetime, datetime]:
    """Return the start and the end of a meeting: on a date of its own, so many days or minutes from the story's day."""
    if "in_minutes" in when:
        start = _round_up(day + timedelta(minutes=when["in_minutes"]))
        return start, start + timedelta(minutes=when["minutes"])
    on = date.fromisoformat(when["on"]) if "on" in when else day.date() + timedelta(days=when["in_days"])
    start, end = (
        datetime.combine(on, time.fromisoformat(when[name]), clock.ZONE).astimezone(UTC) for name in ("from", "to")
    )
    return start, end


def _round_up(moment: datetime) -> datetime:
    rounded = moment.replace(second=0, microsecond=0)
    return (rounded + STEP - timedelta(minutes=rounded.minute % 5)).astimezone(UTC)


def _minutes(hour: str) -> int | None:
    moment = time.fromisoformat(hour) if hour else None
    return moment.hour * 60 + moment.minute if moment else None


def _name_all(things: Any) -> str:
    """Name ideas, updates and actions of the demonstration, one a line, as a form has them, without what is gone."""
    return "\n".join(filter(None, map(_name, things)))


def _name(thing: str) -> str:
    noun, _colon, key = thing.partition(":")
    row_id = book.get_ids(noun).get(key, 0)
    if noun == "update":
        return f"/updates/{row_id}" if _is_there(row_id) else ""
    return {"idea": f"#{row_id}", "action": f"/plan/actions/{row_id}"}[noun] if row_id else ""


def _is_there(update_id: int) -> bool:
    return db.session.scalar(select(Update.id).where(Update.id == update_id, Update.in_sight())) is not None


def _register(_actor: Actor, event: Event, fact: Fact) -> None:
    """Register these people, in this order; a number is that of their party."""
    for name in fact["people"]:
        key, _star, party = name.partition("*")
        actor = actor_for(db.session.get_one(User, fact["user_ids"][key]))
        registrations.come(actor, event, Wishes(fact["mode"], party=int(party or 1)))


def _cancel(actor: Actor, event: Event, fact: Fact) -> None:
    life.cancel(actor, event, reason=fact["words"])


def _move(actor: Actor, event: Event, fact: Fact) -> None:
    starts_at, ends_at = _when(fact["day"], fact["when"])
    life.move(actor, event, starts_at=starts_at, ends_at=ends_at, reason=fact["words"])


def _tell(actor: Actor, event: Event, fact: Fact) -> None:
    """Publish the minutes, which closes the meeting."""
    decisions = [
        DecisionWords(
            one["text"], one["who"], _due(fact["day"], one), _name_all([one["leads_to"]]) if "leads_to" in one else ""
        )
        for one in fact["decisions"]
    ]
    came = fact["came"]
    minutes.publish(
        actor,
        event,
        MinutesWords(fact["words"], decisions, _name_all(fact["led_to"]), came[0], came[1]),
    )


def _due(day: datetime, decision: Fact) -> date | None:
    return day.date() + timedelta(days=decision["in_days"]) if "in_days" in decision else None


def _ask(actor: Actor, event: Event, fact: Fact) -> None:
    """Make a meeting a Forum ouvert; an hour that has a name is for everybody, together."""
    start = event.starts_at.astimezone(clock.ZONE)
    hours = [
        SlotWords(
            (_minutes(hour) or 0) - start.hour * 60 - start.minute, minutes, PLENARY if title else SESSION, *title
        )
        for hour, minutes, *title in fact["hours"]
    ]
    forums.create(actor, event, ForumWords(fact["words"], [RoomWords(**room) for room in fact["rooms"]], hours))


def _pitch(actor: Actor, event: Event, fact: Fact) -> None:
    """Put topics on the wall of a forum; of those who come, so many are interested in each, in turn."""
    forum = get_forum(actor, event.id, forum_policy.READ)
    comers = {one.user_id: one for one in db.session.scalars(select(EventRegistration).filter_by(event_id=event.id))}
    for n, one in enumerate(fact["topics"]):
        host = actor_for(db.session.get_one(User, fact["user_ids"][one["who"]])) if "who" in one else actor
        words = TopicWords(
            one["title"],
            one["why"],
            one.get("lang", "fr"),
            idea_id=book.get_ids("idea").get(one.get("idea", "")),
            host_name=one.get("for", ""),
            **{f"wants_{need}": True for need in one.get("needs", ())},
        )
        topic = topics.pitch(host, Participant(forum, comers.get(host.id)), words)
        others = [user_id for user_id in comers if user_id != host.id]
        wanted = (others * 2)[n : n + min(one["interest"], len(others))]
        db.session.add_all(ForumInterest(registration_id=comers[who].id, topic_id=topic.id) for who in wanted)
    db.session.flush()
    interests.fold(forum.id)


ACTS: dict[str, Callable[[Actor, Event, Fact], None]] = {
    "register": _register,
    "cancel": _cancel,
    "forum": _ask,
    "move": _move,
    "phase": forum_day.move_phase,
    "arrange": forum_day.arrange,
    "write": forum_day.write,
    "choose": forum_choice.open_choice,
    "dots": forum_choice.place,
    "count": forum_choice.count,
    "decide": forum_choice.decide,
    "review": forum_review.review,
    "end": forum_review.end,
    "take": forum_review.take,
    "answer": forum_review.answer,
    "pitch": _pitch,
    "tell": _tell,
}

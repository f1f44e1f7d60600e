"""What a summary adds to what was told: an idea that waits for a word, and what is near. One that fails is left out."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from flask import current_app

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.unit import set_apart
from app.events.queries import own as events
from app.events.queries.lists import EventRow
from app.ideas.queries import own_road
from app.ideas.queries.lists import Filters, list_ideas
from app.ideas.queries.rows import IdeaRow
from app.ideas.queries.two_minutes import find_two_minutes
from app.reference.queries import get_catalogue
from app.web.frame import links
from app.web.frame.filters import name_author
from app.web.frame.quiet_words import explain_near

T = TypeVar("T")
# How many voices and meetings are named, and of how many ideas of the place the new ones are chosen.
VOICES, MEETINGS, READ = 3, 2, 12


class QuietLine(NamedTuple):
    """An idea that waits for a first word, why it is shown, who wrote it, and where one answers."""

    title: str
    lang: str
    why: str
    author: str
    url: str
    idea_id: int


class Nearby(NamedTuple):
    """The reader's next meetings, and what others said lately where they live."""

    meetings: list[EventRow]
    voices: list[IdeaRow]


def attempt(name: str, user_id: int, find: Callable[[], T]) -> T | None:
    """Find a part of a summary; None for one that fails, which keeps the others back from nothing."""
    try:
        with set_apart():
            return find()
    except Exception:
        current_app.logger.exception("The part %s of the summary of account %s was left out", name, user_id)
        return None


def find_quiet(actor: Actor, user: User, day: date) -> QuietLine | None:
    """Return an idea for whoever has two minutes, of a day; None for whoever may not write."""
    if actor.is_suspended or not actor.is_confirmed:
        return None
    found = find_two_minutes(actor, user.territory_id, day)
    if found is None:
        return None
    idea = found.idea
    author = name_author(idea.author_name or "", idea.author_closed_at)
    url = links.idea_url(idea, _anchor="comment-form")
    return QuietLine(idea.title, idea.lang, explain_near(idea), author, url, idea.id)


def find_nearby(actor: Actor, user: User, since: datetime, told: Collection[int], asked: int = 0) -> Nearby | None:
    """Return what is near a person since a moment, but the threads that they were told of and the idea that asks them
    for two minutes; None where nothing is."""
    meetings = [event for event, _state in events.list_own_to_come(actor, size=MEETINGS).items]
    found = _list_voices(actor, user.territory_id, since, told)
    voices = [row for row in found if row.id != asked][:VOICES]
    return Nearby(meetings, voices) if meetings or voices else None


def _list_voices(actor: Actor, territory_id: int | None, since: datetime, told: Collection[int]) -> list[IdeaRow]:
    catalogue = get_catalogue()
    place = catalogue.place.get(territory_id or 0)
    if place is None:
        return []
    around = catalogue.within(catalogue.parent(place) or place)
    rows = list_ideas(actor, Filters(territory=tuple(one.id for one in around)), size=READ).items
    own = {idea.id for idea in own_road.list_last_moved(actor, READ)}
    new = [row for row in rows if since <= (row.published_at or since) <= clock.now()]
    return [row for row in new if row.id not in own and row.thread_id not in told]

"""Forums built straight in the tables."""

from typing import Any

from app.core.unit import unit
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic
from tests.events.stored import event_in
from tests.support.make import Make

QUESTION = "Que faut-il changer pour que chacun trouve sa place ici?"


def forum_in(make: Make, *, event: Event | None = None, rooms: int = 2, hours: int = 2, **columns: Any) -> Forum:
    """Store a forum of a meeting (None: one of the region, next week) with so many rooms and hours of an hour each.

    An hour in plenary comes first; the names of `Forum` are its columns.
    """
    event = event or event_in(make, hours=6)
    make.at(event, question=columns.pop("question", QUESTION))
    with unit():
        forum = make.add(Forum(id=event.id, **{"phase_by": event.author_id} | columns))
        for n in range(rooms):
            make.add(ForumRoom(forum_id=forum.id, position=n, name=f"Salle {n + 1}", is_step_free=not n))
        for n in range(hours + 1):
            kind, title = ("session", "") if n else ("plenary", "Cercle d'ouverture")
            make.add(ForumSlot(forum_id=forum.id, starts_after=60 * n, minutes=50, kind=kind, title=title))
    return forum


def topic_in(make: Make, forum: Forum, *, title: str = "Un autobus du soir", **columns: Any) -> ForumTopic:
    """Store a topic of a forum: pitched by the author of its meeting, unless `author_id` or `host_name` says otherwise.

    The names of `ForumTopic` are its columns.
    """
    host = {} if "host_name" in columns else {"author_id": forum.phase_by}
    topic: ForumTopic = make.add(ForumTopic(forum_id=forum.id, title=title, **(host | columns)))
    return topic

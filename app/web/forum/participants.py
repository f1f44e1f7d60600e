"""Who asks for a page of a forum: their place at its meeting, and the topic of the address.

A session says it alone; without one, the pass of the browser does.
"""

from typing import NoReturn

from flask import request, url_for
from flask_babel import gettext as _

from app.core.actor import ANYONE, Actor
from app.core.errors import N_, NotFound
from app.core.permits import Permission
from app.events.models.registrations import EventRegistration
from app.forum import policy
from app.forum.models import Forum
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from app.web.forum import pass_cookie
from app.web.frame.responses import is_htmx
from app.web.frame.routes import Loader

OVER = N_("Il ne fait plus que se lire.")
NO_PLACE = N_(
    "On propose un sujet, et on dit qu'un sujet nous intéresse, avec une place à la rencontre. Entrez d'abord au "
    "forum : avec votre compte, avec le code de votre place ou, dans la salle, par votre prénom."
)


def get_forum(actor: Actor, forum_id: int, permission: Permission) -> Forum:
    """Return a forum where somebody has a permission on it.

    Raise NotFound, in words for whoever reads a forum that is over and asks for what nobody does there any more.
    """
    try:
        return forums.get_forum(actor, forum_id, permission)
    except NotFound:
        if permission is not policy.READ:
            _say_over(forums.get_forum(actor, forum_id, policy.READ))
        raise


def get_reader(actor: Actor, forum_id: int) -> Participant:
    """Return who a person is in a forum that they read. Raise NotFound."""
    return recognise(actor, forums.get_forum(actor, forum_id, policy.READ))


def recognise(actor: Actor, forum: Forum) -> Participant:
    """Return who somebody is in a forum."""
    return Participant(forum, _find_place(actor, forum))


def _find_place(actor: Actor, forum: Forum) -> EventRegistration | None:
    return topics.find_own_place(actor, forum) if actor.is_someone else pass_cookie.read(forum).registration


def get_participant(actor: Actor, forum_id: int, permission: Permission) -> Participant:
    """Return who a person is in a forum, where they have a permission there.

    Raise NotFound, in words for whoever reads the forum and has no place at it.
    """
    who = get_reader(actor, forum_id)
    return who if permission.permits(actor, who) else _refuse(actor, who)


def get_topic(actor: Actor, forum_id: int, topic_id: int, permission: Permission) -> Participant:
    """Return who a person is before a topic, where they have a permission on it. Raise NotFound, as `get_participant`.

    Whoever only reads is told of no place: the same is said whether there is such a topic or not. What a page asks for
    again is of nobody's place.
    """
    is_asked_again = request.method == "GET" and is_htmx() and permission is policy.READ_TOPIC
    shown = topics.get_topics(actor, [topic_id]).get(topic_id) if is_asked_again else None
    if shown and shown.forum_id == forum_id:
        return Participant(shown.forum, topic=shown)
    who = get_reader(actor, forum_id)
    found = topics.find_topic(actor, who, topic_id, permission)
    if found:
        return found
    if request.method == "POST":
        _refuse(actor, who)
    if permission is not policy.READ_TOPIC:
        _say_over(who.forum)
    raise NotFound()


def _refuse(actor: Actor, who: Participant) -> NoReturn:
    """Raise NotFound; whoever has no place, or has one no more, is told so with the way to come in."""
    _say_over(who.forum)
    if who.has_place or not policy.is_running(actor, who.forum):
        raise NotFound()
    fault = "" if actor.is_someone else pass_cookie.read(who.forum).fault
    way = (_("Entrer au forum"), url_for("forum.enter", forum_id=who.forum.id))
    raise NotFound(fault or NO_PLACE, way=way, title=_("Entrer au forum"))


def _say_over(forum: Forum) -> None:
    """Raise NotFound in words, with the way back, where a forum is closed or does not take place."""
    is_cancelled = forum.event.is_cancelled
    if is_cancelled or not policy.is_open(ANYONE, forum):
        way = (_("Retour au forum"), url_for("forum.show", forum_id=forum.id))
        title = _("Ce forum n'a pas lieu") if is_cancelled else _("Le forum est clos")
        raise NotFound(OVER, way=way, title=title)


FORUM = Loader(get_forum, "forum_id")
PARTICIPANT = Loader(get_participant, "forum_id")
TOPIC = Loader(get_topic, "forum_id", "topic_id")

"""Who asks for a page of a forum: their place at its meeting, and the topic of the address."""

from app.core.actor import Actor
from app.core.errors import N_, NotFound
from app.core.permits import Permission
from app.forum import policy
from app.forum.models import Forum
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from app.web.frame.routes import Loader

NO_PLACE = N_(
    "On propose un sujet, et on dit qu'un sujet nous intéresse, avec une place à la rencontre. Inscrivez-vous sur la "
    "page de la rencontre; revenez ensuite ici."
)


def get_reader(actor: Actor, forum_id: int) -> Participant:
    """Return who a person is in a forum that they read. Raise NotFound."""
    return recognise(actor, forums.get_forum(actor, forum_id, policy.READ))


def recognise(actor: Actor, forum: Forum) -> Participant:
    """Return who somebody is in a forum."""
    return Participant(forum, topics.find_own_place(actor, forum))


def get_participant(actor: Actor, forum_id: int, permission: Permission) -> Participant:
    """Return who a person is in a forum, where they have a permission there.

    Raise NotFound, in words for whoever reads the forum and has no place at it.
    """
    who = get_reader(actor, forum_id)
    if permission.permits(actor, who):
        return who
    raise NotFound(NO_PLACE) if policy.is_running(actor, who.forum) and not who.has_place else NotFound()


def get_topic(actor: Actor, forum_id: int, topic_id: int, permission: Permission) -> Participant:
    """Return who a person is before a topic, where they have a permission on it. Raise NotFound."""
    who = get_reader(actor, forum_id)
    found = topics.find_topic(actor, who, topic_id, permission)
    if found is None:
        raise NotFound()
    return found


PARTICIPANT = Loader(get_participant, "forum_id")
TOPIC = Loader(get_topic, "forum_id", "topic_id")

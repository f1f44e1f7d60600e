"""The contents that are moderated: the address of each, its loader, and where it is read."""

from app.comments.models import Comment
from app.events.models.meetings import Event
from app.forum.models import ForumTopic
from app.ideas.models import Idea
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.updates.models import Update
from app.web.comments import subjects
from app.web.comments.subjects import Subject
from app.web.frame import content_links, loaders
from app.web.moderation import finders

IDEA, COMMENT, MEMBER = "/ideas/<id:idea_id>", "/comments/<id:comment_id>", "/members/<id:user_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
ACTION, BULLETIN = "/plan/actions/<id:action_id>", "/plan/bulletins/<id:bulletin_id>"
EVENT, TOPIC = "/events/<id:event_id>", "/topics/<id:topic_id>"
LOADERS = {
    "idea": loaders.IDEA,
    "comment": loaders.COMMENT,
    "update": loaders.UPDATE,
    "action": loaders.ACTION,
    "bulletin": loaders.BULLETIN,
    "event": loaders.EVENT,
    "topic": loaders.TOPIC,
    "profile": finders.PROFILE,
}
ADDRESSES = {
    "idea": IDEA,
    "comment": COMMENT,
    "update": UPDATE,
    "action": ACTION,
    "bulletin": BULLETIN,
    "event": EVENT,
    "topic": TOPIC,
    "profile": MEMBER,
}


def get_subject(content: Idea | Update | Action | Event) -> Subject:
    """Return what a thread is about, from its owner."""
    if isinstance(content, Action):
        return subjects.of_action(content)
    if isinstance(content, Event):
        return subjects.of_event(content)
    return subjects.of_idea(content) if isinstance(content, Idea) else subjects.of_update(content)


def get_title_and_url(content: Idea | Comment | Update | Action | Bulletin | Event | ForumTopic) -> tuple[str, str]:
    """Return the title over a content, and the address where it stands: that of a comment is in its thread."""
    if isinstance(content, Comment):
        return content.thread.title, subjects.place(content)
    if isinstance(content, Bulletin):
        return content.action.title, content_links.content_url(content)
    if isinstance(content, ForumTopic):
        return content.title, content_links.content_url(content)
    about = get_subject(content)
    return about.title, about.url

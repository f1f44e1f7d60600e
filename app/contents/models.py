"""A content, and what tells where it stands."""

from typing import Any, Protocol

from app.accounts.models.people import Profile
from app.comments.models import Comment, Thread
from app.events.models.meetings import Event
from app.forum.models import ForumTopic
from app.ideas.models import Idea
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.updates.models import Update

Content = Idea | Comment | Update | Action | Bulletin | Event | ForumTopic | Profile
CONTENTS = (Idea, Comment, Update, Action, Bulletin, Event, ForumTopic, Profile)
COLUMNS: dict[type, str] = {
    Idea: "idea_id",
    Comment: "comment_id",
    Update: "update_id",
    Action: "action_id",
    Bulletin: "bulletin_id",
    Event: "event_id",
    ForumTopic: "topic_id",
    Profile: "profile_id",
}
"""The column that names each of them, in a table whose rows are about one."""


class AboutContent(Protocol):
    """A table whose rows are about one content each: cases, measures."""

    idea_id: Any
    comment_id: Any
    update_id: Any
    action_id: Any
    bulletin_id: Any
    event_id: Any
    topic_id: Any
    profile_id: Any


def container_of(content: Content) -> Idea | Thread | Update | Action | Event | Profile:
    """Return what says in which community a content stands, and whether that is a private one."""
    if isinstance(content, Bulletin):
        return content.action
    if isinstance(content, ForumTopic):
        return content.forum.event
    return content.thread if isinstance(content, Comment) else content

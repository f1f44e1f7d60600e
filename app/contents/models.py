"""A content, and what tells where it stands."""
from typing import Any, Protocol

from app.accounts.models.people import Profile
from app.comments.models import Comment, Thread
from app.ideas.models import Idea
from app.updates.models import Update

Content = Idea | Comment | Update | Profile
CONTENTS = (Idea, Comment, Update, Profile)
COLUMNS: dict[type, str] = {Idea: "idea_id", Comment: "comment_id", Update: "update_id", Profile: "profile_id"}
"""The column that names each of them, in a table whose rows are about one."""


class AboutContent(Protocol):
    """A table whose rows are about one content each: cases, measures."""

    idea_id: Any
    comment_id: Any
    update_id: Any
    profile_id: Any


def place(content: Content) -> Idea | Thread | Update | Profile:
    """Return what says in which community a content stands, and whether that is a private one."""
    return content.thread if isinstance(content, Comment) else content

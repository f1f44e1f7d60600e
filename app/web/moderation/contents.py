"""The contents that are moderated: the address of each, its loader, and where it is read."""
from app.comments.models import Comment
from app.ideas.models import Idea
from app.updates.models import Update
from app.web.comments import subjects
from app.web.comments.subjects import Subject
from app.web.frame import loaders
from app.web.moderation import finders

IDEA, COMMENT, MEMBER = "/ideas/<id:idea_id>", "/comments/<id:comment_id>", "/members/<id:user_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
LOADERS = {"idea": loaders.IDEA, "comment": loaders.COMMENT, "update": loaders.UPDATE, "profile": finders.PROFILE}
ADDRESSES = {"idea": IDEA, "comment": COMMENT, "update": UPDATE, "profile": MEMBER}


def subject(content: Idea | Update) -> Subject:
    """Return what a thread is about, from its owner."""
    return subjects.of_idea(content) if isinstance(content, Idea) else subjects.of_update(content)


def title_and_url(content: Idea | Comment | Update) -> tuple[str, str]:
    """Return the title over a content, and the address where it stands: that of a comment is in its thread."""
    if isinstance(content, Comment):
        return content.thread.title, subjects.place(content)
    about = subject(content)
    return about.title, about.url

"""What followers are told of: the command writes one fact, and the worker finds them."""

from sqlalchemy import delete

from app.comments.models import Comment
from app.comments.signals import CommentPosted
from app.communities.signals import MemberJoined
from app.core.db import db, run
from app.ideas.models import Idea
from app.ideas.signals import IdeaMoved, IdeaPublished
from app.moderation.merges.models import Merge
from app.moderation.signals import IdeaMerged, IdeaParted
from app.notifications.models import Follow
from app.notifications.service import facts
from app.updates.models import Update
from app.updates.signals import UpdatePublished


def note_comment(signal: CommentPosted) -> None:
    """Tell whoever follows a thread what is said there, but those who are told of it as its authors."""
    comment = db.session.get_one(Comment, signal.comment_id)
    facts.note("follow.comment", by=comment.author_id, comment_id=comment.id)


def note_idea(signal: IdeaPublished) -> None:
    """Tell whoever follows its community, one of its tags, issues or territories that an idea appeared."""
    idea = db.session.get_one(Idea, signal.idea_id)
    drawn = {"drawn": True} if signal.drawn_by else {}
    facts.note("follow.idea", by=signal.drawn_by or idea.author_id, idea_id=idea.id, **drawn)


def note_update(signal: UpdatePublished) -> None:
    """Tell whoever follows a community what it publishes about its work."""
    update = db.session.get_one(Update, signal.update_id)
    facts.note("follow.update", by=update.author_id, update_id=update.id)


def note_step(signal: IdeaMoved) -> None:
    """Tell whoever follows an idea that it moved, and why, unless it followed an action of the plan."""
    if signal.action_id:
        return
    stays = {"stays": True} if signal.stays else {}
    facts.note("follow.step", by=signal.by, idea_id=signal.idea_id, status=signal.status, reason=signal.reason, **stays)


def note_merge(signal: IdeaMerged) -> None:
    """Tell whoever follows one of two ideas that they are joined, but those who are told of it directly."""
    merge = db.session.get_one(Merge, signal.merge_id)
    back = {"back": True} if signal.is_back else {}
    facts.note("follow.merge", by=merge.by_id, idea_id=merge.into_id, beside=merge.idea_id, merge=merge.id, **back)


def note_parting(signal: IdeaParted) -> None:
    """Tell whoever follows one of two ideas that they stand alone again, but those who are told of it directly."""
    merge = db.session.get_one(Merge, signal.merge_id)
    facts.note("follow.part", by=merge.parted_by, idea_id=merge.idea_id, beside=merge.into_id, merge=merge.id)


def follow_again(signal: MemberJoined) -> None:
    """Let whoever joins a community follow it, whatever they chose before."""
    run(
        delete(Follow).where(
            Follow.user_id == signal.user_id, Follow.kind == "community", Follow.target_id == signal.community_id
        )
    )

"""Answers to what happened elsewhere."""
from sqlalchemy import delete, or_, select, update

from app.accounts import trust as weighing
from app.accounts.signals import AccountClosed, CharterChanged, SettingsChanged, SiteRoleGiven
from app.comments.models import Comment
from app.comments.signals import CommentHeld
from app.communities.signals import AccountSuspended, MemberRemoved, SuspensionLifted
from app.core import clock
from app.core.db import db, run
from app.ideas.models import Idea
from app.ideas.signals import IdeaHeld, IdeaMoved
from app.moderation.models.cases import Appeal
from app.moderation.models.desk import Assignment, MoveRequest, Note
from app.moderation.models.measures import Measure
from app.moderation.service import journal, trust


def write_step(signal: IdeaMoved) -> None:
    """Keep each step of an idea in the journal, with the reason of the team.

    That of an author who takes an idea back is on its page, where it can be hidden: the journal is for ever. An author
    who answers their own idea, for want of anybody else, is told of there (`by`).
    """
    idea = db.session.get_one(Idea, signal.idea_id)
    is_withdrawn = signal.status == "withdrawn"
    facts = {"by": "author"} if signal.by == idea.author_id and not is_withdrawn else {}
    journal.record(
        "status", reason="" if is_withdrawn else signal.reason, community_id=idea.community_id,
        is_private=idea.is_private, idea_id=idea.id, status=signal.status, **facts)


def forget_waiting(signal: AccountClosed) -> None:
    """Forget what a team does about a text that never appeared, whose author left; what was decided of it stays.

    That is who has it in hand, notes, and a request to look at its refusal again.
    """
    ideas, said = (select(model.id).where(model.author_id == signal.user_id, model.status == "pending")
                   for model in (Idea, Comment))
    for table in (Assignment, Note):
        run(delete(table).where(table.idea_id.in_(ideas)))
    theirs = select(Measure.id).where(or_(Measure.idea_id.in_(ideas), Measure.comment_id.in_(said)))
    run(delete(Appeal).where(Appeal.measure_id.in_(theirs), Appeal.state == "open"))


def freeze_author(signal: IdeaHeld | CommentHeld) -> None:
    """Freeze an account whose post came after too many others; those that appeared before it stay."""
    held: Idea | Comment = (
        db.session.get_one(Idea, signal.idea_id) if isinstance(signal, IdeaHeld)
        else db.session.get_one(Comment, signal.comment_id))
    if held.author_id and weighing.BURST in held.suspect.split():
        trust.freeze(held.author_id)


def erase_requests(signal: AccountClosed) -> None:
    """Erase what a person who leaves still asked of the place of their ideas: nobody has answered those words."""
    run(delete(MoveRequest).where(MoveRequest.by_id == signal.user_id, MoveRequest.state == "open"))


def close_request(signal: IdeaMoved) -> None:
    """Close what the author of an idea asked of its place, once they withdraw it."""
    if signal.status == "withdrawn":
        theirs = update(MoveRequest).where(MoveRequest.idea_id == signal.idea_id, MoveRequest.state == "open")
        run(theirs.values(state="closed", decided_at=clock.now()))


def write_settings(signal: SettingsChanged) -> None:
    """Say which settings of the site changed; their values may name somebody's domain."""
    journal.record("settings", keys=" ".join(signal.keys))


def write_role(signal: SiteRoleGiven) -> None:
    """Say that somebody was given a role on the site, or has none any more: never who, nor by whom.

    A coordinator reads every community: nobody becomes one in silence, not even whoever gives the roles.
    """
    journal.record("role", role=signal.role)


def write_charter(signal: CharterChanged) -> None:
    """Say what changes in the charter, never who wrote it."""
    journal.record("charter", reason=signal.summary, version=signal.number)


def write_suspension(signal: AccountSuspended) -> None:
    """Say that an account was suspended and why, never which one."""
    journal.record("suspend", reason=signal.reason, on="user")


def write_removal(signal: MemberRemoved) -> None:
    """Say, to the members of a private community, that its team parted with somebody and why; never with whom."""
    journal.record("removal", reason=signal.reason, community_id=signal.community_id, is_private=True, on="user")


def write_lifting(signal: SuspensionLifted) -> None:
    journal.record("lift", reason=signal.reason, on="user")

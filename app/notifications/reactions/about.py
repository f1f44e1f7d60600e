"""What a case or a measure is about: the fields of a notice, the community, the person concerned."""

from app.accounts.models.people import Profile
from app.comments.models import Comment, Thread
from app.contents.models import COLUMNS
from app.core.db import db
from app.ideas.models import Idea
from app.moderation.cases import queries
from app.moderation.cases.models import Case
from app.moderation.measures.models import Measure
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.updates.models import Update


def get_fields(row: Case | Measure) -> dict[str, int | None]:
    """Return what a notice names; of a profile, whose it is; of a bulletin, its action too."""
    facts = {"member": get_author_id(row) if row.profile_id else None, "bulletin": row.bulletin_id}
    action_id = _action(row).id if row.action_id or row.bulletin_id else None
    about = {"idea_id": row.idea_id, "comment_id": row.comment_id, "update_id": row.update_id, "action_id": action_id}
    return about | {name: value for name, value in facts.items() if value}


def get_community_id(row: Case | Measure) -> int | None:
    """Return the community where the content stands now (that of the row itself, on a person or an update)."""
    if row.action_id or row.bulletin_id:
        return _action(row).community_id
    if row.idea_id:
        return db.session.get_one(Idea, row.idea_id).community_id
    if row.comment_id:
        return db.session.get_one(Thread, db.session.get_one(Comment, row.comment_id).thread_id).community_id
    return row.community_id


def get_party_ids(about: Case | Measure | Idea) -> set[int | None]:
    """Return who wrote the content and who ever reported it: they don't decide on it, and are not asked to."""
    if isinstance(about, Idea):
        return {about.author_id, *queries.list_reporter_ids_of_cases(Case.idea_id == about.id)}
    same = [getattr(Case, column) == getattr(about, column) for column in COLUMNS.values() if getattr(about, column)]
    return {get_author_id(about), *(queries.list_reporter_ids_of_cases(*same) if same else ())}


def get_author_id(row: Case | Measure) -> int | None:
    """Return who wrote the content; None when it was imported, or when the row is about a person."""
    if row.idea_id:
        return db.session.get_one(Idea, row.idea_id).author_id
    if row.comment_id:
        return db.session.get_one(Comment, row.comment_id).author_id
    if row.profile_id:
        return db.session.get_one(Profile, row.profile_id).author_id
    if row.bulletin_id:
        return db.session.get_one(Bulletin, row.bulletin_id).author_id
    if row.action_id:
        return db.session.get_one(Action, row.action_id).author_id
    return db.session.get_one(Update, row.update_id).author_id if row.update_id else None


def _action(row: Case | Measure) -> Action:
    """Return the action that a row is about, itself or by what was said of it."""
    action_id = row.action_id or db.session.get_one(Bulletin, row.bulletin_id).action_id
    return db.session.get_one(Action, action_id)

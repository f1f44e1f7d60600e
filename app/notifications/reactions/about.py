"""What a case or a measure is about: the fields of a notice, the community, the person concerned."""

from app.comments.models import Comment, Thread
from app.contents.models import COLUMNS
from app.core.db import db
from app.forum.models import ForumTopic
from app.ideas.models import Idea
from app.moderation.cases import queries
from app.moderation.cases.models import Case
from app.moderation.measures.models import Measure
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action


def get_fields(row: Case | Measure) -> dict[str, int | None]:
    """Return what a notice names; of a profile, whose it is; with a bulletin its action, with a topic its meeting."""
    member_id = get_author_id(row) if row.profile_id else None
    facts = {"member": member_id, "bulletin": row.bulletin_id, "topic": row.topic_id}
    action_id = _action(row).id if row.action_id or row.bulletin_id else None
    event_id = db.session.get_one(ForumTopic, row.topic_id).forum_id if row.topic_id else row.event_id
    about = {"idea_id": row.idea_id, "comment_id": row.comment_id, "update_id": row.update_id}
    about |= {"action_id": action_id, "event_id": event_id}
    return about | {name: value for name, value in facts.items() if value}


def get_community_id(row: Case | Measure) -> int | None:
    """Return the community where the content stands now (that of the row itself, where it does not move)."""
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
    """Return who wrote the content; None when nobody here did, or when the row is about a person."""
    named = ((model, getattr(row, column)) for model, column in COLUMNS.items())
    found: int | None = next((db.session.get_one(model, number).author_id for model, number in named if number), None)
    return found


def _action(row: Case | Measure) -> Action:
    """Return the action that a row is about, itself or by what was said of it."""
    action_id = row.action_id or db.session.get_one(Bulletin, row.bulletin_id).action_id
    return db.session.get_one(Action, action_id)

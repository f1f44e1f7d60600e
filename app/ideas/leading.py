"""Which community leads an idea: changed inside the command that asked whether it may."""
from sqlalchemy import delete, update

from app.comments import service as comments
from app.core.db import run
from app.core.dialect import delete_once, insert_once
from app.ideas.models import Idea, IdeaCommunity, StatusChange


def entrust(idea: Idea, community_id: int | None, *, beside: int | None = None) -> bool:
    """Let another community lead an idea; tell whether it was among those that the idea also concerned.

    The steps keep the community that led then. `beside` names one that the idea concerns again, to undo a move.
    """
    run(update(StatusChange).where(StatusChange.idea_id == idea.id, StatusChange.community_id.is_(None))
        .values(community_id=idea.community_id).execution_options(synchronize_session=False))
    idea.community_id = community_id
    was_beside = delete_once(delete(IdeaCommunity).where(
        IdeaCommunity.idea_id == idea.id, IdeaCommunity.community_id == community_id))
    if beside is not None:
        insert_once(IdeaCommunity, idea_id=idea.id, community_id=beside)
    comments.keep_thread(idea.thread_id, community_id=idea.community_id)
    return was_beside

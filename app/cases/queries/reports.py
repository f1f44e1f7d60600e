"""What a person reported, for the law: nobody decides on it themselves."""
from typing import Any

from sqlalchemy import Select, case, func, literal

from app.accounts.models.people import Profile, User
from app.comments.models import Comment
from app.communities.facts import fact
from app.ideas.models import Idea
from app.moderation.models.cases import Case, Report
from app.moderation.queries import contents
from app.updates.models import Update


def facts(user: User) -> list[Select[Any]]:
    """Select what this person reported, as an actor keeps it: contents, threads of ideas, and people.

    Whoever wrote what was reported (`user`) is somebody else's to judge while it is examined, not for ever. Whose
    profile was reported (`profile_of`) is told for ever: what they say of themselves is as good as the content itself.
    """
    kind = case((Case.idea_id.is_not(None), "idea"), (Case.comment_id.is_not(None), "comment"),
                (Case.profile_id.is_not(None), "profile"), else_="update")
    author = func.coalesce(Idea.author_id, Comment.author_id, Update.author_id, Profile.author_id)
    return [
        _reported(user, kind, func.coalesce(Case.idea_id, Case.comment_id, Case.profile_id, Case.update_id)),
        _reported(user, literal("thread"), Idea.thread_id).where(Idea.id.is_not(None)),
        _reported(user, literal("user"), author).where(Case.state == "open", author.is_not(None)),
        _reported(user, literal("profile_of"), Profile.author_id).where(Profile.author_id.is_not(None))]


def _reported(user: User, kind: Any, number: Any) -> Select[Any]:
    query = contents.beside(fact("reported", number, noun=kind).select_from(Case), Case)
    return query.join(Report, Report.case_id == Case.id).where(Report.user_id == user.id)

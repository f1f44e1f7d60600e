"""The work of a team: whoever is given something is told."""

from app.accounts.models.people import Profile, User
from app.accounts.signals import ProfileChanged
from app.cases.models import Case
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core.db import db
from app.desk.models import Assignment
from app.desk.signals import Assigned
from app.ideas.models import Idea
from app.ideas.signals import IdeaRevised
from app.notifications.reactions import about
from app.notifications.service import notices


def tell_of_revision(signal: IdeaRevised) -> None:
    """Tell a team of each change of what it answers for: a text of a new account, or one that it has answered.

    It reads what changed. What it read before it appeared needs no notice.
    """
    author, idea = db.session.get_one(User, signal.by), db.session.get_one(Idea, signal.idea_id)
    is_new, is_answered = actor_for(author).is_new, idea.status != "published"
    if signal.is_read or not (is_new or is_answered):
        return
    kind = "idea.revised" if is_new else "idea.revised_since"
    for user_id in communities.team(idea.community_id, apart_from={author.id}):
        notices.tell_of_version(user_id, kind, signal.number, idea_id=idea.id)


def tell_of_profile(signal: ProfileChanged) -> None:
    """Tell the coordinators that words of a hidden profile begin to wait for them."""
    profile = db.session.get_one(Profile, signal.profile_id)
    for user_id in communities.team(None, apart_from={profile.author_id}):
        notices.tell(user_id, "profile.changed", f"{profile.id}-{profile.version}", member=profile.author_id)


def tell_of_assignment(signal: Assigned) -> None:
    """Tell somebody that a colleague gave them an idea or a case; what one takes oneself needs no notice."""
    assignment = db.session.get_one(Assignment, signal.assignment_id)
    key = f"{assignment.id}-{assignment.at.timestamp()}"
    if assignment.user_id == assignment.by_id:
        return
    if assignment.case_id:
        case = db.session.get_one(Case, assignment.case_id)
        notices.tell(assignment.user_id, "desk.case", key, **about.fields(case), case=case.id)
    else:
        notices.tell(assignment.user_id, "desk.idea", key, idea_id=assignment.idea_id)

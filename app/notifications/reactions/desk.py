"""The work of a team: whoever is given something is told."""
from app.accounts.models import Profile, User
from app.accounts.signals import ProfileChanged
from app.communities import queries as communities
from app.core import clock
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.signals import IdeaRevised
from app.moderation.models.cases import Case
from app.moderation.models.desk import Assignment
from app.moderation.signals import Assigned
from app.notifications import service
from app.notifications.reactions import about


def tell_of_revision(signal: IdeaRevised) -> None:
    """Tell a team that a new account changed what it had read and let appear: once a day, it can read it again."""
    author = db.session.get_one(User, signal.by)
    if not communities.actor_for(author).is_new:
        return
    idea = db.session.get_one(Idea, signal.idea_id)
    for user_id in communities.team(idea.community_id, apart_from={author.id}):
        service.tell(user_id, "idea.revised", f"{idea.id}-{clock.now().date()}", idea_id=idea.id)


def tell_of_profile(signal: ProfileChanged) -> None:
    """Tell the coordinators that a hidden profile was written anew, once a day."""
    author_id = db.session.get_one(Profile, signal.profile_id).author_id
    for user_id in communities.team(None, apart_from={author_id}):
        service.tell(user_id, "profile.changed", f"{signal.profile_id}-{clock.now().date()}", member=author_id)


def tell_of_assignment(signal: Assigned) -> None:
    """Tell somebody that a colleague gave them an idea or a case; what one takes oneself needs no notice."""
    given = db.session.get_one(Assignment, signal.assignment_id)
    key = f"{given.id}-{given.at.timestamp()}"
    if given.user_id == given.by_id:
        return
    if given.case_id:
        case = db.session.get_one(Case, given.case_id)
        service.tell(given.user_id, "desk.case", key, **about.fields(case), case=case.id)
    else:
        service.tell(given.user_id, "desk.idea", key, idea_id=given.idea_id)

"""The work of a team: whoever is given something is told."""
from app.core.db import db
from app.moderation.models.cases import Case
from app.moderation.models.desk import Assignment
from app.moderation.signals import Assigned
from app.notifications import service
from app.notifications.reactions import about


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

"""Measures: whoever wrote the content, or is concerned, is told what was done and why."""
from app.communities import queries as communities
from app.core.db import db
from app.moderation.models.measures import Measure
from app.moderation.queries import appeals, trust
from app.moderation.signals import MeasureTaken
from app.notifications import service
from app.notifications.reactions import about

QUIET = ("lock", "unlock", "slow", "hand_over", "merge", "part", "split", "join_back")


def tell_of_measure(signal: MeasureTaken) -> None:
    """Tell the person concerned; whoever is told that their appeal was granted has read it there."""
    measure = db.session.get_one(Measure, signal.measure_id)
    concerned = measure.user_id or about.author(measure)
    if measure.undoes_id and appeals.is_granted(measure.undoes_id):
        return
    if measure.kind not in QUIET and concerned != measure.by_id:
        service.tell(
            concerned, f"measure.{measure.kind}", str(measure.id), **about.fields(measure), reason=measure.reason,
            measure=measure.id)


def tell_of_freeze(signal: MeasureTaken) -> None:
    """Tell those who may look at a frozen account: the teams of the communities where it posted, else coordinators."""
    measure = db.session.get_one(Measure, signal.measure_id)
    if measure.kind != "freeze" or measure.user_id is None:
        return
    places = trust.places(measure.user_id) or {None}
    team = {user_id for place in places for user_id in communities.team(place, apart_from={measure.user_id})}
    for user_id in sorted(team):
        service.tell(user_id, "freeze.review", str(measure.id), frozen=measure.user_id)

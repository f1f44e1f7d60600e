"""What the worker tells people by itself."""
from app.communities import queries as communities
from app.core import clock
from app.core.unit import command
from app.ideas.queries import answers
from app.notifications.service import facts, notices


@command
def remind() -> None:
    """Tell each team, once a week, how many ideas have waited for an answer longer than it wants."""
    year, week, _day = clock.now().isocalendar()
    for community_id, count in answers.due(communities.catalogue().current).items():
        for user_id in communities.team(community_id):
            notices.tell(
                user_id, "answers.due", f"{community_id}-{year}-{week}", community=community_id, count=count)


def tell_followers() -> None:
    """Tell followers all that is to be told, part by part."""
    while facts.tell_next():
        pass

"""What the worker tells people by itself."""

from collections.abc import Collection
from datetime import date, timedelta

from app.communities import queries as communities
from app.core import clock
from app.core.unit import command
from app.ideas.queries import answers
from app.notifications.queries import notices as queries
from app.notifications.queries.summaries import HOUR
from app.notifications.service import facts, notices
from app.plan.models.progress import Holder
from app.plan.queries import holders, late
from app.plan.queries.late import LateAction

REMINDED_EVERY = timedelta(days=14)


@command
def remind() -> None:
    """Tell each team, once a week, how many ideas have waited for an answer longer than it wants."""
    year, week, _day = clock.today().isocalendar()
    for community_id, count in answers.count_due(communities.get_rooms().current).items():
        for user_id in communities.list_team_ids(community_id):
            notices.tell(user_id, "answers.due", f"{community_id}-{year}-{week}", community=community_id, count=count)


@command
def remind_holders() -> None:
    """Tell who keeps an action up to date that a day of it is over and nothing was said since: from 7 h in the region.

    Each such day is told once, then every 14 days for as long as nothing is said; a worker that was stopped tells the
    last turn alone, and 14 days after the time before at the least.
    """
    now, today = clock.now(), clock.today()
    if now.astimezone(clock.ZONE).time() < HOUR:
        return
    silent = {action.id: action for action in late.list_late_actions(today) if not _was_heard(action, today)}
    reminders = queries.list_since("action.late", now - REMINDED_EVERY) if silent else ()
    for holder in holders.list_holders_of_actions(silent):
        _remind(
            holder,
            silent[holder.action_id],
            today,
            [
                notice.facts["due"]
                for notice in reminders
                if (notice.user_id, notice.action_id) == (holder.user_id, holder.action_id)
            ],
        )


def _remind(holder: Holder, action: LateAction, today: date, reminded: Collection[str]) -> None:
    """Remind a holder of the last day that is over; `reminded` are those that they were reminded of lately."""
    due = action.due_on.isoformat()
    turn = (today - action.due_on - timedelta(days=1)) // REMINDED_EVERY
    if due not in reminded and not (turn and reminded):
        notices.tell(holder.user_id, "action.late", f"{action.id}-{due}-{turn}", action_id=action.id, due=due)


def _was_heard(action: LateAction, today: date) -> bool:
    """Tell whether something was said of an action since it is late, not so long ago."""
    said_on = action.moved_at.astimezone(clock.ZONE).date()
    return said_on > max(action.due_on, today - REMINDED_EVERY)


def tell_followers() -> None:
    """Tell followers all that is to be told, part by part."""
    while facts.tell_next():
        pass

"""What a file says of the progress of actions becomes bulletins, inside the command that publishes it."""

from collections.abc import Sequence
from datetime import date

from app.core.actor import Actor
from app.plan.models.structure import Plan
from app.plan.news import ActionNews, list_current
from app.plan.queries import plans
from app.plan.queries.progress import get_progress_by_action
from app.plan.service import bulletins
from app.plan.service.bulletins import BulletinWords, Completion


def report(
    actor: Actor, plan: Plan, news: Sequence[ActionNews], *, reason: str, is_of_version: bool
) -> tuple[int, ...]:
    """Post a bulletin, in the words of the reason, for each action of which the news still say something.

    Return the ids of these actions.
    """
    if not news:
        return ()
    current = list_current(news, get_progress_by_action(plan))
    actions = {action.id: action for action in plans.list_actions(plan)}
    entries = [(actions[one.action.id], _words(one, reason)) for one in current]
    bulletins.post_each(actor, entries, is_of_version=is_of_version)
    return tuple(one.action.id for one in current)


def _words(news: ActionNews, reason: str) -> BulletinWords:
    completions = [
        Completion(milestone.id, date.fromisoformat(one.on), one.proof, one.url) for milestone, one in news.completions
    ]
    return BulletinWords(reason, state=news.state, progress=news.progress, completions=completions)

"""The synthetic supports."""

from collections.abc import Callable
from datetime import timedelta

from app.core.bulk import load
from app.exchange.lines import batches
from app.operations.bench.people import BATCH, first_id
from app.operations.bench.plan import BenchPlan, moment, supporters
from app.votes.models import Vote


def add(plan: BenchPlan, people: range, first_idea: int, step: Callable[[int], object]) -> None:
    """Add the supports of the plan, idea by idea."""
    pairs = (
        (n, turn, who)
        for n, number in enumerate(plan.votes)
        for turn, who in enumerate(supporters(n, number, len(people)))
    )
    first = first_id(Vote)
    for batch in batches(enumerate(pairs, first), BATCH):
        load(
            Vote,
            [
                {
                    "id": vote_id,
                    "idea_id": first_idea + n,
                    "user_id": people[who],
                    "is_named": who % 3 == 0,
                    "at": moment(n / plan.ideas) + timedelta(minutes=turn),
                }
                for vote_id, (n, turn, who) in batch
            ],
        )
        step(len(batch))

"""Whoever said something becomes the author of the idea that it became."""

from app.core.actor import Actor
from app.core.permits import require
from app.core.unit import command
from app.ideas import publishing
from app.ideas.models import Idea
from app.notes import policy
from app.notes.models import PublishedLine
from app.notes.queries import review as queries


@command(also=lambda _actor, line: (queries.get_said(line.id).idea,))
def become_author(actor: Actor, line: PublishedLine) -> Idea:
    """Make whoever wrote a line the author of the idea that it became; a second time changes nothing.

    Raise Forbidden for another, and once the idea has another author than whoever published it.
    """
    said = queries.get_said(line.id)
    if said.writer_id == actor.id and said.idea.author_id == actor.id:
        return said.idea
    require(actor, policy.BECOME_AUTHOR, said)
    publishing.hand_over(said.idea, actor.own_id)
    return said.idea

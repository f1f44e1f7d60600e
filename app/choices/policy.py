"""Who may do what with the choice of a forum: the page of law. Where the choice itself stands is asked by its acts."""

from app.core.actor import Actor
from app.core.permits import Permission, is_coordinator
from app.forum import policy as forum
from app.forum.models import CONVERGENCE
from app.forum.participants import Participant


def is_converging(actor: Actor, who: Participant) -> bool:
    """People write in the forum, and it has come to its convergence."""
    return forum.is_running_now(actor, who) and who.forum.phase == CONVERGENCE


def is_over(actor: Actor, who: Participant) -> bool:
    """The forum is only read by now."""
    return not forum.is_open(actor, who.forum)


READ = Permission("choice:read", [forum.reads_forum])
CAST = Permission("choice:cast", [forum.takes_part, is_converging])
# To open it, to stop it, to type paper and to count: the team, in front of everybody.
RUN = Permission("choice:run", [forum.runs_this, is_converging])
# What the circle decides is written until the forum closes; then the coordination alone corrects it, as notes.
DECIDE = Permission(
    "choice:decide",
    [forum.runs_this, forum.is_running_now],
    [forum.reads_forum, forum.runs_this, is_coordinator, is_over],
)

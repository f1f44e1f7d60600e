"""The ballots of a choice on paper: what the circle chooses among, with the dots that each person has."""

from app.choices.queries import choices as queries
from app.core.actor import ANYONE
from app.forum import policy
from app.forum.models import Forum
from app.forum.participants import Participant
from app.web.choices import candidates
from app.web.choices.bp import bp
from app.web.forum import papers, sheets
from app.web.forum.participants import FORUM
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.get("/forums/<id:forum_id>/papers/ballots")
@members(policy.ARRANGE, of=FORUM)
def print_ballots(forum: Forum) -> str:
    """Show a sheet of ballots to print: blank ones, until a choice says what is on them."""
    return papers.draw_sheet(forum, papers.BALLOTS, _gather)


def _gather(forum: Forum) -> dict[str, object]:
    choice = queries.find_choice(forum.id)
    if choice is None:
        return sheets.gather_ballots(forum)
    # They go from hand to hand: no more stands on them than the hall may read.
    reader = ANYONE if policy.is_public(ANYONE, forum) else me()
    found = candidates.tell(Participant(forum), queries.list_candidates(choice.id), reader)
    return sheets.describe_ballots([(one.text, one.lang) for one in found], choice.dots, choice.most_on_one)

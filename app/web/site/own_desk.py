"""What waits at the desk of a team, on the first page of its members: counted as the desk counts."""

from typing import NamedTuple

from flask import url_for
from markupsafe import Markup

from app.desk import policy
from app.desk.queries import desk as queries
from app.desk.queries.queues import READING, Scope
from app.web.frame.drawings import draw
from app.web.frame.filters import capped
from app.web.frame.session import me
from app.web.frame.team_words import QUEUE_HELP, QUEUES

LARGE = 2
"""How many queues have a cell of their own; the others share the third."""


class DeskPart(NamedTuple):
    """A queue in which something waits: `said` is its number as far as it is counted, `help` what it holds."""

    label: str
    said: str
    url: str
    help: str


def draw_desk() -> Markup:
    if not policy.READ.permits(me()):
        return Markup()
    counts = queries.count_queues(Scope(me()))
    parts = [
        DeskPart(
            str(QUEUES[name]),
            str(capped(count.all, queries.MOST)),
            url_for("moderation.desk", queue=name),
            str(QUEUE_HELP[name]),
        )
        for name, count in counts.items()
        if count.all and name != READING
    ]
    return draw("site/home/_desk.html", large=parts[:LARGE], others=parts[LARGE:])

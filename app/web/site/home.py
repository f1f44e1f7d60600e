"""The first page, and the answer of a live process to a machine."""

from app.core.permits import Permission, anyone
from app.ideas.queries import facets, lists
from app.updates import queries as updates
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.frame.support import render
from app.web.notices import since
from app.web.plan import own
from app.web.site import month
from app.web.site.bp import bp

VISIT = Permission("site:visit", [anyone])
LATEST, QUIET, MOVES, NEWS = 4, 3, 5, 3


@bp.get("/")
@public(VISIT)
def home() -> str:
    """Show the first page; what moved this month holds the last steps of ideas once there is a plan."""
    moved = month.read()
    latest, quiet_ideas = lists.front(LATEST, QUIET)
    return render(
        "site/home/index.html",
        since=since.show(),
        mine=own.show_first(),
        latest=latest,
        quiet_ideas=quiet_ideas,
        placings=facets.placings([*latest, *quiet_ideas]),
        month=moved,
        moves=() if moved else lists.moves(MOVES),
        counts=facets.by_community(me()),
        news=updates.latest(me(), size=NEWS),
    )


@bp.get("/healthz")
@public(VISIT)
def healthz() -> tuple[str, dict[str, str]]:
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}

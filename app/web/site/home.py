"""The first page, and the answer of a live process to a machine."""

from app.core.permits import Permission, anyone
from app.events.queries import lists as events
from app.hubs.queries import places
from app.ideas.queries import facets, lists
from app.updates import queries as updates
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.notices import home_notices
from app.web.plan import own_actions
from app.web.site import month
from app.web.site.bp import bp

VISIT = Permission("site:visit", [anyone])
LATEST, QUIET, MOVES, NEWS = 4, 3, 5, 3


@bp.get("/")
@public(VISIT)
def home() -> str:
    """Show the first page; what moved this month holds the last steps of ideas once there is a plan."""
    moved = month.find_month_view()
    latest, quiet_ideas = lists.list_for_home(LATEST, QUIET)
    return render(
        "site/home/index.html",
        since=home_notices.render_unread(),
        mine=own_actions.render_first(),
        latest=latest,
        quiet_ideas=quiet_ideas,
        month=moved,
        waiting=places.count_waiting() if moved else None,
        moves=() if moved else lists.list_last_steps(MOVES),
        counts=facets.count_by_community(me()),
        news=updates.list_latest(me(), size=NEWS),
        coming=[event for event in [events.find_next()] if event],
    )


@bp.get("/healthz")
@public(VISIT)
def healthz() -> tuple[str, dict[str, str]]:
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}

"""The first page, and what tells a machine that we are alive."""
from app.core.permits import Permission, anyone
from app.ideas.queries import facets, lists
from app.updates import queries as updates
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.frame.support import render
from app.web.site.bp import bp

VISIT = Permission("site:visit", [anyone])
LATEST, WANTED, MOVED, NEWS = 4, 3, 5, 3


@bp.get("/")
@public(VISIT)
def home() -> str:
    latest, wanted = lists.front(LATEST, WANTED)
    return render(
        "site/home/index.html", latest=latest, wanted=wanted, placings=facets.placings([*latest, *wanted]),
        moves=lists.moves(MOVED), counts=facets.by_community(me()), news=updates.latest(me(), size=NEWS))


@bp.get("/healthz")
@public(VISIT)
def healthz() -> tuple[str, dict[str, str]]:
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}

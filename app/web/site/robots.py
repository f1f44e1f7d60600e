"""What machines ask for: robots.txt, the site map, and whether the site is ready to serve."""

from flask import current_app, request
from werkzeug.wrappers import Response

from app.core.permits import Permission, anyone
from app.events.queries import lists
from app.ideas.queries import reading
from app.operations import readiness
from app.web.frame.errors import CLOSURE, REFUSAL
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.site.bp import bp

MOST, MOST_EVENTS = 50_000, 5_000
PAGES = (
    "site.home",
    "ideas.index",
    "events.index",
    "map.region",
    "plan.show",
    "communities.index",
    "reference.issues",
    "reference.territories",
    "reference.organisations",
    "site.about",
    "site.charter",
    "site.privacy",
    "site.accessibility",
)
ASK = Permission("site:ask", [anyone])


@bp.get("/robots.txt")
@public(ASK)
def robots() -> Response:
    is_indexed = current_app.config["SEARCH_INDEXING"]
    return _answer(render("site/robots.txt", site=current_app.config["SITE_URL"], is_indexed=is_indexed), "text/plain")


@bp.get("/sitemap.xml")
@public(ASK)
def sitemap() -> Response:
    site = current_app.config["SITE_URL"]
    events = lists.list_public_addresses(MOST_EVENTS)
    ideas = reading.list_public_addresses(MOST - MOST_EVENTS - 1_000)
    return _answer(render("site/sitemap.xml", site=site, pages=PAGES, events=events, ideas=ideas), "application/xml")


@bp.get("/readyz")
@public(ASK)
def readyz() -> Response:
    huey, is_production = current_app.extensions["huey"], current_app.config["REFLEXE_ENV"] == "production"
    failing = _list_refusals() or readiness.list_failures(current_app.config["DATA_DIR"], huey)
    if failing:
        return _answer(f"not ready: {', '.join(failing)}\n", "text/plain", 503)
    absence = readiness.describe_absence(huey, is_production=is_production)
    lines = ["ready", f"worker: {absence}"] if absence else ["ready"]
    return _answer("".join(f"{line}\n" for line in lines), "text/plain")


def _list_refusals() -> list[str]:
    """Name what has requests refused before the application is entered; empty when nothing does."""
    if CLOSURE in request.environ:
        return ["maintenance"]
    return ["database"] if REFUSAL in request.environ else []


def _answer(text: str, kind: str, code: int = 200) -> Response:
    return Response(text, code, content_type=f"{kind}; charset=utf-8")

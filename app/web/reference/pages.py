"""The axes: issues, territories and tags, each with its latest ideas."""
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.ideas.queries import facets, lists
from app.reference import policy, queries
from app.reference.service import tag_address
from app.web.frame import description
from app.web.frame.session import me
from app.web.frame.support import public, render
from app.web.reference.bp import bp

LATEST = 6


@bp.get("/issues")
@public(policy.READ)
def issues() -> str:
    texts = {issue.id: description.of(issue) for issue in queries.catalogue().issues}
    return render("reference/issues.html", texts=texts)


@bp.get("/issues/<slug>")
@public(policy.READ)
def issue(slug: str) -> str | Response:
    found = queries.catalogue().issue_at(slug)
    if found is None:
        raise NotFound()
    if found.slug != slug:
        return redirect(url_for(".issue", slug=found.slug), 301)
    return render("reference/issue.html", issue=found, text=description.of(found), **_latest(issue=(found.id,)))


@bp.get("/territories")
@public(policy.READ)
def territories() -> str:
    return render("reference/territories.html")


@bp.get("/territories/<code>")
@public(policy.READ)
def territory(code: str) -> str:
    catalogue = queries.catalogue()
    place = catalogue.place_at(code)
    if place is None:
        raise NotFound()
    inside = catalogue.within(place)
    return render("reference/territory.html", place=place, mrc=catalogue.parent(place), inside=inside[1:],
                  **_latest(territory=tuple(inner.id for inner in inside)))


@bp.get("/tags/<slug>")
@public(policy.READ)
def tag(slug: str) -> str | Response:
    found = queries.tags_at([slug]).get(slug) if slug == tag_address(slug) else None
    if found is None or not lists.worn(me(), found.ids):
        raise NotFound()
    if found.slug != slug:
        return redirect(url_for(".tag", slug=found.slug), 301)
    return render("reference/tag.html", tag=found, **_latest(tag=found.ids))


def _latest(**axis: tuple[int, ...]) -> dict[str, Any]:
    ideas = lists.listing(me(), lists.Filters(**axis), size=LATEST).items  # type: ignore[arg-type]
    return {"ideas": ideas, "placings": facets.placings(ideas)}

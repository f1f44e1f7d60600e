"""The pages of issues, territories and tags, each with its latest ideas."""
from typing import Any

from flask import url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.ideas.queries import facets, lists
from app.reference import policy, queries
from app.reference.queries import Axis, Place, TagNow
from app.web.frame import description, follow_button, loaders, params, shared
from app.web.frame.drawings import draw
from app.web.frame.follow_button import FollowButton
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.frame.support import lead_on, render
from app.web.reference.bp import bp

LATEST = 6


@bp.get("/issues")
@public(policy.READ)
def issues() -> str:
    texts = {issue.id: description.of(issue) for issue in queries.catalogue().issues}
    return render("reference/issues.html", texts=texts)


@bp.get("/issues/<slug>")
@public(policy.READ, of=loaders.ISSUE)
def issue(issue: Axis) -> str | Response:
    if issue.slug != params.slug():
        return lead_on(url_for(".issue", slug=issue.slug))
    return shared.page("reference/issue.html", None, issue.id, lambda: {
        "issue": issue, "text": description.of(issue), **_latest(issue=(issue.id,))},
        own=lambda: _draw_own(follow_button.of_issue(issue)))


@bp.get("/territories")
@public(policy.READ)
def territories() -> str:
    return render("reference/territories.html")


@bp.get("/territories/<code>")
@public(policy.READ, of=loaders.TERRITORY)
def territory(place: Place) -> str:
    catalogue = queries.catalogue()
    inside = catalogue.within(place)
    return shared.page("reference/territory.html", None, place.id, lambda: {
        "place": place, "mrc": catalogue.parent(place), "inside": inside[1:],
        **_latest(territory=tuple(inner.id for inner in inside))},
        own=lambda: _draw_own(follow_button.of_place(place)))


@bp.get("/tags/<slug>")
@public(policy.READ, of=loaders.TAG)
def tag(tag: TagNow) -> str | Response:
    if tag.slug != params.slug():
        return lead_on(url_for(".tag", slug=tag.slug))
    return shared.page("reference/tag.html", None, tag.slug, lambda: {"tag": tag, **_latest(tag=tag.ids)},
                       own=lambda: _draw_own(follow_button.of_tag(tag)))


def _draw_own(follow: FollowButton) -> dict[str, Markup]:
    """Draw what is this reader's own on a page that all share."""
    return {"follow": draw("notices/_follow.html", follow=follow)}


def _latest(**axis: tuple[int, ...]) -> dict[str, Any]:
    ideas = lists.listing(me(), lists.Filters(**axis), size=LATEST).items  # type: ignore[arg-type]
    return {"ideas": ideas, "placings": facets.placings(ideas)}

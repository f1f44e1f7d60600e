"""The pages of issues, territories, tags and organisations, each with what is gathered around it."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.communities import queries as communities
from app.core import clock
from app.hubs.queries import organisations as organisation_queries
from app.hubs.queries import subjects
from app.hubs.queries.deeds import get_deeds
from app.plan import tree
from app.reference import policy, queries
from app.reference.models import Organisation
from app.reference.queries import Axis, Place, TagNow
from app.web.frame import description, follow_button, loaders, params
from app.web.frame.responses import lead_on, render
from app.web.frame.routes import public
from app.web.reference import axis_lists, finders
from app.web.reference.bp import bp
from app.web.reference.hub_view import get_hub_view
from app.web.reference.place_view import get_place_view

# An organisation leads few actions, or is a partner of few: the plan has no list of them.
ALL = 500


@bp.get("/issues")
@public(policy.READ)
def issues() -> str:
    texts = {issue.id: description.get_description(issue) for issue in queries.get_catalogue().issues}
    return render("reference/issues.html", texts=texts, cards=axis_lists.view_issues())


@bp.get("/issues/<slug>")
@public(policy.READ, of=loaders.ISSUE)
def issue(issue: Axis) -> str | Response:
    if issue.slug != params.path_slug():
        return lead_on(url_for(".issue", slug=issue.slug))
    narrowed: dict[str, Any] = {"issue": issue.slug}
    return render(
        "reference/issue.html",
        issue=issue,
        text=description.get_description(issue),
        covering=communities.list_covering(issue.id),
        hub=get_hub_view(subjects.of_issue(issue), narrowed, url_for("plan.show", **narrowed)),
        follow=follow_button.of_issue(issue),
    )


@bp.get("/territories")
@public(policy.READ)
def territories() -> str:
    return render("reference/territories.html", region=axis_lists.view_territories())


@bp.get("/territories/<code>")
@public(policy.READ, of=loaders.TERRITORY)
def territory(place: Place) -> str:
    narrowed: dict[str, Any] = {"territory": place.code}
    return render(
        "reference/territory.html",
        place=place,
        mrc=queries.get_catalogue().parent(place),
        here=get_place_view(place),
        hub=get_hub_view(subjects.of_place(place), narrowed, url_for("plan.show", **narrowed)),
        follow=follow_button.of_place(place),
    )


@bp.get("/tags/<slug>")
@public(policy.READ, of=loaders.TAG)
def tag(tag: TagNow) -> str | Response:
    if tag.slug != params.path_slug():
        return lead_on(url_for(".tag", slug=tag.slug))
    return render(
        "reference/tag.html",
        tag=tag,
        hub=get_hub_view(subjects.of_tag(tag), {"tag": tag.slug}, most=ALL),
        follow=follow_button.of_tag(tag),
    )


@bp.get("/organisations")
@public(policy.READ)
def organisations() -> str:
    deeds, today = get_deeds(), clock.today()
    carriers = organisation_queries.list_carriers()
    rollups = {one.id: tree.roll_up_actions(deeds.of_organisation(one.id), today) for one in carriers}
    return render("reference/organisations.html", carriers=carriers, rollups=rollups)


@bp.get("/organisations/<id:organisation_id>")
@public(policy.READ, of=finders.ORGANISATION)
def organisation(organisation: Organisation) -> str | Response:
    if organisation.id != params.path_id("organisation_id"):
        return lead_on(url_for(".organisation", organisation_id=organisation.id))
    hub = get_hub_view(subjects.of_organisation(organisation), {}, most=ALL)
    return render(
        "reference/organisation.html",
        organisation=organisation,
        hub=hub,
        as_lead=[line for line in hub.lines if line.row.lead_id == organisation.id],
        as_partner=[line for line in hub.lines if line.row.lead_id != organisation.id],
    )

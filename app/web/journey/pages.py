"""The journey of an idea, as a page and as JSON."""

from datetime import datetime
from typing import Any

from flask import jsonify, url_for
from werkzeug.wrappers import Response

from app.ideas import policy
from app.ideas.models import Idea
from app.journey import queries
from app.journey.timeline import Journey
from app.web.frame import links, loaders, stations
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.journey import step_views
from app.web.journey.bp import bp
from app.web.journey.step_views import StepView


@bp.get("/ideas/<id:idea_id>/journey")
@public(policy.READ, of=loaders.IDEA)
def show(idea: Idea) -> str:
    found = queries.get_journey(me(), idea)
    return render(
        "journey/show.html", idea=idea, journey=found, chapters=_view_chapters(found), arrivals=_list_arrivals(found)
    )


@bp.get("/ideas/<id:idea_id>/journey.json")
@public(policy.READ, of=loaders.IDEA)
def export(idea: Idea) -> Response:
    """Send the journey: the idea, when each station was reached, and each step with its address."""
    found = queries.get_journey(me(), idea)
    steps = [_export(idea, view, station) for station, views in _view_chapters(found) for view in views]
    arrivals = {label: at.isoformat(timespec="seconds") for label, at in _list_arrivals(found) if at}
    return jsonify(
        id=idea.id,
        title=idea.title,
        status=idea.status,
        url=links.absolute_idea_url(idea),
        stations=arrivals,
        steps=steps,
    )


def _view_chapters(journey: Journey) -> list[tuple[str, list[StepView]]]:
    """Return the chapters: the name of a station, and its steps; the last step of all is the present."""
    last = journey.steps[-1] if journey.steps else None
    return [
        (
            str(stations.STATIONS[chapter.station - 1]),
            [step_views.view_step(journey.idea, step, is_last=step is last) for step in chapter.steps],
        )
        for chapter in journey.chapters
    ]


def _list_arrivals(journey: Journey) -> list[tuple[str, datetime | None]]:
    """Name the five stations, each with the moment when it was first reached."""
    return [(str(label), journey.arrivals.get(number)) for number, label in enumerate(stations.STATIONS, 1)]


def _export(idea: Idea, view: StepView, station: str) -> dict[str, Any]:
    address = url_for(".show", idea_id=idea.id, _anchor=view.key)
    return step_views.export_step(view, station) | {"address": links.absolute_url(address)}

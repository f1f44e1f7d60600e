"""Measures: whoever wrote the content, or is concerned, is told what was done and why."""

from typing import Any

from app.admission.policy import TIME_TO_UNPUBLISH
from app.appeals.queries import appeals
from app.comments import moving
from app.communities import queries as communities
from app.contents import queries as contents
from app.core.db import db
from app.measures.models import Measure
from app.measures.signals import MeasureTaken
from app.notifications.reactions import about
from app.notifications.service import notices

QUIET = ("lock", "unlock", "slow", "merge", "part", "split", "join_back", "unpublish")
LED = ("move", "hand_over")


def tell_of_measure(signal: MeasureTaken) -> None:
    """Tell the person concerned; whoever is told that their appeal was granted has read it there."""
    measure = db.session.get_one(Measure, signal.measure_id)
    person_id = measure.user_id or about.author(measure)
    if _is_quiet(measure) or person_id == measure.by_id:
        return
    notices.tell(
        person_id,
        f"measure.{_kind(measure)}",
        str(measure.id),
        **about.fields(measure) | _content(measure),
        reason=measure.reason,
        measure=measure.id,
        **_facts(measure),
    )
    if measure.kind == "publish":
        notices.hold_back("measure.publish", str(measure.id), TIME_TO_UNPUBLISH)


def call_back_publication(signal: MeasureTaken) -> None:
    """Tell nobody of a publication that was undone within the minute."""
    measure = db.session.get_one(Measure, signal.measure_id)
    if measure.kind == "unpublish":
        notices.call_back("measure.publish", str(measure.undoes_id))


def _is_quiet(measure: Measure) -> bool:
    """Nobody is told: it is about a thread, about a branch (`tell_of_branch`), or it grants an appeal."""
    is_thread = measure.kind in QUIET or (measure.kind == "lift" and measure.user_id is None)
    is_branch = measure.kind == "move" and measure.comment_id is not None
    return is_thread or is_branch or bool(measure.undoes_id and appeals.is_granted(measure.undoes_id))


def _kind(measure: Measure) -> str:
    """Name the notice: what was lifted, where something was; an idea that moves has another lead."""
    if measure.kind == "lift" and measure.undoes_id:
        return f"un{db.session.get_one(Measure, measure.undoes_id).kind}"
    if measure.profile_id:
        return f"{measure.kind}_profile"
    return "lead" if measure.kind in LED else measure.kind


def _content(measure: Measure) -> dict[str, int]:
    """Return the content that a warning comes from."""
    data = (measure.data or {}) if measure.kind == "warn" else {}
    return {name: data[name] for name in ("idea_id", "comment_id") if name in data}


def _facts(measure: Measure) -> dict[str, Any]:
    """Return where it holds, and until when."""
    data = measure.data or {}
    place = data.get("to") if measure.kind in LED else measure.community_id
    end = {"until": data["until"]} if "until" in data else {}
    return {"community": place} | end if measure.user_id or measure.kind in LED else {}


def tell_of_branch(signal: MeasureTaken) -> None:
    """Tell everybody who wrote in a branch that it was moved, once each."""
    measure = db.session.get_one(Measure, signal.measure_id)
    if measure.kind != "move" or measure.comment_id is None:
        return
    for user_id, comment_id in moving.authors(measure.comment_id):
        if user_id != measure.by_id:
            notices.tell(
                user_id,
                "measure.move",
                str(measure.id),
                comment_id=comment_id,
                reason=measure.reason,
                measure=measure.id,
            )


def tell_of_freeze(signal: MeasureTaken) -> None:
    """Tell those who may look at a frozen account: the teams of the communities where it posted, else coordinators."""
    measure = db.session.get_one(Measure, signal.measure_id)
    if measure.kind != "freeze" or measure.user_id is None:
        return
    places = contents.community_ids_of(measure.user_id) or {None}
    team = {user_id for place in places for user_id in communities.team(place, apart_from={measure.user_id})}
    for user_id in sorted(team):
        notices.tell(user_id, "freeze.review", str(measure.id), frozen=measure.user_id)

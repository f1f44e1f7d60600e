"""The work of a team: whoever is given something is told."""

from typing import Any

from app.accounts.models.people import Profile, User
from app.accounts.signals import ProfileChanged
from app.comments import moving
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.contents import queries as contents
from app.core.db import db
from app.desk.models import Assignment
from app.desk.signals import Assigned
from app.ideas.models import Idea
from app.ideas.signals import IdeaRevised
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.queries import appeals
from app.moderation.cases import queries
from app.moderation.cases.models import Case, CaseStep
from app.moderation.first_posts.policy import TIME_TO_UNPUBLISH
from app.moderation.measures.models import Measure
from app.moderation.signals import AppealJudged, AppealMade, CaseMoved, CaseOpened, MeasureTaken
from app.notifications.reactions import about
from app.notifications.service import notices


def tell_of_revision(signal: IdeaRevised) -> None:
    """Tell a team of each change of what it answers for: a text of a new account, or one that it has answered.

    It reads what changed. What it read before it appeared needs no notice.
    """
    author, idea = db.session.get_one(User, signal.by), db.session.get_one(Idea, signal.idea_id)
    is_new, is_answered = actor_for(author).is_new, idea.status != "published"
    if signal.is_read or not (is_new or is_answered):
        return
    kind = "idea.revised" if is_new else "idea.revised_since"
    for user_id in communities.list_team_ids(idea.community_id, apart_from={author.id}):
        notices.tell_of_version(user_id, kind, signal.number, idea_id=idea.id)


def tell_of_profile(signal: ProfileChanged) -> None:
    """Tell the coordinators that words of a hidden profile begin to wait for them."""
    profile = db.session.get_one(Profile, signal.profile_id)
    for user_id in communities.list_team_ids(None, apart_from={profile.author_id}):
        notices.tell(user_id, "profile.changed", f"{profile.id}-{profile.version}", member=profile.author_id)


def tell_of_assignment(signal: Assigned) -> None:
    """Tell somebody that a colleague gave them an idea or a case; what one takes oneself needs no notice."""
    assignment = db.session.get_one(Assignment, signal.assignment_id)
    key = f"{assignment.id}-{assignment.at.timestamp()}"
    if assignment.user_id == assignment.by_id:
        return
    if assignment.case_id:
        case = db.session.get_one(Case, assignment.case_id)
        notices.tell(assignment.user_id, "desk.case", key, **about.get_fields(case), case=case.id)
    else:
        notices.tell(assignment.user_id, "desk.idea", key, idea_id=assignment.idea_id)


def tell_of_case(signal: CaseOpened) -> None:
    """Tell the team that a content was reported: those who may decide, neither who wrote it nor who reported it."""
    case = db.session.get_one(Case, signal.case_id)
    for user_id in communities.list_team_ids(
        about.get_community_id(case), apart_from={signal.by, *about.get_party_ids(case)}
    ):
        notices.tell(user_id, "case.opened", str(case.id), **about.get_fields(case), case=case.id)


def tell_of_decision(signal: CaseMoved) -> None:
    """Tell those who reported what was decided and why; its author only if it was upheld, or no longer is.

    Whoever is told of the hiding itself has read the reason there.
    """
    step = db.session.get_one(CaseStep, signal.step_id)
    case = db.session.get_one(Case, step.case_id)
    state = "reopened" if step.state == "open" else step.state
    for user_id in queries.list_reporter_ids(case.id):
        notices.tell(user_id, f"report.{state}", str(step.id), **about.get_fields(case), reason=step.reason)
    if step.state == "handled" and step.measure_id is None:
        notices.tell(
            about.get_author_id(case), "report.against", str(step.id), **about.get_fields(case), reason=step.reason
        )
    elif step.state == "dismissed" and queries.was_handled(case.id, before=step.id):
        notices.tell(
            about.get_author_id(case), "report.cleared", str(step.id), **about.get_fields(case), reason=step.reason
        )


def tell_of_appeal(signal: AppealMade) -> None:
    """Tell those who may judge an appeal that it waits: never who took the measure."""
    appeal = db.session.get_one(Appeal, signal.appeal_id)
    measure = db.session.get_one(Measure, appeal.measure_id)
    parties = {appeal.user_id, measure.by_id, *about.get_party_ids(measure)}
    for user_id in communities.list_team_ids(about.get_community_id(measure), apart_from=parties):
        notices.tell(user_id, "appeal.opened", str(appeal.id), **about.get_fields(measure), appeal=appeal.id)


def tell_of_judgement(signal: AppealJudged) -> None:
    """Tell whoever appealed what was judged, and why."""
    appeal = db.session.get_one(Appeal, signal.appeal_id)
    measure = db.session.get_one(Measure, appeal.measure_id)
    notices.tell(
        appeal.user_id,
        f"appeal.{appeal.state}",
        str(appeal.id),
        **about.get_fields(measure),
        reason=appeal.reason,
        judged=measure.id,
    )


QUIET = ("lock", "unlock", "slow", "merge", "part", "split", "join_back", "unpublish")
LED = ("move", "hand_over")


def tell_of_measure(signal: MeasureTaken) -> None:
    """Tell the person concerned; whoever is told that their appeal was granted has read it there."""
    measure = db.session.get_one(Measure, signal.measure_id)
    person_id = measure.user_id or about.get_author_id(measure)
    if _is_quiet(measure) or person_id == measure.by_id:
        return
    notices.tell(
        person_id,
        f"measure.{_kind(measure)}",
        str(measure.id),
        **about.get_fields(measure) | _content(measure),
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
    for user_id, comment_id in moving.list_authors(measure.comment_id):
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
    places = contents.list_community_ids(measure.user_id) or {None}
    team = {user_id for place in places for user_id in communities.list_team_ids(place, apart_from={measure.user_id})}
    for user_id in sorted(team):
        notices.tell(user_id, "freeze.review", str(measure.id), frozen=measure.user_id)

"""The square with something in every queue of the desk."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.models.changes import HeldRevision
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Answer
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, Report
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover
from tests.support.make_plan import MakePlan
from tests.support.world import ELSEWHERE, HERE, SECLUDED


@unit()
def fill(make, world):
    """Add something to every queue, in each community, and ideas that wait for too long; return the square."""
    author, other, fae = world.people["author"], world.people["somebody"], world.people["facilitator"]
    for room in (HERE, ELSEWHERE, SECLUDED):
        late = make.idea(author, room)
        make.at(late, status_at=clock.ago(days=200))
        make.at(make.idea(author, room, "retained"), status_at=clock.ago(days=200))
        make.idea(other, room, "pending", suspect="first")
        make.add(
            Answer(
                idea_id=make.idea(author, room).id,
                status="retained",
                reason="Oui.",
                by_id=author.id,
                asked_at=clock.now(),
            )
        )
        make.add(Case(idea_id=late.id, community_id=late.community_id))
    make.idea(fae, HERE, "pending", suspect="first")
    make.comment(world.ideas["published"], fae, "Le mien attend.", status="pending")
    make.comment(world.ideas["published"], fae, "Celui de l'équipe.")
    make.at(make.idea(author, community_id=None), status_at=clock.ago(days=200))
    make.idea(author, None, "pending", community_id=None)
    frozen_user = make.user()
    make.idea(frozen_user, HERE, "pending", suspect="first")
    for user in (other, frozen_user):
        make.restriction(user, kind="freeze")
    make.restriction(fae, ELSEWHERE, kind="freeze")
    _add_offers(make, world)
    _add_measures(make, world)
    _add_changes(make, world)
    _add_what_waits_of_the_plan(make, world)
    return world


def _add_changes(make, world):
    """Add a held revision to each idea and comment that has none, and to the profiles of authors and of others."""
    by, there = world.people["author"].id, {row.idea_id or row.comment_id for row in world.revisions.values()}
    for name, things in (("idea_id", world.ideas), ("comment_id", world.comments)):
        for thing in things.values():
            if thing.id not in there:
                make.add(
                    HeldRevision(by_id=thing.author_id or by, state="open", words={"body": "x"}, **{name: thing.id})
                )
    for who in ("author", "facilitator", "somebody", "member", "neighbour"):
        make.add(
            HeldRevision(by_id=world.people[who].id, user_id=world.people[who].id, state="open", words={"about": "x"})
        )
    elsewhere = make.idea(world.people["author"], ELSEWHERE)
    make.add(
        HeldRevision(
            by_id=by, idea_id=elsewhere.id, state="open", words={"title": "x", "body": "x", "summary": "", "tags": []}
        )
    )


def _add_offers(make, world):
    by, rooms = world.people["author"].id, {slug: make.room(slug).id for slug in (HERE, ELSEWHERE, SECLUDED)}
    elsewhere = {"elsewhere": make.idea(world.people["author"], ELSEWHERE)}
    idea_ids = set(db.session.scalars(select(Handover.idea_id).where(Handover.state == "open")))
    for n, (state, idea) in enumerate((world.ideas | elsewhere).items()):
        to = [to for to in rooms.values() if to != idea.community_id][n % 2]
        if idea.id not in idea_ids:
            make.add(
                Handover(idea_id=idea.id, from_id=idea.community_id, to_id=to, reason=f"Pour vous, {state}", by_id=by)
            )
    for to in (HERE, ELSEWHERE):
        idea = make.idea(world.people["author"], ELSEWHERE if to == HERE else HERE)
        make.add(Handover(idea_id=idea.id, from_id=idea.community_id, to_id=rooms[to], reason="Pour vous", by_id=by))
    alone = make.idea(world.people["author"], None, community_id=None)
    make.add(Handover(idea_id=alone.id, to_id=rooms[HERE], reason="À personne", by_id=by))
    left = make.idea(world.people["author"], ELSEWHERE)
    make.add(Handover(idea_id=left.id, from_id=rooms[SECLUDED], to_id=rooms[HERE], reason="Partie depuis", by_id=by))


def _add_measures(make, world):
    """Add measures by each judge on contents and people, a case that a judge reported, a warning without community."""
    fae, author, here = world.people["facilitator"], world.people["author"], make.room(HERE).id
    comment = make.comment(world.ideas["published"], author, hidden_at=clock.now(), hidden_reason="x")
    case = make.add(Case(comment_id=comment.id, community_id=here, state="handled", reason="x"))
    make.add(Report(case_id=case.id, user_id=fae.id, reason="spam"))
    reported_case = make.add(Case(comment_id=world.comments["reply"].id, community_id=here))
    make.add(Report(case_id=reported_case.id, user_id=fae.id, reason="spam"))
    coordinator = world.people["coordinator"].id
    for subject in (
        {"comment_id": comment.id},
        {"user_id": author.id},
        {"user_id": fae.id},
        {"idea_id": world.ideas["private"].id},
    ):
        for by in (fae.id, coordinator, None):
            kind, place = ("hide", here) if "user_id" not in subject else ("warn", here)
            measure = make.add(Measure(kind=kind, by_id=by, community_id=place, reason="x", **subject))
            make.add(Appeal(measure_id=measure.id, user_id=author.id, words="On a lu de travers ce que j'écrivais."))
    measure_without_place = make.add(Measure(kind="warn", by_id=coordinator, user_id=author.id, reason="x"))
    make.add(
        Appeal(measure_id=measure_without_place.id, user_id=author.id, words="On a lu de travers ce que j'écrivais.")
    )


def _add_what_waits_of_the_plan(make, world):
    """Propose links for each idea; let ideas lose their action, and others stand at a step of the plan without one."""
    plans = MakePlan(make)
    action, dropped_action = plans.action(), plans.action("Une cuisine")
    author, fae = world.people["author"], world.people["facilitator"]
    for idea in [*world.ideas.values(), make.idea(fae, HERE), make.idea(author, ELSEWHERE)]:
        plans.link(action, idea, answer=None, proposed_by=world.people["member"].id)
    plans.link(dropped_action, make.idea(author, HERE), answer=None)
    for room in (HERE, ELSEWHERE, SECLUDED):
        returned = make.idea(author, room, "retained")
        plans.link(dropped_action, returned)
        plans.link(dropped_action, make.at(make.idea(author, room, "retained"), answered_at=clock.now()))
        make.idea(author, room, "achieved")
        plans.link(action, make.at(make.idea(author, room, "planned"), action_id=action.id))
    make.at(dropped_action, state="dropped")
    for state in ("visible", "hidden", "orphan"):
        make.at(world.actions[state], ends_on=clock.today() - timedelta(days=20))

"""What was reported on the square, what was done about it, and what is asked to be looked at again."""

from typing import Any

from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, CaseStep, Report
from app.moderation.measures.models import Measure
from tests.support.make import Make

WORDS = "On a lu de travers ce que j'écrivais là."


def reports(make: Make, world: Any, here: int) -> None:
    """`member` reported what others wrote; the measures are on the author, whose comment's appeal waits."""
    _measures(make, world, here)
    _cases(make, world, here)
    for state, measure in (("open", "appealed"), ("granted", "over")):
        world.appeals[state] = make.add(
            Appeal(measure_id=world.measures[measure].id, user_id=world.people["author"].id, state=state, words=WORDS)
        )
    make.at(world.appeals["granted"], decided_at=world.appeals["granted"].at, reason="Vous aviez raison.")


def _measures(make: Make, world: Any, here: int) -> None:
    by = {who: world.people[who].id for who in ("facilitator", "coordinator")}
    columns = {"community_id": here, "reason": "Une raison"}
    world.measures["standing"] = make.add(
        Measure(kind="hide", idea_id=world.ideas["hidden"].id, by_id=by["facilitator"], **columns)
    )
    world.measures["on_update"] = make.add(
        Measure(kind="hide", update_id=world.updates["hidden"].id, by_id=by["coordinator"], **columns)
    )
    world.measures["on_action"], world.measures["on_bulletin"] = (
        make.add(Measure(kind="hide", by_id=by["facilitator"], **columns | about))
        for about in ({"action_id": world.actions["hidden"].id}, {"bulletin_id": world.bulletins["hidden"].id})
    )
    world.measures["appealed"] = make.add(
        Measure(kind="hide", comment_id=world.comments["hidden"].id, by_id=by["coordinator"], **columns)
    )
    world.measures["over"] = make.add(
        Measure(kind="hide", comment_id=world.comments["visible"].id, by_id=by["facilitator"], **columns)
    )
    make.add(
        Measure(
            kind="restore",
            comment_id=world.comments["visible"].id,
            by_id=by["coordinator"],
            undoes_id=world.measures["over"].id,
            **columns,
        )
    )
    world.measures["warned"] = make.add(
        Measure(kind="warn", user_id=world.people["author"].id, by_id=by["facilitator"], **columns)
    )


def _cases(make: Make, world: Any, here: int) -> None:
    decision = {"state": "handled", "reason": "Contraire à la charte."}
    world.cases["open"] = make.add(Case(comment_id=world.comments["other"].id, community_id=here))
    world.cases["handled"] = make.add(Case(comment_id=world.comments["visible"].id, community_id=here, **decision))
    world.cases["private"] = make.add(Case(idea_id=world.ideas["private"].id))
    for case in world.cases.values():
        make.add(
            Report(case_id=case.id, user_id=world.people["member"].id, reason="insult", words="canari-signalement")
        )
    by = world.people["facilitator"].id
    make.at(world.cases["handled"], decided_at=world.cases["handled"].opened_at, decided_by=by)
    make.add(CaseStep(case_id=world.cases["handled"].id, by_id=by, **decision))

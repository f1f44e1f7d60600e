"""The ideas that one community of the square offers to another, and the move that an author asks for."""

from typing import Any

from app.moderation.moves.models import Handover, MoveRequest
from tests.support.make import Make


def handovers(make: Make, world: Any, here: int, there: int) -> None:
    """`facilitator` offered two ideas to the team of `neighbour`: one waits, the other came back."""
    for state, idea in (("open", "locked"), ("returned", "archived")):
        world.handovers[state] = make.add(
            Handover(
                idea_id=world.ideas[idea].id,
                from_id=here,
                to_id=there,
                by_id=world.people["facilitator"].id,
                state=state,
                reason="Cela touche à vos travaux.",
            )
        )
    make.at(world.handovers["returned"], decided_at=world.handovers["returned"].at, answer="Pas chez nous.")
    make.add(
        MoveRequest(
            idea_id=world.ideas["locked"].id,
            to_id=there,
            by_id=world.people["author"].id,
            reason="Cela parle surtout d'autobus, canari-demande.",
        )
    )

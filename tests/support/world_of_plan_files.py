"""Two files of the plan of the square that wait to be confirmed by the coordinator who sent them."""

from typing import Any

from app.communities.actors import actor_for
from app.exchange import plan_imports
from tests.support.sheets import HEAD, csv_of, read


def plan_files(world: Any) -> None:
    boss = actor_for(world.people["coordinator"])
    for state in ("waiting", "older"):
        file = read(csv_of(HEAD, ["Se loger", "Construire", f"Un toit canari-classeur-{state}"]))
        world.imports[state] = plan_imports.store(
            boss, world.plans["current"], file, file_name=f"canari-classeur-{state}.csv"
        )

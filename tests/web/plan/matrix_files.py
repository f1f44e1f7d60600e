"""The plan as a file, to take away and to bring in: `coordinator` sent the one that waits."""

from typing import Any

from app.communities.actors import actor_for
from app.exchange import plan_imports
from tests.matrix import Row
from tests.support.make import Make
from tests.support.sheets import HEAD, csv_of, table

ROUTES = [
    *(
        Row(f"GET /plan{one}.{ending}", states, "200 *")
        for one, states in (("", ""), ("/<id:plan_id>", "current past archived revised"))
        for ending in ("csv", "xlsx")
    ),
    *(Row(f"GET /plan/<id:plan_id>.{ending}", "begun", "200 coordinator; 404 *") for ending in ("csv", "xlsx")),
    Row("GET /plan/import", "", "303 anyone; 200 coordinator; 403 *"),
    Row("POST /plan/import", "", "401 anyone; 422 coordinator; 403 *", data={"plan": "1"}),
    Row("GET /plan/import/<id:import_id>", "waiting", "303 anyone; 200 coordinator; 404 *"),
    Row(
        "POST /plan/import/<id:import_id>",
        "waiting",
        "401 anyone; 303 coordinator; 404 *",
        "plans plan_versions plan_imports orientations objectives actions milestones threads bulletins ideas journal",
        {"version": "published-1", "destination": "version", "reason": "Adopté le 12 mai."},
    ),
    Row(
        "POST /plan/import/<id:import_id>",
        "older",
        "401 anyone; 409 coordinator; 404 *",
        data={"version": "published-9", "destination": "version", "reason": "Adopté."},
    ),
    Row(
        "POST /plan/import/<id:import_id>/answers",
        "waiting older",
        "401 anyone; 303 coordinator; 404 *",
        "plan_imports plan_headings",
        {
            "column-orientation": "orientation.title",
            "column-objectif": "objective.title",
            "column-action": "action.title",
            "column-note": "action.body",
        },
    ),
    Row("GET /plan/import/<id:import_id>", "older", "303 anyone; 200 coordinator; 404 *"),
    Row("GET /plan/import/<id:import_id>/refused.csv", "waiting older", "303 anyone; 200 coordinator; 404 *"),
]
PAGES = {
    "coordinator": lambda square: ["/plan/import", f"/plan/import/{square.imports['waiting'].id}"],
}


def add(make: Make, world: Any) -> None:
    """Two files that wait to be confirmed by the coordinator who sent them."""
    world.imports = {}
    boss = actor_for(world.people["coordinator"])
    for state in ("waiting", "older"):
        file = table(csv_of([*HEAD, "Note"], ["Se loger", "Construire", f"Un toit canari-classeur-{state}", "Rouge"]))
        world.imports[state] = plan_imports.store(
            boss, world.plans["current"], file, file_name=f"canari-classeur-{state}.csv"
        )

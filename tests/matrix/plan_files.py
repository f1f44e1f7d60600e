"""The plan as a file, to take away and to bring in: `coordinator` sent the one that waits."""

from tests.matrix import Row

TABLE = [
    *(
        Row(f"GET /plan{one}.{ending}", states, "200 *")
        for one, states in (("", ""), ("/<id:plan_id>", "current"))
        for ending in ("csv", "xlsx")
    ),
    Row("GET /plan/import", "", "303 anyone; 200 coordinator; 403 *"),
    Row("POST /plan/import", "", "401 anyone; 422 coordinator; 403 *", data={"plan": "1"}),
    Row("GET /plan/import/<id:import_id>", "waiting", "303 anyone; 200 coordinator; 404 *"),
    Row(
        "POST /plan/import/<id:import_id>",
        "waiting",
        "401 anyone; 303 coordinator; 404 *",
        "plans plan_versions plan_imports orientations objectives actions milestones threads bulletins journal",
        {"number": "1", "reason": "Adopté le 12 mai."},
    ),
    Row(
        "POST /plan/import/<id:import_id>",
        "older",
        "401 anyone; 409 coordinator; 404 *",
        data={"number": "9", "reason": "Adopté."},
    ),
    Row("GET /plan/import/<id:import_id>", "older", "303 anyone; 200 coordinator; 404 *"),
]

"""The plan and its actions, to read and to talk about. `coordinator` published it, `author` keeps its actions up to date."""

from tests.matrix import Row, closed_form, form

ACTION = "/plan/actions/<id:action_id>"
IN_SIGHT = "visible locked orphan"
BODY = {"body": "Ce que j'en pense."}
BULLETIN = {"body": "Où nous en sommes.", "state": ""}
NAMED = {"email": "personne2@example.org"}
TABLE = [
    Row("GET /plan", "", "200 *"),
    Row("GET /plan/mine", "", "303 anyone; 200 *"),
    Row("GET /plan/<id:plan_id>", "current", "302 *"),
    Row("GET /plan/<id:plan_id>", "past", "200 *"),
    Row("GET /plan/<id:plan_id>", "begun", "200 coordinator; 404 *"),
    Row(f"GET {ACTION}", IN_SIGHT, "200 *"),
    Row(f"GET {ACTION}", "hidden", "200 facilitator coordinator; 404 *"),
    Row("GET /plan/<id:plan_id>/voices", "current past", "200 *"),
    Row("GET /plan/<id:plan_id>/voices", "begun", "200 coordinator; 404 *"),
    Row("GET /plan/objectives/<id:objective_id>/voices", "", "200 *"),
    Row(f"GET {ACTION}/voices", IN_SIGHT, "200 *"),
    Row(f"GET {ACTION}/voices", "hidden", "200 facilitator coordinator; 404 *"),
    Row(f"GET {ACTION}.atom", IN_SIGHT, "200 *"),
    Row(f"GET {ACTION}.atom", "hidden", "404 *"),
    Row(
        f"POST {ACTION}/comments",
        "visible orphan",
        "401 anyone; 403 unconfirmed suspended; 303 *",
        "comments threads actions submissions notices",
        BODY,
    ),
    Row(f"POST {ACTION}/comments", "locked", "401 anyone; 422 *", data=BODY),
    Row(f"POST {ACTION}/comments", "hidden", "401 anyone; 422 facilitator coordinator; 404 *", data=BODY),
    *form(f"{ACTION}/bulletins/new", IN_SIGHT, "author coordinator", "bulletins actions journal submissions", BULLETIN),
    *closed_form(f"{ACTION}/bulletins/new", "hidden", BULLETIN),
    *form(f"{ACTION}/holders", IN_SIGHT, "coordinator", "holders journal notices", NAMED),
    *closed_form(f"{ACTION}/holders", "hidden", NAMED),
    Row(f"GET {ACTION}/holders/<id:user_id>/withdrawal", f"{IN_SIGHT} hidden", "303 anyone; 404 *"),
    Row(f"POST {ACTION}/holders/<id:user_id>/withdrawal", IN_SIGHT, "401 anyone; 303 coordinator; 404 *"),
    Row(f"POST {ACTION}/holders/<id:user_id>/withdrawal", "hidden", "401 anyone; 404 *"),
]

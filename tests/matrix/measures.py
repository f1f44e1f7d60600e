"""Measures on threads, places and people, hand-overs, and what undoes them (see `world_of_measures`)."""
from tests.matrix import REASON, Row

IDEA, COMMENT = "/ideas/<id:idea_id>", "/comments/<id:comment_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
MEMBER, MEASURE, HANDOVER = "/members/<id:user_id>", "/measures/<id:measure_id>", "/moderation/handovers/<id:handover_id>"
TEAM, TEAM_ACT = "303 anyone; 200 facilitator coordinator; 404 *", "401 anyone; 303 facilitator coordinator; 404 *"
OURS, OURS_ACT = "303 anyone; 200 facilitator coordinator; 403 *", "401 anyone; 303 facilitator coordinator; 403 *"
NEVER, NEVER_ACT = "303 anyone; 404 *", "401 anyone; 404 *"
CHARGE = "303 anyone; 200 facilitator neighbour coordinator; 403 *"
SLOW = REASON | {"minutes": "15"}
ELSEWHERE = REASON | {"community": "transport-collectif"}
HERE = {"place": "1"}
SHOWN = "published locked withdrawn archived merged"
SEEN = "visible late other reply on_update locked hidden held"
KEPT = "measures journal notices"
TABLE = [
    Row(f"GET {IDEA}/slow-mode", SHOWN, OURS),
    Row(f"GET {IDEA}/slow-mode", "pending hidden", "303 anyone; 403 facilitator coordinator; 404 *"),
    Row(f"GET {IDEA}/slow-mode", "draft", "303 anyone; 404 *"),
    Row(f"GET {IDEA}/slow-mode", "deleted", NEVER),
    Row(f"GET {IDEA}/slow-mode", "private", "303 anyone; 200 coordinator; 403 member author; 404 *"),
    Row(f"POST {IDEA}/slow-mode", SHOWN, OURS_ACT, "threads measures journal", SLOW),
    Row(f"POST {IDEA}/slow-mode", "pending hidden", "401 anyone; 403 facilitator coordinator; 404 *", sent=SLOW),
    Row(f"POST {IDEA}/slow-mode", "draft", "401 anyone; 404 *", sent=SLOW),
    Row(f"POST {IDEA}/slow-mode", "deleted", NEVER_ACT, sent=SLOW),
    Row(f"POST {IDEA}/slow-mode", "private", "401 anyone; 303 coordinator; 403 member author; 404 *",
        "threads measures journal", SLOW),
    Row(f"GET {UPDATE}/slow-mode", "visible locked", OURS),
    Row(f"GET {UPDATE}/slow-mode", "hidden", "303 anyone; 403 facilitator coordinator; 404 *"),
    Row(f"GET {UPDATE}/slow-mode", "deleted", NEVER),
    Row(f"GET {UPDATE}/slow-mode", "private", "303 anyone; 200 coordinator; 403 member author; 404 *"),
    Row(f"POST {UPDATE}/slow-mode", "visible locked", OURS_ACT, "threads measures journal", SLOW),
    Row(f"POST {UPDATE}/slow-mode", "hidden", "401 anyone; 403 facilitator coordinator; 404 *", sent=SLOW),
    Row(f"POST {UPDATE}/slow-mode", "deleted", NEVER_ACT, sent=SLOW),
    Row(f"POST {UPDATE}/slow-mode", "private", "401 anyone; 303 coordinator; 403 member author; 404 *",
        "threads measures journal", SLOW),

    Row(f"GET {IDEA}/move", "published locked withdrawn archived hidden pending", TEAM),
    Row(f"GET {IDEA}/move", "draft deleted merged private", NEVER),
    Row(f"POST {IDEA}/move", "published withdrawn", TEAM_ACT,
        f"ideas threads status_changes handovers {KEPT}", ELSEWHERE),
    Row(f"POST {IDEA}/move", "locked", "401 anyone; 409 facilitator; 303 coordinator; 404 *",
        f"ideas threads status_changes handovers move_requests {KEPT}", ELSEWHERE),
    Row(f"POST {IDEA}/move", "archived", TEAM_ACT, f"ideas threads status_changes handovers {KEPT}", ELSEWHERE),
    Row(f"POST {IDEA}/move", "hidden pending", "401 anyone; 422 facilitator; 303 coordinator; 404 *",
        f"ideas threads status_changes {KEPT}", ELSEWHERE),
    Row(f"POST {IDEA}/move", "draft deleted merged private", NEVER_ACT, sent=ELSEWHERE),
    Row(f"GET {COMMENT}/move", SEEN, TEAM),
    Row(f"GET {COMMENT}/move", "deleted unseen", NEVER),
    Row(f"GET {COMMENT}/move", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {COMMENT}/move", "locked on_update", TEAM_ACT, f"comments threads ideas updates {KEPT}",
        REASON | {"idea": "/ideas/3-une-idee"}),
    Row(f"POST {COMMENT}/move", "visible late other reply hidden held", "401 anyone; 422 facilitator coordinator; 404 *",
        sent=REASON | {"idea": "3"}),
    Row(f"POST {COMMENT}/move", "deleted unseen", NEVER_ACT, sent=REASON | {"idea": "3"}),
    Row(f"POST {COMMENT}/move", "private", "401 anyone; 422 coordinator; 404 *", sent=REASON | {"idea": "3"}),

    Row(f"GET {IDEA}/move/request", "locked", "303 anyone; 200 author facilitator coordinator; 404 *"),
    Row(f"GET {IDEA}/move/request", "published", "303 anyone; 200 author; 404 *"),
    Row(f"GET {IDEA}/move/request", "draft pending withdrawn archived hidden deleted merged private", NEVER),
    Row(f"POST {IDEA}/move/request", "published", "401 anyone; 303 author; 404 *", "move_requests notices", ELSEWHERE),
    Row(f"POST {IDEA}/move/request", "locked", "401 anyone; 409 author; 404 *", sent=ELSEWHERE),
    Row(f"POST {IDEA}/move/request", "draft pending withdrawn archived hidden deleted merged private", NEVER_ACT, sent=ELSEWHERE),
    Row(f"POST {IDEA}/move/request/withdrawal", "locked", "401 anyone; 303 author; 404 *", "move_requests"),
    Row(f"POST {IDEA}/move/request/withdrawal", "published withdrawn archived", "401 anyone; 409 author; 404 *"),
    Row(f"POST {IDEA}/move/request/withdrawal", "draft pending hidden deleted merged private", NEVER_ACT),
    Row(f"POST {IDEA}/move/request/decision", "locked", "401 anyone; 409 facilitator; 303 coordinator; 404 *",
        f"ideas threads status_changes handovers move_requests {KEPT}", {"act": "accept", "request_id": "1"}),
    Row(f"POST {IDEA}/move/request/decision", "published withdrawn archived", "401 anyone; 409 facilitator coordinator; 404 *",
        sent={"act": "return", "words": "Elle touche d'abord à nos travaux."}),
    Row(f"POST {IDEA}/move/request/decision", "draft pending hidden deleted merged private", NEVER_ACT, sent={"act": "accept"}),

    Row("GET /moderation/handovers", "", CHARGE),
    Row(f"GET {HANDOVER}", "open returned", "303 anyone; 200 facilitator neighbour coordinator; 404 *"),
    Row(f"POST {HANDOVER}/decision", "open", "401 anyone; 303 neighbour coordinator; 403 facilitator; 404 *",
        f"ideas threads status_changes handovers move_requests {KEPT}", {"act": "accept"}),
    Row(f"POST {HANDOVER}/decision", "returned", "401 anyone; 409 facilitator neighbour coordinator; 404 *",
        sent={"act": "return", "words": "Ce n'est pas chez nous."}),
    Row(f"POST {HANDOVER}/cancellation", "open", TEAM_ACT, "handovers"),
    Row(f"POST {HANDOVER}/cancellation", "returned", "401 anyone; 409 facilitator coordinator; 404 *"),

    Row(f"GET {MEMBER}/measures", "", "303 anyone; 200 facilitator coordinator; 404 *"),
    *(Row(f"GET {MEMBER}/{act}", "", "303 anyone; 200 facilitator coordinator; 404 *")
      for act in ("warning", "suspension", "block")),
    Row(f"POST {MEMBER}/warning", "", TEAM_ACT, KEPT, REASON | HERE),
    Row(f"POST {MEMBER}/suspension", "", TEAM_ACT, f"restrictions {KEPT}", REASON | HERE | {"days": "7"}),
    Row(f"POST {MEMBER}/block", "", TEAM_ACT, f"restrictions {KEPT}", REASON | HERE),

    Row("GET /moderation/measures", "", CHARGE),
    Row(f"GET {MEASURE}/undoing", "standing warned appealed over", TEAM),
    Row(f"GET {MEASURE}/undoing", "on_update", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {MEASURE}/undoing", "standing", TEAM_ACT, f"ideas threads {KEPT}", REASON),
    Row(f"POST {MEASURE}/undoing", "warned", TEAM_ACT, KEPT, REASON),
    Row(f"POST {MEASURE}/undoing", "appealed", TEAM_ACT, f"comments threads ideas {KEPT}", REASON),
    Row(f"POST {MEASURE}/undoing", "over", "401 anyone; 409 facilitator coordinator; 404 *", sent=REASON),
    Row(f"POST {MEASURE}/undoing", "on_update", "401 anyone; 303 coordinator; 404 *", f"updates threads {KEPT}", REASON),
]

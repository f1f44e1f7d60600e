"""The administration of people and of the site: for administrators; what was read, for coordinators too."""

from tests.matrix import ON_PAGE, REASON, Row
from tests.support.world import HERE

ONE = "/people/<id:user_id>"
HERS, HER_ACT = "303 anyone; 200 admin; 404 *", "401 anyone; 303 admin; 404 *"
SITE, SITE_ACT = "303 anyone; 200 admin; 403 *", "401 anyone; 303 admin; 403 *"
TOLD = "notices"
ROUTES = [
    Row("GET /people", "", SITE),
    Row(f"GET {ONE}", "", HERS, "accesses"),
    *(
        Row(f"GET {ONE}/{act}", "", HERS)
        for act in ("role", "charge", "signing-out", "suspension", "suspension/lifting", "second-factor/removal")
    ),
    Row(f"POST {ONE}/role", "", HER_ACT, f"users journal {TOLD}", {"role": "coordinator"}),
    Row(f"POST {ONE}/charge", "", HER_ACT, f"facilitators {TOLD}", {"community": "transport-collectif"}),
    Row(f"GET {ONE}/charge/<slug>/withdrawal", "current", HERS),
    Row(f"POST {ONE}/charge/<slug>/withdrawal", "current", HER_ACT, f"facilitators {TOLD}"),
    Row(f"POST {ONE}/signing-out", "", HER_ACT, f"sessions users {TOLD}"),
    Row(f"POST {ONE}/suspension", "", HER_ACT, f"restrictions users sessions journal {TOLD}", REASON),
    Row(f"POST {ONE}/suspension/lifting", "", "401 anyone; 409 admin; 404 *", data=REASON),
    Row(f"POST {ONE}/second-factor/removal", "", "401 anyone; 409 admin; 404 *", data=REASON),
    Row("GET /access-log", "", "303 anyone; 200 admin coordinator; 403 *"),
    Row("GET /account/accesses", "", "303 anyone; 200 *"),
    Row("GET /settings", "", SITE),
    Row(
        "POST /settings",
        "",
        SITE_ACT,
        "settings versions journal",
        {
            "registration_open": "y",
            "trust_posts": "4",
            "trust_days": "7",
            "new_links": "2",
            "new_mentions": "3",
            "new_posts_per_hour": "5",
            "refused_domains": "",
        }
        | ON_PAGE,
    ),
    Row("GET /settings/reset", "", SITE),
    Row("POST /settings/reset", "", SITE_ACT),
]
PAGES = {
    "member": lambda _square: ["/account/accesses"],
    "admin": lambda square: [
        "/people",
        "/people?role=facilitator",
        f"/people/{square.people['facilitator'].id}",
        *(
            f"/people/{square.people['facilitator'].id}/{act}"
            for act in (
                "role",
                "charge",
                f"charge/{HERE}/withdrawal",
                "signing-out",
                "suspension",
                "suspension/lifting",
                "second-factor/removal",
            )
        ),
        "/access-log",
        "/settings",
        "/settings/reset",
    ],
}
EMPTY = {"member": ["/account/accesses"], "coordinator": ["/access-log"], "admin": ["/settings/reset"]}
EDITS = {f"{ONE}/role", "/settings"}

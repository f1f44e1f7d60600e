"""What everybody reads, communities, and the reference data that coordinators keep."""

from tests.matrix import ON_PAGE, WAYS, WORDS, Row

ROOM, KEPT = "/communities/<slug>", "/reference"
NAMED = "<any(issues, territories, organisations):noun>/<id:row_id>"
TWO = "<any(territories, organisations):noun>/<id:row_id>"
HERS, HER_ACT = "303 anyone; 200 coordinator; 404 *", "401 anyone; 303 coordinator; 404 *"
DESK, DESK_ACT = "303 anyone; 200 coordinator; 403 *", "401 anyone; 303 coordinator; 403 *"
TABLE = [
    *(
        Row(f"GET {path}", "", "200 *")
        for path in (
            "/",
            "/about",
            "/privacy",
            "/accessibility",
            "/healthz",
            "/readyz",
            "/robots.txt",
            "/sitemap.xml",
            "/picture.png",
            "/issues",
            "/territories",
            "/organisations",
            "/communities",
            "/issues/<slug>",
            "/territories/<code>",
            "/members/<id:user_id>",
        )
    ),
    Row("POST /language", "", "303 *", data={"lang": "en", "next": "/ideas"}),
    Row("POST /theme", "", "303 *", data={"theme": "auto", "next": "/ideas"}),
    Row("GET /tags/<slug>", "kept", "200 *"),
    Row("GET /tags/<slug>", "merged", "301 *"),
    Row("GET /organisations/<id:organisation_id>", "carrying", "200 *"),
    Row("GET /organisations/<id:organisation_id>", "unseen quiet", "404 *"),
    Row(f"GET {ROOM}", "current archived", "200 *"),
    *(
        Row(f"GET {ROOM}{end}", states, answers)
        for end in (".atom", "/picture.png")
        for states, answers in (("current archived", "200 *"), ("secluded", "404 *"))
    ),
    Row(f"POST {ROOM}/membership", "current", "401 anyone; 404 unconfirmed suspended; 303 *", "memberships notices"),
    Row(f"POST {ROOM}/membership", "archived", "401 anyone; 404 *"),
    Row(f"GET {ROOM}/membership/withdrawal", "current archived", "303 anyone; 200 *"),
    Row(f"POST {ROOM}/membership/withdrawal", "current archived", "401 anyone; 303 *"),
    Row("GET /communities/new", "", DESK),
    Row("POST /communities/new", "", DESK_ACT, "communities slugs versions", WORDS | {"colour": "food"} | WAYS),
    Row(f"GET {ROOM}/edit", "current archived", HERS),
    Row(
        f"POST {ROOM}/edit",
        "current archived",
        HER_ACT,
        "communities slugs versions",
        WORDS | ON_PAGE | {"colour": "food", "slug": "autre-adresse"} | WAYS,
    ),
    Row(f"POST {ROOM}/position", "current archived", HER_ACT, "communities versions", {"direction": "up"}),
    Row(f"POST {ROOM}/archive", "current archived", HER_ACT, "communities versions"),
    Row(f"POST {ROOM}/restoration", "current archived", HER_ACT, "communities versions"),
    Row(f"GET {ROOM}/facilitators", "current archived", "303 anyone; 200 coordinator admin; 404 *"),
    Row(
        f"POST {ROOM}/facilitators",
        "current archived",
        "401 anyone; 303 coordinator admin; 404 *",
        "facilitators notices",
        {"email": "personne2@example.org"},
    ),
    Row(f"GET {ROOM}/facilitators/<id:user_id>/withdrawal", "current", "303 anyone; 200 coordinator admin; 404 *"),
    Row(f"GET {ROOM}/facilitators/<id:user_id>/withdrawal", "archived secluded", "303 anyone; 404 *"),
    Row(
        f"POST {ROOM}/facilitators/<id:user_id>/withdrawal",
        "current",
        "401 anyone; 303 coordinator admin; 404 *",
        "facilitators notices",
    ),
    Row(f"POST {ROOM}/facilitators/<id:user_id>/withdrawal", "archived", "401 anyone; 303 coordinator admin; 404 *"),
    *(Row(f"GET {KEPT}{path}", "", DESK) for path in ("", "/communities", "/issues", "/territories", "/issues/new")),
    Row(f"GET {KEPT}/<any(tags, organisations):noun>", "tags organisations", DESK),
    Row(f"POST {KEPT}/issues/new", "", DESK_ACT, "issues slugs versions", WORDS),
    Row(f"GET {KEPT}/issues/<id:issue_id>/edit", "", HERS),
    Row(
        f"POST {KEPT}/issues/<id:issue_id>/edit",
        "",
        HER_ACT,
        "issues slugs versions",
        WORDS | ON_PAGE | {"slug": "autre-adresse"},
    ),
    Row(f"POST {KEPT}/issues/<id:issue_id>/position", "", HER_ACT, "issues versions", {"direction": "down"}),
    Row(f"GET {KEPT}/{TWO}/edit", "territories organisations", HERS),
    Row(
        f"POST {KEPT}/{TWO}/edit",
        "territories organisations",
        HER_ACT,
        "territories organisations slugs versions",
        {"name": "Autre nom"} | ON_PAGE,
    ),
    Row(
        f"POST {KEPT}/{NAMED}/archive",
        "issues territories organisations",
        HER_ACT,
        "issues territories organisations versions",
    ),
    Row(f"POST {KEPT}/{NAMED}/restoration", "issues territories organisations", HER_ACT, "versions"),
    Row(f"GET {KEPT}/tags/<id:tag_id>/edit", "kept merged", HERS),
    Row(f"POST {KEPT}/tags/<id:tag_id>/edit", "kept", HER_ACT, "tags slugs", {"name": "Vélos"} | ON_PAGE),
    Row(
        f"POST {KEPT}/tags/<id:tag_id>/edit",
        "merged",
        "401 anyone; 409 coordinator; 404 *",
        data={"name": "Vélos"} | ON_PAGE,
    ),
    Row(f"POST {KEPT}/tags/<id:tag_id>/merge", "kept", "401 anyone; 409 coordinator; 404 *", data={"into": "Vélo"}),
    Row(f"POST {KEPT}/tags/<id:tag_id>/merge", "merged", HER_ACT, data={"into": "Vélo"}),
    Row(f"POST {KEPT}/tags/<id:tag_id>/merge/withdrawal", "kept", HER_ACT),
    Row(f"POST {KEPT}/tags/<id:tag_id>/merge/withdrawal", "merged", HER_ACT, "tags"),
    Row(f"GET {ROOM}", "secluded", "200 member author coordinator; 404 *"),
    Row(f"POST {ROOM}/membership", "secluded", "401 anyone; 404 *"),
    Row(f"GET {ROOM}/membership/withdrawal", "secluded", "303 anyone; 200 member author; 200 coordinator; 404 *"),
    Row(
        f"POST {ROOM}/membership/withdrawal",
        "secluded",
        "401 anyone; 303 member author; 303 coordinator; 404 *",
        "memberships",
    ),
    Row(f"GET {ROOM}/edit", "secluded", HERS),
    Row(
        f"POST {ROOM}/edit",
        "secluded",
        HER_ACT,
        "communities slugs versions",
        WORDS | ON_PAGE | {"colour": "food", "slug": "autre-adresse"} | WAYS,
    ),
    Row(f"POST {ROOM}/position", "secluded", HER_ACT, "communities versions", {"direction": "up"}),
    Row(f"POST {ROOM}/archive", "secluded", HER_ACT, "communities versions"),
    Row(f"POST {ROOM}/restoration", "secluded", HER_ACT, "communities versions"),
    Row(f"GET {ROOM}/facilitators", "secluded", HERS),
    Row(f"POST {ROOM}/facilitators", "secluded", HER_ACT, "facilitators notices", {"email": "personne2@example.org"}),
    Row(f"POST {ROOM}/facilitators/<id:user_id>/withdrawal", "secluded", HER_ACT),
]

"""The reference data, which everybody reads and coordinators keep."""

from typing import Any

from sqlalchemy import func, select

from app.core.db import db
from app.reference.models import Acronym, Issue, Territory
from tests.matrix import ON_PAGE, WORDS, Row
from tests.support.law import EVERYONE

KEPT = "/reference"
NAMED = "<any(issues, territories, organisations, acronyms):noun>/<id:row_id>"
TWO = "<any(territories, organisations):noun>/<id:row_id>"
HERS, HER_ACT = "303 anyone; 200 coordinator; 404 *", "401 anyone; 303 coordinator; 404 *"
ACRONYM = {"name": "RPA", "meaning": "résidence pour personnes âgées"}
DESK, DESK_ACT = "303 anyone; 200 coordinator; 403 *", "401 anyone; 303 coordinator; 403 *"
ROUTES = [
    *(
        Row(f"GET {path}", "", "200 *")
        for path in ("/issues", "/territories", "/organisations", "/issues/<slug>", "/territories/<code>")
    ),
    Row("GET /tags/<slug>", "kept", "200 *"),
    Row("GET /tags/<slug>", "merged", "301 *"),
    Row("GET /organisations/<id:organisation_id>", "carrying", "200 *"),
    Row("GET /organisations/<id:organisation_id>", "unseen quiet", "404 *"),
    *(Row(f"GET {KEPT}{path}", "", DESK) for path in ("", "/communities", "/issues", "/territories", "/issues/new")),
    Row(f"GET {KEPT}/<any(tags, organisations, acronyms):noun>", "tags organisations acronyms", DESK),
    Row(f"GET {KEPT}/acronyms/new", "", DESK),
    Row(f"POST {KEPT}/acronyms/new", "", DESK_ACT, "acronyms versions", ACRONYM),
    Row(f"GET {KEPT}/acronyms/<id:acronym_id>/edit", "", HERS),
    Row(f"POST {KEPT}/acronyms/<id:acronym_id>/edit", "", HER_ACT, "acronyms versions", ACRONYM | ON_PAGE),
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
        "issues territories organisations acronyms",
        HER_ACT,
        "issues territories organisations acronyms versions",
    ),
    Row(f"POST {KEPT}/{NAMED}/restoration", "issues territories organisations acronyms", HER_ACT, "versions"),
    Row(f"GET {KEPT}/tags/<id:tag_id>/edit", "kept merged", HERS),
    Row(f"GET {KEPT}/tags/<id:tag_id>/merge", "kept merged", HERS),
    Row(f"POST {KEPT}/tags/<id:tag_id>/edit", "kept", HER_ACT, "tags slugs", {"name": "Vélos"} | ON_PAGE),
    Row(
        f"POST {KEPT}/tags/<id:tag_id>/edit",
        "merged",
        "401 anyone; 409 coordinator; 404 *",
        data={"name": "Vélos"} | ON_PAGE,
    ),
    Row(f"POST {KEPT}/tags/<id:tag_id>/merge", "kept", "401 anyone; 409 coordinator; 404 *", data={"into": "Vélo"}),
    Row(f"POST {KEPT}/tags/<id:tag_id>/merge", "merged", HER_ACT, data={"into": "Vélo"}),
    Row(f"POST {KEPT}/tags/<id:tag_id>/parting", "kept", HER_ACT),
    Row(f"POST {KEPT}/tags/<id:tag_id>/parting", "merged", HER_ACT, "tags"),
    Row(f"GET {KEPT}/organisations/<id:organisation_id>/merge", "quiet carrying unseen", HERS),
    Row(
        f"POST {KEPT}/organisations/<id:organisation_id>/merge",
        "carrying",
        "401 anyone; 409 coordinator; 404 *",
        data={"into": "canari-porteur-vu"},
    ),
    Row(
        f"POST {KEPT}/organisations/<id:organisation_id>/merge",
        "quiet unseen",
        HER_ACT,
        "organisations versions",
        {"into": "canari-porteur-vu"},
    ),
    Row(f"POST {KEPT}/organisations/<id:organisation_id>/parting", "quiet carrying unseen", HER_ACT, "versions"),
]
PAGES = {
    "anyone": lambda square: [
        "/issues",
        "/issues/education",
        "/territories",
        "/territories/70052",
        "/territories/70",
        "/organisations",
        "/tags/velo",
        f"/tags/{square.tags['long'].slug}",
        f"/organisations/{square.organisations['carrying'].id}",
    ],
    "member": lambda _square: ["/reference"],
    "coordinator": lambda square: [
        *(f"/reference{end}" for end in ("", "/communities", "/issues", "/tags", "/territories", "/organisations")),
        "/reference/acronyms",
        "/reference/issues/new",
        "/reference/acronyms/new",
        f"/reference/acronyms/{number_of(square, 'acronyms')}/edit",
        f"/reference/issues/{square.issues[''].id}/edit",
        f"/reference/tags/{square.tags['kept'].id}/edit",
        f"/reference/tags/{square.tags['long'].id}/edit",
        f"/reference/tags/{square.tags['long'].id}/merge",
        f"/reference/territories/{number_of(square, 'territories')}/edit",
        f"/reference/organisations/{number_of(square, 'organisations')}/edit",
        f"/reference/organisations/{number_of(square, 'organisations')}/merge",
    ],
}
EMPTY = {
    "anyone": ["/issues/education", "/territories", "/territories/70052"],
    "coordinator": ["/reference/tags", "/reference/organisations"],
}
EDITS = {
    "/reference/<any(territories, organisations):noun>/<id:row_id>/edit",
    "/reference/issues/<id:issue_id>/edit",
    "/reference/acronyms/<id:acronym_id>/edit",
    "/reference/tags/<id:tag_id>/edit",
}
FORMLESS = {
    f"POST {KEPT}/tags/<id:tag_id>/merge": "the tags there are one already: tests/web/reference/test_keeping.py",
    f"POST {KEPT}/organisations/<id:organisation_id>/parting": (
        "none is merged there: tests/web/reference/test_merged_organisations.py"
    ),
    f"POST {KEPT}/{NAMED}/restoration": "nothing is archived there: tests/web/reference/test_keeping.py",
}


def number_of(square: Any, noun: str) -> int:
    """Return the number of the first row of a noun, or of the organisation that a member keeps to themselves."""
    model: Any = {"issues": Issue, "territories": Territory, "acronyms": Acronym}.get(noun)
    return square.organisations["quiet"].id if model is None else db.session.scalar(select(func.min(model.id))) or 0


VARIABLES = {
    "code": lambda _world, _state: "70052",
    "noun": lambda _world, state: state,
    "row_id": number_of,
    "acronym_id": lambda square, _state: number_of(square, "acronyms"),
}


LAW = {
    "nothing": {"reference:read": EVERYONE, "reference:edit": "coordinator"},
    "issue": {"reference:read": EVERYONE, "reference:edit": "coordinator"},
}


def subject(_make: Any, _people: Any, _name: str) -> Issue | None:
    return db.session.scalars(select(Issue)).first()

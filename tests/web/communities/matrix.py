"""Communities; who is invited to a private one, who accepts, and with whom its team, the coordinator, parts."""

from typing import Any

from app.communities.queries import get_rooms
from app.core import clock
from app.core.unit import unit
from tests.matrix import ON_PAGE, REASON, WAYS, WORDS, Row, closed_form, form
from tests.support.law import CONFIRMED, EVERYONE, SIGNED_IN, TEAM
from tests.support.make import Make
from tests.support.world import HERE, SECLUDED

ROOM = "/communities/<slug>"
INVITATIONS, MEMBERS = "/communities/<slug>/invitations", "/communities/<slug>/members"
OPEN = "current archived"
NO_PAGE, NO_ACT = "303 anyone; 404 *", "401 anyone; 404 *"
DESK, DESK_ACT = "303 anyone; 200 coordinator; 403 *", "401 anyone; 303 coordinator; 403 *"
HERS, HER_ACT = "303 anyone; 200 coordinator; 404 *", "401 anyone; 303 coordinator; 404 *"
ROUTES = [
    *closed_form(INVITATIONS, OPEN, {"email": "quelquun@example.org"}),
    *form(INVITATIONS, "secluded", "coordinator", "invitations outbox", {"email": "quelquun@example.org"}),
    Row(f"POST {INVITATIONS}/<id:invitation_id>/withdrawal", OPEN, NO_ACT),
    Row(f"POST {INVITATIONS}/<id:invitation_id>/withdrawal", "secluded", HER_ACT, "invitations"),
    # A link is taken out of the address first; then only the person whom it was sent to may use it.
    Row("GET /invitations/<token>", "spent invited", "303 *"),
    Row("POST /invitations/<token>", "spent", NO_ACT),
    Row("POST /invitations/<token>", "invited", "401 anyone; 303 facilitator; 403 *", "invitations memberships"),
    Row(f"GET {MEMBERS}", "current", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(f"GET {MEMBERS}", "archived secluded", HERS),
    *closed_form(f"{MEMBERS}/<id:user_id>/removal", OPEN, REASON),
    *form(f"{MEMBERS}/<id:user_id>/removal", "secluded", "coordinator", "memberships notices journal", REASON),
    Row("GET /communities", "", "200 *"),
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
    Row(
        "POST /communities/new",
        "",
        DESK_ACT,
        "communities community_issues journal slugs versions",
        WORDS | {"colour": "food"} | WAYS,
    ),
    Row(f"GET {ROOM}/edit", "current archived", HERS),
    Row(
        f"POST {ROOM}/edit",
        "current archived",
        HER_ACT,
        "communities community_issues journal slugs versions",
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
        "communities community_issues journal slugs versions",
        WORDS | ON_PAGE | {"colour": "food", "slug": "autre-adresse"} | WAYS,
    ),
    Row(f"POST {ROOM}/position", "secluded", HER_ACT, "communities versions", {"direction": "up"}),
    Row(f"POST {ROOM}/archive", "secluded", HER_ACT, "communities versions"),
    Row(f"POST {ROOM}/restoration", "secluded", HER_ACT, "communities versions"),
    Row(f"GET {ROOM}/facilitators", "secluded", HERS),
    Row(f"POST {ROOM}/facilitators", "secluded", HER_ACT, "facilitators notices", {"email": "personne2@example.org"}),
    Row(f"POST {ROOM}/facilitators/<id:user_id>/withdrawal", "secluded", HER_ACT),
]
CHARGES = f"/communities/{HERE}/facilitators"
PAGES = {
    "anyone": lambda square: ["/communities", f"/communities/{HERE}", f"/communities/{square.rooms['archived']}"],
    "program": lambda _square: [f"/communities/{HERE}/picture.png", f"/communities/{HERE}.atom"],
    "member": lambda _square: [f"/communities/{HERE}"],
    "author": lambda _square: [f"/communities/{SECLUDED}/membership/withdrawal"],
    "facilitator": lambda _square: [
        f"/communities/{HERE}",
        f"/communities/{HERE}/members",
        f"/communities/{HERE}/members?q=zzz",
    ],
    "coordinator": lambda square: [
        "/communities",
        "/communities/new",
        f"/communities/{HERE}",
        f"/communities/{HERE}/edit",
        CHARGES,
        f"{CHARGES}?q={square.people['member'].name[:3]}",
        f"{CHARGES}/{square.people['facilitator'].id}/withdrawal",
        f"/communities/{SECLUDED}/invitations",
        f"/communities/{SECLUDED}/members",
        f"/communities/{SECLUDED}/members/{square.people['author'].id}/removal",
    ],
}
EMPTY = {"anyone": ["/communities", f"/communities/{HERE}"], "coordinator": [CHARGES]}
EDITS = {f"{ROOM}/edit"}
FORMLESS = {
    "POST /invitations/<token>": "the link leaves the address for /invitations/link: tests/web/communities/test_invitations.py"
}
FOUND_ON = {f"POST {ROOM}/{act}": "/reference/communities" for act in ("position", "archive", "restoration")}
FOUND_BY = {f"POST {ROOM}/membership/withdrawal": "member"}


@unit()
def add(make: Make, world: Any) -> None:
    """One waits for the facilitator, whose link is known here; one, for an address without an account."""
    world.tokens["invited"] = "jeton-de-l-invitation"
    make.invitation(
        SECLUDED, world.people["facilitator"].email, token=world.tokens["invited"], by_id=world.people["coordinator"].id
    )
    waiting = make.invitation(SECLUDED, "canari-invitation@example.org", by_id=world.people["coordinator"].id)
    world.invitations = dict.fromkeys(("current", "archived", "secluded"), waiting)


LAW = {
    "nothing": {"invitation:accept": CONFIRMED, "invitation:open": EVERYONE},
    "community": {
        "community:read": EVERYONE,
        "community:join": CONFIRMED,
        "community:leave": SIGNED_IN,
        "community:moderate": TEAM,
        "sitting:open": TEAM,
        "community:edit": "coordinator",
        "community:grant": "coordinator admin",
        "community:invite": "",
        "community:list_members": TEAM,
        "community:part": "",
        "update:publish": TEAM,
    },
    "archived community": {
        "community:read": EVERYONE,
        "community:join": "",
        "community:leave": SIGNED_IN,
        "community:moderate": "coordinator",
        "sitting:open": "",
        "community:edit": "coordinator",
        "community:grant": "coordinator admin",
        "community:invite": "",
        "community:list_members": "coordinator",
        "community:part": "",
        "update:publish": "",
    },
    "secluded community": {
        "community:read": "author coordinator",
        "community:join": "",
        "community:leave": "author coordinator",
        "community:moderate": "coordinator",
        "sitting:open": "coordinator",
        "community:edit": "coordinator",
        "community:grant": "coordinator",
        "community:invite": "coordinator",
        "community:list_members": "coordinator",
        "community:part": "coordinator",
        "update:publish": "coordinator",
    },
}


def subject(make: Make, _people: Any, name: str) -> Any:
    """Return a community: that of the team, one of the archives, or the private one of `author`."""
    slug = {"archived community": lambda: make.community(archived_at=clock.now()).slug}.get(name, lambda: HERE)()
    return get_rooms().by_slug[SECLUDED if name.startswith("secluded") else slug]

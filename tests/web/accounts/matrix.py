"""One's own account: what is asked for is always one's own, so that nobody reaches another's."""

from typing import Any

from sqlalchemy import func, select

from app.accounts import queries
from app.accounts.models.people import Profile, User
from app.accounts.models.sessions import Session
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from tests.matrix import ON_PAGE, Row
from tests.support.law import EVERYONE, SIGNED_IN
from tests.support.make import Make

MINE, MY_ACT = "303 anyone; 200 *", "401 anyone; 303 *"
ROUTES = [
    Row("GET /members/<id:user_id>", "", "200 *"),
    *(
        Row(f"GET {path}", "", MINE)
        for path in ("/account", "/account/profile", "/account/sessions", "/account/closing")
    ),
    Row("POST /account/language", "", MY_ACT, "users", {"locale": "en"}),
    Row("POST /account/address/revival", "", MY_ACT),
    Row("POST /account/profile", "", MY_ACT, "users", {"name": "Autre Nom"} | ON_PAGE),
    Row("POST /account/closing", "", "401 anyone; 422 *", data={"password": "pas le bon du tout"}),
    Row("POST /account/sessions/<id:session_id>/revocation", "", "401 anyone; 303 member; 404 *", "sessions"),
    Row("POST /account/sessions/revocation", "", MY_ACT, "sessions users"),
    *(
        Row(f"GET /account/{path}", "", MINE)
        for path in ("email", "password", "recovery-codes", "two-factor", "verify")
    ),
    Row("POST /account/email", "", "401 anyone; 422 *", data={"email": "pas une adresse"}),
    Row("POST /account/password", "", "401 anyone; 422 *", data={"password": "x", "new_password": "y"}),
    Row("POST /account/recovery-codes", "", "401 anyone; 200 *", "users"),
    Row("POST /account/two-factor", "", "401 anyone; 422 *"),
    Row("POST /account/two-factor/<token>", "", "401 anyone; 303 *"),
    Row("POST /account/verify", "", "401 anyone; 422 *", data={"password": "pas le bon du tout"}),
    Row("GET /account/email/<token>", "", "303 *"),
    Row("POST /account/email/<token>", "", "303 *"),
    Row("GET /login", "", "200 anyone; 302 *"),
    Row("POST /login", "", "422 anyone; 303 *", data={"email": "personne1@example.org", "password": "non"}),
    Row("POST /logout", "", "303 *", "sessions"),
    Row("GET /register", "", "200 anyone; 303 *"),
    Row("GET /register/sent", "", "200 *"),
    Row("POST /register", "", "422 anyone; 303 *", data={"email": "pas une adresse"}),
    Row("GET /forgot", "", "200 *"),
    Row("POST /forgot", "", "303 *", "account_requests", data={"email": "nulle.part@example.org"}),
    Row("GET /forgot/<token>", "", "303 *"),
    Row("POST /forgot/<token>", "", "303 *"),
    Row("GET /confirm", "", "200 *"),
    Row("POST /confirm", "", "303 *", "account_requests", data={"email": "nulle.part@example.org"}),
    Row("GET /confirm/<token>", "", "303 *"),
    Row("POST /confirm/<token>", "", "303 *"),
    Row("GET /login/code", "", "302 anyone; 303 *"),
    Row("POST /login/code", "", "303 *"),
    Row("GET /login/recovery", "", "302 *"),
    Row("POST /login/recovery", "", "303 *"),
    *(Row(f"{method} /login/{path}", "", "404 *") for method in ("GET", "POST") for path in ("method", "rescue")),
]
PAGES = {
    "anyone": lambda square: [
        "/login",
        "/register",
        "/register/sent",
        "/forgot",
        "/confirm",
        f"/members/{square.people['author'].id}",
    ],
    "member": lambda square: [
        "/account",
        "/account/profile",
        "/account/email",
        "/account/password",
        "/account/sessions",
        "/account/two-factor",
        "/account/recovery-codes",
        "/account/verify",
        "/account/closing",
        f"/members/{square.people['member'].id}",
    ],
}
EMPTY = {"member": ["/account", "/account/sessions"], "admin": ["/account"]}
EDITS = {"/account/language", "/account/profile"}
FORMLESS = {
    f"POST /{path}": "who is signed in already is led home, whatever they send" for path in ("login", "register")
}
FOUND_ON = {"POST /logout": "/account"}


def _last_session(world: Any, _state: str) -> int:
    user_id = world.people["member"].id
    return db.session.scalar(select(func.max(Session.id)).where(Session.user_id == user_id)) or 0


VARIABLES = {"session_id": _last_session}


LAW = {
    "nothing": {"account:register": EVERYONE, "account:signed_in": SIGNED_IN, "account:administer": "admin"},
    "account of the member": {"account:read": EVERYONE, "account:manage": "member", "account:administer": "admin"},
    "account not confirmed": {"account:read": "", "account:manage": "unconfirmed", "account:administer": "admin"},
    "account closed": {"account:read": "", "account:manage": "", "account:administer": "admin"},
    "profile": {
        "profile:read": EVERYONE,
        "profile:read_own": "member",
        "profile:hide": "coordinator",
        "profile:restore": "",
    },
    "profile hidden": {
        "profile:read": "coordinator",
        "profile:read_own": "member",
        "profile:hide": "",
        "profile:restore": "coordinator",
    },
    "profile changed": {
        "profile:read": "coordinator",
        "profile:read_own": "member",
        "profile:hide": "coordinator",
        "profile:restore": "coordinator",
    },
    "profile of the coordinator": {
        "profile:read": "coordinator",
        "profile:read_own": "coordinator",
        "profile:hide": "",
        "profile:restore": "",
    },
    "profile closed": {"profile:read": "", "profile:read_own": "", "profile:hide": "", "profile:restore": ""},
}


def subject(make: Make, people: dict[str, Actor], name: str) -> Any:
    """Return an account, or what somebody says of themselves."""
    kind, _space, state = name.partition(" ")
    who = {"not confirmed": "unconfirmed", "of the coordinator": "coordinator"}.get(state, "member")
    is_closed = state == "closed"
    user = make.user(closed_at=clock.now(), active=False) if is_closed else db.session.get_one(User, people[who].id)
    if kind == "account":
        return user
    moment = clock.now()
    make.add(
        Profile(
            author_id=user.id,
            hidden_at=moment if state and not is_closed else None,
            changed_at=moment if state == "changed" else None,
        )
    )
    return queries.get_profile(user)

"""One's own account: what is asked for is always one's own, so that nobody reaches another's."""

from typing import Any

from sqlalchemy import func, select

from app.accounts.models.sessions import Session
from app.core.db import db
from tests.matrix import ON_PAGE, Row

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
    "anyone": lambda square: ["/login", "/register", "/forgot", "/confirm", f"/members/{square.people['author'].id}"],
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

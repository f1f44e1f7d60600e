"""People, their communities and any other row, built straight in the tables."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask_security import hash_password
from sqlalchemy import bindparam, select

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.communities.invitations import LASTS, hash_token
from app.communities.models import Community, Facilitator, Invitation, Membership, Restriction
from app.core import clock, versions
from app.core.actor import Actor
from app.core.db import db
from app.core.text.plain import sort_key
from app.core.unit import unit
from app.notifications.service.settings import set_paces

PASSWORD = "une phrase de passe correcte"
NAMED = select(Community).where(Community.slug == bindparam("slug"))
FIRST = select(Community).order_by(Community.position, Community.id).limit(1)


@cache
def _hash() -> str:
    """Hash the one password of all test accounts once: it is slow by design."""
    return str(hash_password(PASSWORD))


class MakePeople:
    """Each call stores its row (in a transaction of its own) and gives it."""

    def __init__(self) -> None:
        self.last_number = 0

    def _next(self) -> int:
        self.last_number += 1
        return self.last_number

    def add(self, row: Any) -> Any:
        """Store any row."""
        with unit():
            db.session.add(row)
            db.session.flush()
        return row

    def user(
        self,
        name: str | None = None,
        role: str = "member",
        is_confirmed: bool = True,
        facilitates: Sequence[Any] = (),
        **columns: Any,
    ) -> User:
        """Return somebody, in charge of the communities that are named."""
        with unit():
            user = self.add(self.new_user(name, role, is_confirmed, **columns))
            for community in facilitates:
                self.facilitator(user, community)
        return user

    def new_user(
        self, name: str | None = None, role: str = "member", is_confirmed: bool = True, **columns: Any
    ) -> User:
        """Return somebody who is not stored yet."""
        n = self._next()
        name = f"Personne {n}" if name is None else name
        defaults = {
            "email": f"personne{n}@example.org",
            "password": _hash(),
            "name": name,
            "sort_key": sort_key(name),
            "fs_uniquifier": uuid.uuid4().hex,
            "confirmed_at": clock.now() if is_confirmed else None,
            "site_role": role,
            "trusted_at": clock.now(),
        }
        return User(**defaults | columns)

    def paces(self, user: User, **paces: str) -> User:
        set_paces(user.id, paces)
        return user

    def actor(
        self,
        user: User | None = None,
        role: str = "member",
        facilitates: list[str] | None = None,
        member_of: list[str] | None = None,
        **columns: Any,
    ) -> Actor:
        """Return the actor of a user (a new one by default), in charge of the communities that are named."""
        user = user or self.user(role=role, **columns)
        for slug in facilitates or []:
            self.facilitator(user, slug)
        for slug in member_of or []:
            self.add(Membership(user_id=user.id, community_id=self.room(slug).id))
        return actor_for(user)

    def restriction(self, user: User, community: Any = None, **columns: Any) -> Restriction:
        """Suspend somebody: from a community that is named, else from the whole site."""
        room_id = self.room(community).id if community else None
        return self.add(
            Restriction(**{"user_id": user.id, "community_id": room_id, "kind": "suspend", "reason": "Motif"} | columns)
        )

    def facilitator(self, user: User, community: Any, **columns: Any) -> Facilitator:
        return self.add(Facilitator(user_id=user.id, community_id=self.room(community).id, **columns))

    def invitation(self, community: Any, email: str, token: str = "", **columns: Any) -> Invitation:
        """Return an invitation to an address; its token is known where one is given."""
        defaults = {
            "by_id": columns.pop("by_id", None) or self.user().id,
            "expires_at": clock.now() + LASTS,
            "token_hash": hash_token(token or uuid.uuid4().hex),
        }
        return self.add(Invitation(community_id=self.room(community).id, email=email, **defaults | columns))

    def room(self, community: Any = None) -> Community:
        """Return the community of a slug (the first one by default)."""
        if isinstance(community, str):
            return db.session.scalars(NAMED, {"slug": community}).one()
        return community or db.session.scalars(FIRST).one()

    def community(self, **columns: Any) -> Community:
        n = self._next()
        row = Community(**{"slug": f"communaute-{n}", "name": f"Communauté {n}", "position": 100 + n} | columns)
        with unit():
            db.session.add(row)
            db.session.flush()
            versions.touch("reference")
        return row

    def at(self, row: Any, **moments: datetime) -> Any:
        """Change columns of a row that is stored already (its dates, its counts)."""
        model, row_id = type(row), row.id
        with unit():
            stored = db.session.get_one(model, row_id)
            for name, value in moments.items():
                setattr(stored, name, value)
        return row

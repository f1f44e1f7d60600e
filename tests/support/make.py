"""Rows built straight in the tables: what the platform would have written, without its forms."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask_security import hash_password
from sqlalchemy import bindparam, insert, select, update

from app.accounts.models.people import User
from app.comments.models import Comment, Thread, Useful
from app.communities.actors import actor_for
from app.communities.invitations import LASTS, hash_token
from app.communities.models import Community, Facilitator, Invitation, Membership, Restriction
from app.core import clock, versions
from app.core.actor import Actor
from app.core.db import db
from app.core.text import markdown
from app.core.text.plain import excerpt, fold, sort_key
from app.core.text.slug import slugify
from app.core.unit import unit
from app.ideas.models import PUBLIC, Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, Revision, StatusChange
from app.notifications.service.settings import set_paces
from app.plan.models.structure import Action
from app.reference.models import Issue, Tag, Territory
from app.updates.models import Update
from app.votes.models import Vote

PASSWORD = "une phrase de passe correcte"
NAMED = select(Community).where(Community.slug == bindparam("slug"))
FIRST = select(Community).order_by(Community.position, Community.id).limit(1)


@cache
def _hash() -> str:
    """Hash the one password of all test accounts once: it is slow by design."""
    return str(hash_password(PASSWORD))


@cache
def _text(body: str) -> dict[str, Any]:
    """Return the columns of a text, which are computed once: most rows of tests say the same."""
    html = markdown.render(body)
    return {
        "body": body,
        "body_html": html,
        "renderer": markdown.VERSION,
        "excerpt": excerpt(markdown.to_line(html), 200),
    }


def idea_page(idea: Idea) -> str:
    return f"/ideas/{idea.id}-{idea.slug}"


class Make:
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

    def idea(
        self,
        author: User | None = None,
        community: Any = None,
        status: str = "published",
        title: str | None = None,
        body: str = "Un texte qui dit *pourquoi* et comment.",
        votes: int = 0,
        issues: Sequence[str] = (),
        territories: Sequence[str] = (),
        tags: Sequence[Tag] = (),
        communities: Sequence[str] = (),
        **columns: Any,
    ) -> Idea:
        """Return an idea as publishing would have left it: its thread, its first revision, its places (by code), …"""
        n = self._next()
        title = f"Une idée numéro {n}" if title is None else title
        moment = clock.now() if status in PUBLIC else None
        with unit():
            room = None if "community_id" in columns else self.room(community)
            writer = None if "imported_author_id" in columns else (author or self.user()).id
            row = Idea(
                **{
                    "status": status,
                    "title": title,
                    "slug": slugify(title),
                    "community_id": room and room.id,
                    "author_id": writer,
                    "published_at": moment,
                    "status_at": moment,
                    "votes_count": votes,
                    "search_text": fold(f"{title} {body} {columns.get('spot', '')}"),
                    "revisions_count": int(status in PUBLIC),
                    "is_private": room is not None and room.is_private,
                }
                | _text(body)
                | columns
            )
            row.thread_id = self._thread("idea", title, row.community_id, writer, row.is_published, row.is_open)
            db.session.add(row)
            db.session.flush()
            self._history(row)
            self._place(
                row.id, issues, territories, [tag.id for tag in tags], [self.room(slug).id for slug in communities]
            )
            self._supports(row.id, votes)
        return row

    def _history(self, idea: Idea) -> None:
        if idea.revisions_count:
            db.session.add(
                Revision(
                    idea_id=idea.id,
                    number=1,
                    **{name: getattr(idea, name) for name in ("title", "body", "body_html", "spot")},
                )
            )
        if idea.status in PUBLIC:
            db.session.add(StatusChange(idea_id=idea.id, status=idea.status, by_id=idea.author_id))

    def _place(self, idea_id: int, issues: Any, territories: Any, tag_ids: list[int], room_ids: list[int]) -> None:
        issue_ids = db.session.scalars(select(Issue.id).where(Issue.slug.in_(issues))).all() if issues else []
        place_query = select(Territory.id).where(Territory.code.in_(territories))
        place_ids = db.session.scalars(place_query).all() if territories else []
        db.session.add_all(IdeaIssue(idea_id=idea_id, issue_id=issue_id) for issue_id in issue_ids)
        db.session.add_all(IdeaTerritory(idea_id=idea_id, territory_id=place_id) for place_id in place_ids)
        db.session.add_all(IdeaTag(idea_id=idea_id, tag_id=tag_id) for tag_id in tag_ids)
        db.session.add_all(IdeaCommunity(idea_id=idea_id, community_id=room_id) for room_id in room_ids)

    def _supports(self, idea_id: int, votes: int) -> None:
        if votes:
            common = {"sort_key": "appui", "confirmed_at": clock.now()}
            people = [common | {"name": f"Appui {n}", "fs_uniquifier": uuid.uuid4().hex} for n in range(votes)]
            ids = db.session.scalars(insert(User).returning(User.id), people).all()
            db.session.execute(insert(Vote), [{"user_id": user_id, "idea_id": idea_id} for user_id in ids])

    def vote(self, user: User, idea: Idea, **columns: Any) -> Vote:
        with unit():
            row = Vote(user_id=user.id, idea_id=idea.id, **columns)
            db.session.add(row)
            db.session.execute(update(Idea).where(Idea.id == idea.id).values(votes_count=Idea.votes_count + 1))
        return row

    def thread(
        self,
        kind: str = "idea",
        title: str = "Un fil",
        community: Any = None,
        author: User | None = None,
        is_public: bool = True,
        is_open: bool = True,
    ) -> Thread:
        room, writer = self.room(community).id, author.id if author else None
        with unit():
            thread_id = self._thread(kind, title, room, writer, is_public, is_open)
        return db.session.get_one(Thread, thread_id)

    def _thread(
        self, kind: str, title: str, community_id: int | None, author_id: int | None, is_public: bool, is_open: bool
    ) -> int:
        room = db.session.get(Community, community_id) if community_id else None
        row = Thread(
            kind=kind,
            title=title,
            community_id=community_id,
            author_id=author_id,
            is_public=is_public,
            is_open=is_open,
            is_private=room is not None and room.is_private,
        )
        db.session.add(row)
        db.session.flush()
        return row.id

    def comment(
        self,
        thread: Any,
        author: User | None = None,
        body: str = "Une réponse.",
        parent: Comment | None = None,
        **columns: Any,
    ) -> Comment:
        """Return a comment on a thread, or on the thread of an idea, an update or an action."""
        text = {name: value for name, value in _text(body).items() if name != "excerpt"}
        with unit():
            thread_id = thread.id if isinstance(thread, Thread) else thread.thread_id
            writer = None if "imported_author_id" in columns else (author or self.user()).id
            place = (
                {"parent_id": parent.id, "root_id": parent.root_id or parent.id, "depth": parent.depth + 1}
                if parent
                else {}
            )
            row = Comment(**{"thread_id": thread_id, "author_id": writer} | place | text | columns)
            db.session.add(row)
            db.session.flush()
            if row.status in (None, "published") and not row.is_hidden and not row.is_deleted:
                for table, key in (
                    (Thread, Thread.id),
                    (Idea, Idea.thread_id),
                    (Update, Update.thread_id),
                    (Action, Action.thread_id),
                ):
                    db.session.execute(
                        update(table).where(key == thread_id).values(comments_count=table.comments_count + 1)
                    )
                db.session.execute(update(Thread).where(Thread.id == thread_id).values(unread_id=row.id))
        return row

    def useful(self, user: User, comment: Comment) -> Useful:
        with unit():
            row = Useful(user_id=user.id, comment_id=comment.id)
            db.session.add(row)
            db.session.execute(
                update(Comment).where(Comment.id == comment.id).values(useful_count=Comment.useful_count + 1)
            )
        return row

    def update(
        self,
        author: User | None = None,
        community: Any = None,
        title: str | None = None,
        body: str = "Ce que nous avons fait ce mois-ci.",
        **columns: Any,
    ) -> Update:
        """Return a piece of news of a community, with its thread."""
        title = f"Nouvelle {self._next()}" if title is None else title
        with unit():
            room, writer = self.room(community), author or self.user()
            if author is None:
                self.facilitator(writer, room)
            row = Update(
                **{"community_id": room.id, "author_id": writer.id, "title": title, "is_private": room.is_private}
                | _text(body)
                | columns
            )
            row.thread_id = self._thread("update", title, room.id, writer.id, row.is_public, row.is_public)
            db.session.add(row)
            db.session.flush()
        return row

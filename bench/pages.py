"""The pages that are measured, and the addresses that they have on a site."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Row, func, select

from app.accounts.models.people import User
from app.communities import queries as communities
from app.core.db import db
from app.core.paging import format_cursor
from app.events.models.meetings import Event
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.ideas.queries.reading import in_public
from app.reference import queries as reference
from app.reference.models import Tag


@dataclass(frozen=True)
class Page:
    """A page and its address; `is_staff`: a coordinator alone reads it."""

    name: str
    path: str
    is_staff: bool = False


def find(app: Flask) -> list[Page]:
    """Return the pages of a site, with the addresses of what it holds most of, or of its middle."""
    with app.app_context():
        return [
            *_lists(),
            *_subjects(),
            *_meetings(),
            Page("desk", "/moderation", is_staff=True),
            Page("journal", "/journal"),
            Page("search, one word", "/search?q=transport"),
            Page("search, two words", "/search?q=jeunes+transport"),
            Page("profile", f"/members/{_most(Idea.author_id)}"),
            Page("about", "/about"),
        ]


def _lists() -> list[Page]:
    issue = reference.get_catalogue().issue[_most(IdeaIssue.issue_id)]
    territory = reference.get_catalogue().place[_most(IdeaTerritory.territory_id)]
    return [
        Page("home", "/"),
        Page("list", "/ideas"),
        Page("list, community and issue", f"/ideas?community={_community()}&issue={issue.slug}"),
        Page("list, territory", f"/ideas?territory={territory.code}"),
        Page("list, tag", f"/ideas?tag={_tag()}"),
        Page("list, deep page", f"/ideas?after={_middle()}"),
        Page("list, most supported", "/ideas?sort=supported"),
    ]


def _subjects() -> list[Page]:
    ten = _idea(func.abs(Idea.comments_count - 10))
    most = _idea(Idea.comments_count.desc())
    return [
        Page("idea, 10 comments", f"/ideas/{ten.id}-{ten.slug}"),
        Page("idea, most comments", f"/ideas/{most.id}-{most.slug}"),
        Page("community", f"/communities/{_community()}"),
        Page("tag", f"/tags/{_tag()}"),
    ]


def _meetings() -> list[Page]:
    first = db.session.scalar(select(func.min(Event.id)))
    return [
        Page("meetings", "/events"),
        Page("meetings, past", "/events?when=past"),
        Page("meeting", f"/events/{first}"),
    ]


def _most(column: Any) -> int:
    """Return the value that most rows have."""
    n = func.count()
    return int(db.session.execute(select(column).group_by(column).order_by(n.desc(), column).limit(1)).scalar_one())


def _community() -> str:
    return communities.get_rooms().by_id[_most(IdeaCommunity.community_id)].slug


def _tag() -> str:
    return str(db.session.execute(select(Tag.slug).where(Tag.id == _most(IdeaTag.tag_id))).scalar_one())


def _middle() -> str:
    """Return the place of the idea in the middle of the list of all."""
    half = (db.session.scalar(select(func.count()).select_from(Idea)) or 0) // 2
    newest = select(Idea.published_at, Idea.id).where(in_public()).order_by(Idea.published_at.desc(), Idea.id.desc())
    return format_cursor(*db.session.execute(newest.offset(half).limit(1)).one())


def _idea(order: Any) -> Row[tuple[int, str]]:
    return db.session.execute(select(Idea.id, Idea.slug).where(in_public()).order_by(order, Idea.id).limit(1)).one()


def coordinator(app: Flask) -> int:
    """Give the last person of the site the charge of coordinator; return their id."""
    with app.app_context():
        user = db.session.scalars(select(User).order_by(User.id.desc()).limit(1)).one()
        user.site_role = "coordinator"
        db.session.commit()
        return user.id

"""An idea among others, in a list or on a card, drawn once for as long as it shows the same."""

from datetime import datetime
from typing import NamedTuple

from flask import Flask
from markupsafe import Markup

from app.ideas.queries.rows import IdeaRow
from app.web.frame.drawings import draw_once
from app.web.frame.filters import label, name_author, name_places
from app.web.frame.session import rooms


class IdeaView(NamedTuple):
    """All that is shown of an idea there; what has a name in two languages is in the reader's."""

    id: int
    slug: str
    title: str
    kind: str
    status: str
    votes_count: int
    comments_count: int
    community: str | None
    colour: str
    territory: str | None
    excerpt: str
    author: str
    published_at: datetime | None
    lang: str


def draw_row(idea: IdeaRow) -> Markup:
    return draw_once("ideas/_row.html", _read(idea))


def draw_card(idea: IdeaRow) -> Markup:
    return draw_once("ideas/_card.html", _read(idea))


def _read(idea: IdeaRow) -> IdeaView:
    room = rooms().by_id.get(idea.community_id or 0)
    return IdeaView(
        idea.id,
        idea.slug,
        idea.title,
        idea.kind,
        idea.status,
        idea.votes_count,
        idea.comments_count,
        label(room) if room else None,
        room.colour if room else "neutral",
        name_places([int(number) for number in (idea.places or "").split()]),
        idea.excerpt,
        name_author(idea.author_name, idea.author_closed_at),
        idea.published_at,
        idea.lang,
    )


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(idea_row=draw_row, idea_card=draw_card)

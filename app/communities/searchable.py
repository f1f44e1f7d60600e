"""What search finds of communities: their names and descriptions, in both languages."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from sqlalchemy import select

from app.communities.models import Community
from app.communities.queries import Room, get_visible_rooms
from app.core.actor import Actor
from app.core.db import db
from app.core.text import markdown
from app.search.index.index_sync import Source
from app.search.index.texts import UNDATED, Description, Text


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these communities; who sees a private one is left to each search."""
    rows = db.session.scalars(select(Community).where(Community.id.in_(ids)))
    return [
        Text(
            "community",
            row.id,
            UNDATED,
            f"{row.name} {row.name_en or ''}",
            f"{row.description} {row.description_en or ''}",
            names=(row.name, row.name_en or ""),
        )
        for row in rows
    ]


def _list_seen(actor: Actor, among: Collection[int]) -> Collection[int]:
    rooms = get_visible_rooms(actor).by_id.keys()
    return rooms & set(among) if among else rooms


def describe(actor: Actor, ids: Collection[int], lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these communities that a person may read."""
    rooms = get_visible_rooms(actor).by_id
    return {row_id: _describe(rooms[row_id], lang) for row_id in ids if row_id in rooms}


@lru_cache(maxsize=200)
def _describe(room: Room, lang: str) -> Description:
    (name, name_lang), (text, text_lang) = (_in(lang, room, field) for field in ("name", "description"))
    return Description(room, name, markdown.to_line(markdown.render(text)), name_lang, text_lang, community_id=room.id)


def _in(lang: str, room: Room, field: str) -> tuple[str, str]:
    """Return a name or a description in the language of whoever reads, else in French, and its language."""
    in_english = getattr(room, f"{field}_en") if lang == "en" else None
    return (in_english, "en") if in_english else (getattr(room, field), "fr")


SOURCE = Source(
    kind="community",
    number=4,
    model=Community,
    columns=("name", "name_en", "description", "description_en"),
    read=list_texts,
    sight=_list_seen,
    describe=describe,
)

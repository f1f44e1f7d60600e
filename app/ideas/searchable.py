"""What search finds of ideas: those that are public, by their titles, their texts and where they are placed."""
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Integer, bindparam, func, select

from app.core.db import db
from app.core.text.plain import fold
from app.ideas.models import Idea, IdeaTerritory
from app.ideas.queries.reading import is_public
from app.search.following import Part, Source
from app.search.texts import Text

_IDS = bindparam("ids", expanding=True, type_=Integer)
_IDEAS = select(
    Idea.id, func.coalesce(Idea.published_at, Idea.created_at), Idea.title, Idea.search_text, Idea.thread_id, Idea.lang
).where(Idea.id.in_(_IDS), is_public())
_PLACES = select(IdeaTerritory.idea_id, IdeaTerritory.territory_id).where(IdeaTerritory.idea_id.in_(_IDS)).order_by(
    IdeaTerritory.territory_id)


def read(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these ideas that are to be found."""
    rows = db.session.execute(_IDEAS, {_IDS.key: list(ids)}).all()
    places = defaultdict[int, list[int]](list)
    for idea_id, place in db.session.execute(_PLACES, {_IDS.key: list(ids)}) if rows else ():
        places[idea_id].append(place)
    # The folded text begins with the title.
    return [Text("idea", row_id, at, title, text.removeprefix(fold(title)), thread_id, lang, tuple(places[row_id]))
            for row_id, at, title, text, thread_id, lang in rows]


SOURCE = Source(
    "idea", Idea,
    ("title", "search_text", "lang", "status", "published_at", "hidden_at", "deleted_at", "merged_into", "thread_id"),
    read, {IdeaTerritory: Part((), lambda row: int(row.idea_id))})

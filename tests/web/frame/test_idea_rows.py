"""An idea in a list is drawn once for as long as it shows the same, and anew as soon as anything that it shows changes."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models.people import ImportedAuthor
from app.core import clock
from app.core.db import db
from app.forms.places import get_place_names
from app.ideas.models import IdeaTerritory
from app.reference.models import Territory
from app.reference.queries import get_catalogue
from tests.support import without_cache
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE


def changes(make: Make) -> list[tuple[Any, dict[str, Any]]]:
    """Write two ideas; return what may change of what a list shows of them, one thing after the other."""
    author, elsewhere = make.user(), make.add(ImportedAuthor(source="ailleurs", name="Une personne d'ailleurs"))
    idea = make.idea(author, HERE, territories=["70052"])
    make.idea(imported_author_id=elsewhere.id)
    place = db.session.scalars(select(Territory).where(Territory.code == "70052")).one()
    other, another = db.session.scalars(
        select(Territory).where(Territory.id != place.id, Territory.kind != "mrc").limit(2)
    ).all()
    placing = db.session.scalars(select(IdeaTerritory)).one()
    return [
        (idea, {"title": "Un autre titre"}),
        (idea, {"slug": "un-autre-titre"}),
        (idea, {"kind": "need"}),
        (idea, {"status": "retained"}),
        (idea, {"votes_count": 7}),
        (idea, {"comments_count": 3}),
        (idea, {"lang": "en"}),
        (idea, {"excerpt": "Un autre début."}),
        (idea, {"published_at": clock.now() - timedelta(days=40)}),
        (make.room(HERE), {"name": "Un autre nom"}),
        (make.room(HERE), {"name_en": "Another name"}),
        (make.room(HERE), {"colour": "sea"}),
        (idea, {"community_id": make.room(ELSEWHERE).id}),
        (idea, {"community_id": None}),
        (place, {"name": "Une ville"}),
        (another, {"name": "Une ville"}),
        (place, {"kind": "village"}),
        (placing, {"territory_id": other.id}),
        (author, {"name": "Un autre nom"}),
        (author, {"closed_at": clock.now()}),
        (elsewhere, {"name": "Une autre"}),
    ]


def test_whatever_a_list_shows_of_an_idea_is_seen_as_soon_as_it_changes(make: Make, visitor: Browser) -> None:
    """As a row of the list, and as a card of the first page."""
    assert list(without_cache.list_late(visitor, ("/ideas", "/ideas?lang=en", "/", "/?lang=en"), changes(make))) == []


def test_places_stand_in_the_order_of_the_catalogue_and_beyond_three_only_two_are_named(
    make: Make, visitor: Browser
) -> None:
    places = get_catalogue().places
    names = list(get_place_names().values())
    make.idea(title="Partout", territories=[place.code for place in reversed(places[1:6])])
    make.idea(title="Aux trois", territories=[place.code for place in reversed(places[1:4])])
    rows = {
        row.h3.text: row.select_one(".facts").get_text() for row in visitor.get("/ideas").soup.select("article.row")
    }
    assert f"{names[1]}, {names[2]} et 3 autres" in rows["Partout"]
    assert ", ".join(names[1:4]) in rows["Aux trois"]

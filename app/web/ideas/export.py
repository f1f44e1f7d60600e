"""A list of ideas as a file that a spreadsheet opens, for teams: what the list shows them, in its order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.text import markdown
from app.exchange import exports, sheets
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import facets, lists
from app.ideas.queries.facets import Counts, Placing
from app.ideas.queries.rows import list_whole
from app.reference.queries import get_catalogue
from app.web.frame import files, links, locale, stations, words
from app.web.frame.filters import label, person, place_name
from app.web.frame.routes import members
from app.web.frame.session import me, rooms
from app.web.ideas import listing
from app.web.ideas.bp import bp
from app.web.ideas.listing import ListQuery

# A file holds so many ideas; past them it says so, and the list can be narrowed.
MOST = 2_000


@dataclass(frozen=True)
class Offer:
    """The files of a list: (address, name of the format); `most` is where each stops, 0 where it holds all."""

    files: Sequence[tuple[str, str]]
    most: int


def find_files(query: ListQuery, counts: Counts) -> Offer | None:
    """Return the files of a list for those who may take it away, and None for others or where there is nothing."""
    if not counts.total or not policy.EXPORT.permits(me()):
        return None
    files = [(query.url(query.pairs(), f"ideas.{ending}"), ending.upper()) for ending in ("csv", "xlsx")]
    return Offer(files, MOST if counts.total > MOST else 0)


@bp.get("/ideas.csv")
@members(policy.EXPORT)
def csv() -> Response:
    return files.send(sheets.csv_lines([_text(value) for value in row] for row in _take_away()), _name(), "csv")


@bp.get("/ideas.xlsx")
@members(policy.EXPORT)
def xlsx() -> Response:
    return files.send([sheets.build_xlsx(_take_away(), _("Idées"))], _name(), "xlsx")


def _name() -> str:
    return f"{'ideas' if locale.get_language() == 'en' else 'idees'}-{clock.today()}"


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _take_away() -> Sequence[list[Any]]:
    """Write down that a list is taken away, and return that of the address as a table.

    Its rows are the titles, the ideas and, where the list has more, one cell that says so. Raise TooMany.
    """
    query = listing.read_query()
    exports.note(me(), exports.IDEAS)
    page = lists.list_ideas(me(), query.filters(), sort=query.sort, after=query.after, size=MOST)
    placings = facets.get_placings(page.items)
    rows = [_titles(), *(_cells(idea, placings[idea.id]) for idea in list_whole(page.items))]
    return [*rows, [_tell_end(len(page.items))]] if page.next else rows


def _titles() -> list[Any]:
    return [
        _("Numéro"),
        _("Titre"),
        _("Nature"),
        _("Étape"),
        _("Depuis le"),
        _("Communauté"),
        _("Autres communautés"),
        _("Enjeux"),
        _("Territoires"),
        _("Lieu"),
        _("Étiquettes"),
        _("Par"),
        _("Appuis"),
        _("Commentaires"),
        _("Publiée le"),
        _("Modifiée le"),
        _("Langue"),
        _("Adresse"),
        _("Texte"),
    ]


def _cells(idea: Idea, placing: Placing) -> list[Any]:
    """Return the cells of an idea, in the order of the titles: texts, numbers and days."""
    seen = rooms().by_id
    lead = seen.get(idea.community_id or 0)
    return [
        idea.id,
        idea.title,
        str(words.KINDS[idea.kind]),
        str(stations.status_name(idea.status, idea.kind)),
        _day(idea.status_at),
        label(lead) if lead else "",
        _join(label(seen[number]) for number in placing.communities if number in seen),
        _join(label(get_catalogue().issue[number]) for number in placing.issues),
        _join(place_name(get_catalogue().place[number]) for number in placing.territories),
        idea.spot,
        _join(name for _slug, name in placing.tags),
        person(idea),
        idea.votes_count,
        idea.comments_count,
        _day(idea.published_at),
        _day(idea.edited_at),
        str(words.LANGUAGES[idea.lang]),
        sheets.Link(links.absolute_idea_url(idea)),
        markdown.to_text(idea.body_html),
    ]


def _join(names: Iterable[str]) -> str:
    return "; ".join(names)


def _day(moment: datetime | None) -> date | str:
    """Return the day of a moment in the time of the region; an empty text without one."""
    return moment.astimezone(clock.ZONE).date() if moment else ""


def _tell_end(number: int) -> str:
    return _(
        "Ce fichier s'arrête ici, après %(num)s idées; la liste en a d'autres. Ajoutez des filtres pour les avoir "
        "toutes.",
        num=number,
    )

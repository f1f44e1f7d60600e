"""The page of search."""

from dataclasses import dataclass
from typing import Any

from app.results import policy, queries
from app.results.queries import Result, Results
from app.search.query.retrieval import WAYS, HitCounts
from app.web.frame import locale, search_kinds
from app.web.frame.responses import is_htmx, render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.search import listing, periods
from app.web.search.bp import bp

NOTHING = Results((), None, WAYS[0], HitCounts(0, {}))


@dataclass(frozen=True)
class ResultView:
    """A result as its reader sees it: what it is, where it leads, and the languages that are not the page's."""

    result: Result
    kind: Any
    url: str
    lang: str | None
    text_lang: str | None


@bp.get("/search")
@public(policy.SEARCH)
def index() -> str:
    address = listing.parse_address()
    query = queries.parse_query(address.q, me())
    results = (
        queries.get_results(
            me(),
            query,
            kinds=address.kinds,
            communities=address.communities,
            places=address.places,
            period=periods.get_period(address.period),
            by_date=address.sort == "recent",
            after=address.after,
            lang=locale.get_language(),
        )
        if query
        else NOTHING
    )
    return render(
        "search/index.html",
        "search/_browse.html",
        address=address,
        is_asked=bool(query),
        results=results,
        rows=list(map(_row, results.items)),
        chips=address.chips(),
        is_filtering=is_htmx(),
        facets=listing.get_facets(address, results),
    )


def _row(result: Result) -> ResultView:
    """Show where a result leads: to what is quoted of it, where that stands apart on its page."""
    kind, thing = search_kinds.KINDS[result.kind], result.thing
    place = f"#{kind.more}" if kind.more and result.is_of_more else ""
    return ResultView(
        result, kind.singular(thing), kind.url(thing) + place, _other_lang(result.lang), _other_lang(result.text_lang)
    )


def _other_lang(lang: str | None) -> str | None:
    """Return a language when it is not the page's."""
    return None if lang == locale.get_language() else lang

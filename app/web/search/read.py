"""The page of search."""
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.finds import policy, queries
from app.finds.queries import Result, Results
from app.search.reading import Tally
from app.web.frame import content_links, params, shared
from app.web.frame.filters import other_lang
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.search import asking
from app.web.search.bp import bp

KINDS = {
    "idea": _l("Idée ou projet"), "comment": _l("Commentaire"), "update": _l("Travaux"), "action": _l("Action du plan"),
    "community": _l("Communauté"), "person": _l("Personne"),
}
NOTHING = Results((), None, "whole", Tally(0, {}))


@dataclass(frozen=True)
class Row:
    """A result as its reader sees it: what it is, where it leads, and its language where that is not the page's."""

    result: Result
    kind: Any
    url: str
    lang: str | None


@bp.get("/search")
@public(policy.SEARCH)
def index() -> str:
    return shared.page("search/index.html", "search/_browse.html", params.pairs(*asking.NAMES), _read)


def _read() -> dict[str, Any]:
    address = asking.read()
    query = queries.parse(address.q)
    results = queries.find(
        me(), query, kinds=address.kinds, communities=address.communities, by_date=address.sort == "recent",
        after=address.after) if query else NOTHING
    return {"address": address, "is_asked": bool(query), "results": results, "rows": list(map(_row, results.items)),
            "chips": address.chips(), "facets": asking.facets(address, results.tally)}


def _row(result: Result) -> Row:
    thing, kind = result.thing, KINDS[result.kind]
    if result.kind == "community":
        return Row(result, kind, url_for("communities.show", slug=thing.slug), None)
    if result.kind == "person":
        return Row(result, kind, url_for("accounts.member", user_id=thing.id), None)
    return Row(result, kind, content_links.address(thing), other_lang(thing))

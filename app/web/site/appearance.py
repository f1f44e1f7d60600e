"""The language and the theme that a reader chooses: two forms of one press, each kept in a plain cookie.

They take no token, since a token asks for a session, and so for a page that is one reader's alone. They keep nothing
here, and a page of another site is refused as everywhere (`frame/gate.py`).
"""

from collections.abc import Collection

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core.permits import Permission, anyone
from app.web.frame import destination, locale
from app.web.frame.form_limits import unlimited
from app.web.frame.routes import public
from app.web.site.bp import bp

CHOOSE = Permission("site:choose", [anyone])


@bp.post("/language")
@public(
    CHOOSE,
    limit=unlimited("it sets a cookie of one word, and keeps nothing"),
    without_message="the page comes back in that language; a message would ask for a session of whoever reads",
)
def choose_language() -> Response:
    return _choose("lang", locale.LANGUAGES)


@bp.post("/theme")
@public(
    CHOOSE,
    limit=unlimited("it sets a cookie of one word, and keeps nothing"),
    without_message="the page comes back in that theme; a message would ask for a session of whoever reads",
)
def choose_theme() -> Response:
    return _choose("theme", locale.THEMES)


def _choose(name: str, choices: Collection[str]) -> Response:
    """Keep the choice for a year, and lead back to the page that it was made on."""
    values, page = request.form.getlist(name), request.form.get("next", "")
    if len(values) != 1 or values[0] not in choices:
        abort(400)
    return locale.remember(redirect(page if destination.is_ours(page) else url_for(".home"), 303), name, values[0])

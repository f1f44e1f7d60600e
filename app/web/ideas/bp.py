"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.web.frame import links, search_kinds, words

bp = Blueprint("ideas", __name__)
search_kinds.name(
    "idea",
    plural={"aspiration": _l("Aspirations"), "need": _l("Besoins"), "idea": _l("Idées"), "project": _l("Projets")},
    singular=lambda idea: words.KINDS[idea.kind],
    url=links.idea_url,
)

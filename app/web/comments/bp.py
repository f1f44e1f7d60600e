"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.web.frame import content_links, search_kinds

bp = Blueprint("comments", __name__)
search_kinds.name(
    "comment", plural=_l("Commentaires"), singular=lambda _comment: _l("Commentaire"), url=content_links.content_url
)

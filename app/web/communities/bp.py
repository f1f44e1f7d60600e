"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l

from app.web.frame import search_kinds

bp = Blueprint("communities", __name__)
search_kinds.name(
    "community",
    plural=_l("Communautés"),
    singular=lambda _room: _l("Communauté"),
    url=lambda room: url_for("communities.show", slug=room.slug),
)

"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.web.frame import content_links, search_kinds

bp = Blueprint("updates", __name__)
search_kinds.name(
    "update",
    plural=_l("Travaux"),
    singular=lambda _update: lazy_pgettext("one", "Travaux"),
    url=content_links.update_url,
)

"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.web.frame import links, search_kinds

bp = Blueprint("events", __name__)
search_kinds.name(
    "event",
    plural=_l("Rencontres"),
    singular=lambda event: (
        _l("Rencontre annulée") if event.status == "cancelled" else lazy_pgettext("one", "Rencontre")
    ),
    url=links.event_url,
    more="minutes",
)

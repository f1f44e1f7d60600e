"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.frame import links, search_kinds

bp = Blueprint("plan", __name__)
search_kinds.name(
    "action",
    plural=_l("Actions du plan"),
    singular=lambda action: _("Action %(code)s du plan", code=action.code),
    url=links.action_url,
    more="bulletins",
)

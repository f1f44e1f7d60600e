"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l

from app.web.frame import search_kinds

bp = Blueprint("accounts", __name__)
search_kinds.name(
    "person",
    plural=_l("Personnes"),
    singular=lambda _person: _l("Personne"),
    url=lambda person: url_for("accounts.member", user_id=person.id),
)

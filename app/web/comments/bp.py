"""The blueprint of this package: every view of it stands on it; and what search calls one of these things."""

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l

from app.web.frame import search_kinds

bp = Blueprint("comments", __name__)
search_kinds.name(
    "comment",
    plural=_l("Commentaires"),
    singular=lambda _comment: _l("Commentaire"),
    url=lambda comment: url_for("comments.show", comment_id=comment.id),
)

"""The blueprint of this package: every view of it stands on it; and what search calls a topic."""

from datetime import timedelta
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.text.plain import excerpt
from app.forms import times
from app.web.frame import links, search_kinds

bp = Blueprint("forum", __name__)
SHORT = 60


def _name_found(topic: Any) -> str:
    """Name a topic that was found by the forum where it is pitched, and its hour if it has one."""
    forum = excerpt(topic.meeting, SHORT)
    if topic.slot_id is None:
        return _("Sujet du forum « %(forum)s »", forum=forum)
    hour = times.hour(topic.starts_at + timedelta(minutes=topic.starts_after))
    return _("Sujet du forum « %(forum)s », à %(hour)s", forum=forum, hour=hour)


search_kinds.name("topic", plural=_l("Sujets de forums"), singular=_name_found, url=links.topic_url, more="notes")

"""What became of what was said at a forum, in words, for whoever was there."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.forms import times


def tell_outcome(title: str, count: int, *, has_sessions: bool, starts_at: datetime | None) -> str:
    """Say how many ideas came of what was said: at their hour, at their sessions, else at the forum of this title."""
    where = _("à « %(title)s »", title=title)
    if has_sessions:
        where = _("à %(hour)s", hour=times.hour(starts_at)) if starts_at else _("à vos séances")
    if not count:
        return _("On sait ce qu'est devenue chaque chose dite %(where)s", where=where)
    return ngettext(
        "Ce qui s'est dit %(where)s est devenu %(num)s idée",
        "Ce qui s'est dit %(where)s est devenu %(num)s idées",
        count,
        where=where,
    )

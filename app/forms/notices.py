"""How a person chooses to be told: the pace of each topic, the day of the summary, a pause, and follows by acting."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import Optional, ValidationError

from app.core import clock
from app.forms.base import Form, choices
from app.notifications.models import NoticeSettings
from app.notifications.queries.summaries import moment_of
from app.notifications.topics import USUAL

PACES = choices(
    [
        ("now", _l("Tout de suite")),
        ("daily", _l("Chaque jour")),
        ("weekly", _l("Chaque semaine")),
        ("site", _l("Sur le site seulement")),
        ("never", _l("Jamais")),
    ]
)
LEVELS = choices([("all", _l("Tout ce qui s'y passe")), ("steps", _l("Les étapes seulement")), ("none", _l("Rien"))])
WEEKDAYS = choices(
    enumerate([_l("lundi"), _l("mardi"), _l("mercredi"), _l("jeudi"), _l("vendredi"), _l("samedi"), _l("dimanche")])
)
LONGEST = timedelta(days=366)


def _pace(label: Any) -> SelectField:
    return SelectField(label, choices=PACES)


class NoticesForm(Form):
    """One field for each topic, named as it is; those of teams are there for people who have a charge alone."""

    reply = _pace(_l("On s'adresse à vous"))
    contribution = _pace(_l("Vos contributions avancent"))
    support = _pace(_l("On vous appuie"))
    follow = _pace(_l("Ce que vous suivez bouge"))
    task = _pace(_l("On vous confie quelque chose"))
    desk = _pace(_l("Le bureau de votre équipe"))
    weekday = SelectField(_l("Jour du résumé de la semaine"), choices=WEEKDAYS)
    pause = DateField(_l("Rien par courriel avant le"), [Optional()])
    commented = SelectField(_l("Ce que vous commentez"), choices=LEVELS)
    supported = SelectField(_l("Ce que vous appuyez"), choices=LEVELS)

    def offer(self, topics: Collection[str]) -> "NoticesForm":
        """Keep these topics: those of teams are for people who have a charge."""
        for topic in USUAL:
            if topic not in topics:
                del self[topic]
        return self

    @classmethod
    def of(cls, paces: dict[str, str], chosen: NoticeSettings) -> "NoticesForm":
        until = chosen.paused_until if chosen.paused_until and chosen.paused_until > clock.now() else None
        return cls(
            formdata=None,
            **paces,
            weekday=str(chosen.weekday),
            commented=chosen.commented,
            supported=chosen.supported,
            pause=until.astimezone(clock.ZONE).date() if until else None,
        )

    def validate_pause(self, field: Any) -> None:
        today = clock.now().astimezone(clock.ZONE).date()
        if field.data and not today < field.data <= today + LONGEST:
            raise ValidationError(_("Choisissez un jour à venir, dans l'année."))

    def values(self) -> dict[str, Any]:
        """Return what the form chooses, as the service takes it; a pause ends when the summaries of its day leave."""
        paces = {topic: self[topic].data for topic in USUAL if topic in self}
        return {
            "paces": paces,
            "weekday": int(self.weekday.data),
            "paused_until": _end(self.pause.data),
            "commented": self.commented.data,
            "supported": self.supported.data,
        }


def _end(day: date | None) -> datetime | None:
    return moment_of(day) if day else None


class FollowForm(Form):
    """How much of a thread to follow."""

    level = SelectField(choices=["all", "steps"], default="all")

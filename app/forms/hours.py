"""A day and an hour of the region, typed: what a change of clocks makes of them is asked again in words."""

import re
from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, TimeField
from wtforms.validators import Optional

from app.events import local_time
from app.forms.base import choices

HOUR = re.compile(r"\s*([0-9]{1,2})\s*(?:[:hH]\s*([0-9]{2})?)?\s*")
NO_HOUR = _l("Écrivez une heure comme 18:30, de 0:00 à 23:59.")
SKIPPED = _l(
    "Cette heure n'existe pas ce jour-là : les horloges avancent d'une heure dans la nuit. Choisissez-en une autre."
)
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""The years whose months have an address in the calendar of meetings."""
FAR = _l("Choisissez une année de 2000 à 2099.")
TWICE = _l("Cette heure vient deux fois ce jour-là : les horloges reculent dans la nuit. Dites ci-dessous laquelle.")
FIRST, SECOND = "first", "second"
TURNS = ((FIRST, _l("la première, à l'heure avancée")), (SECOND, _l("la seconde, à l'heure normale")))


class HourField(TimeField):
    """An hour as people write it: 18:30, 18 h 30, 18 h; what is none comes back as it was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        found = HOUR.fullmatch(text)
        self.data = None
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
            self.data = time(int(found[1]), int(found[2] or 0))
        elif text.strip():
            raise ValueError(str(NO_HOUR))


def hour_field(label: Any, *validators: Any) -> HourField:
    return HourField(label, [*validators])


def turn_field(label: Any) -> RadioField:
    """Make the field that tells the two hours of an autumn night apart: it is shown where one was typed."""
    return RadioField(label, [Optional()], choices=choices(TURNS), validate_choice=False)


def read_moment(day: DateField, hour: HourField, turn: Any = None) -> datetime | None:
    """Return the moment that was typed, or None with an error beside the day or the hour, where one is to be said."""
    if day.data is None or hour.data is None:
        return None
    if not _is_near(day):
        day.errors = [*day.errors, str(FAR)]
        return None
    moments = local_time.list_moments(day.data, hour.data)
    if not moments:
        hour.errors = [*hour.errors, str(SKIPPED)]
        return None
    if len(moments) > 1 and turn is not None and turn.data not in (FIRST, SECOND):
        hour.errors = [*hour.errors, str(TWICE)]
        return None
    is_second = len(moments) > 1 and turn is not None and turn.data == SECOND
    return moments[1] if is_second else moments[0]


def comes_twice(day: DateField, hour: HourField) -> bool:
    """Tell whether what was typed names two moments, between which somebody is to choose."""
    if day.data is None or hour.data is None or not _is_near(day):
        return False
    return len(local_time.list_moments(day.data, hour.data)) > 1


def _is_near(day: DateField) -> bool:
    """Tell whether moments around a day can be computed, and found in the calendar."""
    return bool(FIRST_YEAR <= day.data.year <= LAST_YEAR)


def write_moment(name: str, moment: datetime | None) -> dict[str, Any]:
    """Return a moment as the values of its fields: `name` is that of the group, as starts."""
    if moment is None:
        return {}
    day, hour = local_time.get_day_and_hour(moment)
    twice = len(local_time.list_moments(day, hour)) > 1
    turn = (SECOND if local_time.is_second(moment) else FIRST) if twice else None
    return {f"{name}_on": day, f"{name}_hour": hour, f"{name}_turn": turn}

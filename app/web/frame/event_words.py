"""What is said of a meeting in few words: when, where, how one joins, what it offers to whom."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.small_counts import LEAST
from app.forms import times
from app.forms.places import get_place_names
from app.web.frame import locale

MODES = {
    "in_person": _l("En personne"),
    "online": _l("En ligne"),
    "hybrid": _l("En personne et en ligne"),
}
FEATURES = {
    "step_free": _l("Accès sans marche"),
    "hearing_loop": _l("Boucle auditive"),
    "sign_language": _l("Interprétation en LSQ"),
    "captions": _l("Sous-titres en direct"),
    "interpreters": _l("Interprètes"),
    "childcare": _l("Garde d'enfants"),
    "meal": _l("Repas"),
    "quiet_room": _l("Salle calme"),
}
# The picture beside each, where the page of a meeting tells them.
ICONS = {
    "step_free": "accessibility",
    "hearing_loop": "ear",
    "sign_language": "hand",
    "captions": "captions",
    "interpreters": "message-circle",
    "childcare": "baby",
    "meal": "utensils",
    "quiet_room": "volume-x",
}
# As a row of a list says them, one after the other.
SHORT = {
    "step_free": _l("sans marche"),
    "hearing_loop": _l("boucle auditive"),
    "sign_language": _l("LSQ"),
    "captions": _l("sous-titres"),
    "interpreters": _l("interprètes"),
    "childcare": _l("garde d'enfants"),
    "meal": _l("repas"),
    "quiet_room": _l("salle calme"),
}

_HOUR = re.compile(r"\d h(?: \d\d)?\b")


def tell_place(event: Any) -> str:
    """Say where people join a meeting: Saint-Rémi, En ligne, Saint-Rémi et en ligne."""
    town = get_place_names().get(event.territory_id or 0)
    if event.mode == "online" or not town:
        return str(MODES[event.mode])
    return _("%(town)s et en ligne", town=town) if event.mode == "hybrid" else town


def tell_address(event: Any) -> str:
    """Say where a meeting is held as a calendar says it: Bibliothèque, Saint-Rémi; nothing of what is online."""
    town = get_place_names().get(event.territory_id or 0)
    known = [event.place, town] if town and town.casefold() not in event.place.casefold() else [event.place]
    return ", ".join(filter(None, known)) or (str(MODES["online"]) if event.mode == "online" else town or "")


def tell_hours(event: Any) -> str:
    """Say from when until when a meeting is held: 18 h 30 à 20 h 30; with its days where it has several."""
    first, last = (moment.astimezone(clock.ZONE) for moment in (event.starts_at, event.ends_at))
    if is_whole_day(event):
        return _("dans la journée")
    if first.date() == last.date():
        return _unbroken(_("%(start)s à %(end)s", start=times.hour(first), end=times.hour(last)))
    return _unbroken(_("du %(start)s au %(end)s", start=locale.format_moment(first), end=locale.format_moment(last)))


def _unbroken(text: str) -> str:
    """Keep each hour in one piece, wherever the line ends: 20 h 45."""
    return _HOUR.sub(lambda found: found[0].replace(" ", times.NBSP), text)


def is_whole_day(event: Any) -> bool:
    """Tell whether a meeting is held on a day without hours: from 0:00 to 23:59."""
    first, last = (moment.astimezone(clock.ZONE) for moment in (event.starts_at, event.ends_at))
    return first.date() == last.date() and (first.hour, first.minute, last.hour, last.minute) == (0, 0, 23, 59)


def tell_minutes(minutes: int) -> str:
    """Write an hour of the agenda, which is kept in minutes after midnight: 18 h 30."""
    return times.hour(datetime(2000, 1, 1, minutes // 60 % 24, minutes % 60, tzinfo=clock.ZONE))


def tell_when(event: Any) -> str:
    """Say the day and the hours: jeudi 18 février 2027, 18 h 30 à 20 h 30."""
    first, last = (moment.astimezone(clock.ZONE).date() for moment in (event.starts_at, event.ends_at))
    if is_whole_day(event):
        return name_day(event.starts_at)
    hours = tell_hours(event)
    return _("%(day)s, %(hours)s", day=name_day(event.starts_at), hours=hours) if first == last else hours


def tell_start(moment: datetime) -> str:
    """Say the day and the hour at which a meeting begins, or would have: jeudi 18 février 2027, 18 h 30."""
    return _("%(day)s, %(hours)s", day=name_day(moment), hours=times.hour(moment))


def name_day(moment: datetime) -> str:
    """Write a day with that of the week: jeudi 18 février 2027, jeudi 1er avril 2027."""
    day = moment.astimezone(clock.ZONE).date()
    return f"{_weekday(moment)} {locale.format_date_day(day)}"


def name_moment(moment: datetime) -> str:
    """Write a day with that of the week, and an hour: jeudi 18 février 2027 à 18 h 30."""
    return f"{_weekday(moment)} {locale.format_moment(moment)}"


def _weekday(moment: datetime) -> str:
    pattern = "EEEE" if get_locale().language == "fr" else "EEEE,"
    return str(format_date(moment.astimezone(clock.ZONE).date(), pattern, locale=get_locale()))


def cut_day(moment: datetime) -> tuple[str, str, str, str]:
    """Cut a day for a tile: the day of the week, its number, the month in few letters, the year unless it is ours."""
    day = moment.astimezone(clock.ZONE).date()
    # An English day of the week does not fit a tile: Wednesday.
    patterns = ("EEEE" if get_locale().language == "fr" else "EEE", "MMM")
    weekday, month = (str(format_date(day, pattern, locale=get_locale())) for pattern in patterns)
    return weekday, str(day.day), month, "" if day.year == clock.today().year else str(day.year)


def tell_features(codes: Iterable[str]) -> str:
    """Say in few words what a meeting offers to whom."""
    present = set(codes)
    return ", ".join(str(words) for code, words in SHORT.items() if code in present)


def tell_meeting(event: Any) -> str:
    """Say at which meeting something was done: « à la rencontre du 18 février, à Saint-Rémi »; its year if not ours."""
    is_of_this_year = event.starts_at.astimezone(clock.ZONE).year == clock.today().year
    day = (locale.format_day_of_year if is_of_this_year else locale.format_day)(event.starts_at)
    town = get_place_names().get(event.territory_id or 0, "")
    if event.mode == "online" or not town:
        return _("à la rencontre en ligne du %(day)s", day=day)
    if town.startswith("Le "):
        return _("à la rencontre du %(day)s, au %(rest)s", day=day, rest=town[3:])
    if town.startswith("Les "):
        return _("à la rencontre du %(day)s, aux %(rest)s", day=day, rest=town[4:])
    return _("à la rencontre du %(day)s, à %(town)s", day=day, town=town)


def tell_before(number: int) -> str:
    """Say how many people wait for a place before somebody who waits."""
    if not number:
        return _("Personne n'attend avant vous.")
    return ngettext("%(num)s personne attend avant vous.", "%(num)s personnes attendent avant vous.", number)


def tell_came(event: Any) -> str:
    """Say how many were there, but no small number; nothing until the minutes say it."""
    known = [number for number in (event.came_in_person, event.came_online) if number is not None]
    if 0 < sum(known) < LEAST:
        return _("moins de %(n)s personnes y étaient", n=LEAST)
    return ngettext("%(num)s personne y était", "%(num)s personnes y étaient", sum(known)) if known else ""


def split_by_time(events: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Split meetings, the last first, into those to come, the next first, and those that are over."""
    found: tuple[list[Any], list[Any]] = ([], [])
    for event in events:
        found[event.ends_at <= clock.now()].append(event)
    return found[0][::-1], found[1]

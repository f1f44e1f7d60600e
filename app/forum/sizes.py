"""Rooms and hours of a forum, made at once for so many people: what practice holds for right, to be changed at will.

A session has some fifteen people, who sit for three quarters of an hour or more (Harrison Owen, *Open Space Technology:
A User's Guide*); a circle opens and closes. At home, in front of a screen, hours are shorter.
"""

from dataclasses import dataclass

from app.forum.models import PLENARY, SESSION

HALF_DAY, AT_HOME = LENGTHS = ("half_day", "at_home")


@dataclass(frozen=True)
class Size:
    """So many people, rooms and hours of sessions."""

    people: int
    rooms: int
    hours: int


SIZES = {size.people: size for size in (Size(60, 5, 3), Size(150, 10, 3), Size(400, 24, 3))}


@dataclass(frozen=True)
class Pace:
    """In minutes: the circle that opens, a session, the pause after it, the circle that closes."""

    opening: int
    session: int
    pause: int
    closing: int


PACES = {HALF_DAY: Pace(60, 50, 10, 30), AT_HOME: Pace(30, 40, 5, 25)}


@dataclass(frozen=True)
class Hour:
    """An hour of a forum: its minutes after the beginning, how long it lasts, its kind."""

    starts_after: int
    minutes: int
    kind: str


def list_hours(size: Size, pace: Pace) -> list[Hour]:
    """Return the hours of a forum, the first first: a circle, the sessions, a circle."""
    step = pace.session + pace.pause
    sessions = [Hour(pace.opening + n * step, pace.session, SESSION) for n in range(size.hours)]
    last = Hour(pace.opening + size.hours * step, pace.closing, PLENARY)
    return [Hour(0, pace.opening, PLENARY), *sessions, last]

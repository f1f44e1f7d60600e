"""What the team types of a Forum ouvert: its question, its rooms and its hours."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from app.core.errors import Invalid
from app.core.numbers import row_number
from app.events import local_time
from app.events.models.meetings import Event
from app.forms.base import REQUIRED, Form, Visible, choices, limits, line_field
from app.forms.event_rows import address_field
from app.forms.figures import FigureField, Within
from app.forms.hours import SKIPPED, hour_field
from app.forms.rows import Group, RowsForm
from app.forum import arranging
from app.forum.models import PLENARY, SESSION, ForumRoom, ForumSlot
from app.forum.queries import Arrangement
from app.forum.sizes import LENGTHS, PACES, SIZES, Size, list_hours
from app.forum.words import ForumWords, RoomWords, SlotWords

QUESTION, NAME, TITLE, NOTE, MOST_PLACES = (10, 200), 60, 80, 160, 5_000
MOST_ROOMS, MOST_HOURS = 40, 20
BAD_END = _l("La fin vient après le début.")
BEFORE_IT = _l("Cette heure vient avant le début de la rencontre.")
NO_PLACES = _l("Le nombre de places est d'au moins 1; laissez vide si vous ne le savez pas.")
KINDS = {SESSION: _l("séances, côte à côte"), PLENARY: _l("tout le monde ensemble")}
SHIFTS = (
    (5, _l("5 minutes plus tard")),
    (10, _l("10 minutes plus tard")),
    (15, _l("15 minutes plus tard")),
    (30, _l("30 minutes plus tard")),
    (-5, _l("5 minutes plus tôt")),
    (-10, _l("10 minutes plus tôt")),
)


def _question() -> Any:
    return line_field(_l("La question"), Visible(), limits(*QUESTION), most=QUESTION[1])


def _room(n: int) -> dict[str, Any]:
    return {
        "id": HiddenField("", []),
        "name": line_field(_l("Nom de la salle %(n)s", n=n), Visible(), most=NAME),
        "places": FigureField(
            _l("Places dans la salle %(n)s", n=n), [Optional(), Within(1, MOST_PLACES, NO_PLACES)], whole=True
        ),
        "is_step_free": BooleanField(_l("Sans marche jusqu'à la salle %(n)s", n=n), []),
        "has_hearing_loop": BooleanField(_l("Boucle auditive dans la salle %(n)s", n=n), []),
        "has_captions": BooleanField(_l("Sous-titres en direct dans la salle %(n)s", n=n), []),
        "url": address_field(_l("Lien de la salle %(n)s", n=n), Optional()),
        "note": line_field(_l("Comment se rendre à la salle %(n)s", n=n), Optional(), most=NOTE),
    }


def _slot(n: int) -> dict[str, Any]:
    return {
        "id": HiddenField("", []),
        "day": SelectField(_l("Jour de l'heure %(n)s", n=n), [], validate_choice=False),
        "starts_hour": hour_field(_l("Début de l'heure %(n)s", n=n), InputRequired(REQUIRED)),
        "ends_hour": hour_field(_l("Fin de l'heure %(n)s", n=n), InputRequired(REQUIRED)),
        "kind": SelectField(_l("Sorte de l'heure %(n)s", n=n), [], choices=choices(KINDS.items()), default=SESSION),
        "title": line_field(_l("Nom de l'heure %(n)s", n=n), Optional(), most=TITLE),
    }


class ForumForm(RowsForm):
    """The whole of a forum; the hours are typed as those of the region, on the days of the meeting."""

    question = _question()
    GROUPS = (
        Group("rooms", _room, MOST_ROOMS, ("id",), label=_l("Salles")),
        Group("slots", _slot, MOST_HOURS, ("id", "day", "kind"), label=_l("Heures")),
    )
    _event: Event
    _slots: Sequence[SlotWords] = ()

    @classmethod
    def of(cls, event: Event, arrangement: Arrangement) -> Self:
        """Return the form with a forum as it is stored."""
        rows = {
            "rooms": [_of_room(room) for room in arrangement.rooms],
            "slots": [_of_slot(slot, event) for slot in arrangement.slots],
        }
        return cls.fill({"question": event.question}, rows).offer(event)

    def offer(self, event: Event) -> Self:
        """Offer the days of the meeting."""
        self._event = event
        days = [(day.isoformat(), f"{day:%Y-%m-%d}") for day in list_days(event)]
        for row in self.rows("slots"):
            row["day"].choices = choices(days)
            row["day"].data = row["day"].data or days[0][0]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        slots = [self._read_slot(row) for row in self.rows("slots") if not row.is_blank]
        if not is_right or None in slots:
            return False
        self._slots = [slot for slot in slots if slot]
        return self._is_possible()

    def _is_possible(self) -> bool:
        """Tell whether rooms and hours can stand together; else it is said beside the field of the row."""
        try:
            arranging.check_rooms([room.name for room in self._rooms()])
            arranging.check_slots(self._slots)
        except Invalid as refusal:
            name, n, cell = str(refusal.field).split("-")
            numbers = [row.number for row in self.rows(name) if not row.is_blank]
            self.say(f"{name}-{numbers[int(n)]}-{cell}", _(refusal.message))
            return False
        return True

    def _read_slot(self, row: Any) -> SlotWords | None:
        """Return an hour as it is kept, or None with an error beside its field."""
        start, end = (self._read_moment(row, cell) for cell in ("starts_hour", "ends_hour"))
        if start is None or end is None:
            return None
        after = _minutes(start - self._event.starts_at)
        if end <= start:
            row["ends_hour"].errors = [*row["ends_hour"].errors, str(BAD_END)]
            return None
        if after < 0:
            row["starts_hour"].errors = [*row["starts_hour"].errors, str(BEFORE_IT)]
            return None
        return SlotWords(
            after, _minutes(end - start), row["kind"].data, row["title"].data or "", row_number(row["id"].data or "")
        )

    def _read_moment(self, row: Any, cell: str) -> datetime | None:
        hour: time | None = row[cell].data
        if hour is None:
            return None
        days = list_days(self._event)
        day = next((one for one in days if one.isoformat() == row["day"].data), days[0])
        moments = local_time.list_moments(day, hour)
        if not moments:
            row[cell].errors = [*row[cell].errors, str(SKIPPED)]
        return moments[0] if moments else None

    def _rooms(self) -> Iterator[RoomWords]:
        for room in self.values_of("rooms"):
            yield RoomWords(
                **room | {"id": row_number(room["id"] or ""), "url": room["url"] or "", "note": room["note"] or ""}
            )

    def words(self) -> ForumWords:
        """Return what was typed, once the form is right."""
        return ForumWords(self.question.data, tuple(self._rooms()), tuple(self._slots))


def list_days(event: Event) -> list[date]:
    """Return the days of a meeting, in the region."""
    first, last = (local_time.get_day_and_hour(moment)[0] for moment in (event.starts_at, event.ends_at))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _of_room(room: ForumRoom) -> dict[str, Any]:
    return {"id": room.id} | {name: getattr(room, name) for name in arranging.ROOM_COLUMNS}


def _of_slot(slot: ForumSlot, event: Event) -> dict[str, Any]:
    (day, start), (_day, end) = map(local_time.get_day_and_hour, (slot.starts_at(event), slot.ends_at(event)))
    return {
        "id": slot.id,
        "day": day.isoformat(),
        "starts_hour": start,
        "ends_hour": end,
        "kind": slot.kind,
        "title": slot.title,
    }


class NewForumForm(Form):
    """A question, and rooms and hours made at once for so many people."""

    question = _question()
    size = RadioField(_l("Combien de personnes attendez-vous?"), [InputRequired(REQUIRED)])
    length = RadioField(_l("Comment se rencontre-t-on?"), [InputRequired(REQUIRED)])

    def offer(self, event: Event, sizes: Any, lengths: Any) -> Self:
        """Offer what is made of each size and length, as (code, label)."""
        self.size.choices, self.length.choices = choices(sizes), choices(lengths)
        if not self.is_submitted():
            self.size.data = str(min(SIZES))
            self.length.data = LENGTHS[event.mode == "online"]
        return self

    def words(self, room_name: str, plenaries: Sequence[str]) -> ForumWords:
        """Return the forum that is made: rooms by number, a circle first and last under these names."""
        size: Size = SIZES[int(self.size.data)]
        hours = list_hours(size, PACES[self.length.data])
        names = [plenaries[0], *[""] * size.hours, plenaries[1]]
        return ForumWords(
            self.question.data,
            tuple(RoomWords(room_name % {"n": n}) for n in range(1, size.rooms + 1)),
            tuple(
                SlotWords(hour.starts_after, hour.minutes, hour.kind, name)
                for hour, name in zip(hours, names, strict=True)
            ),
        )


class PhaseForm(Form):
    """The phase to go to, and the one that the page showed."""

    phase = HiddenField()
    seen = HiddenField()


class ShiftForm(Form):
    slot = SelectField(_l("À partir de quelle heure?"), [InputRequired(REQUIRED)])
    minutes = SelectField(_l("De combien?"), [InputRequired(REQUIRED)], choices=choices(SHIFTS), default="10")

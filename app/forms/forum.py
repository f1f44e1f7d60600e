"""What the team types of a Forum ouvert: its question, its rooms and its hours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self

from flask_babel import format_date
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
from app.forum.queries.forums import Arrangement
from app.forum.sizes import LENGTHS, PACES, SIZES, Size, list_hours
from app.forum.words import ForumWords, RoomWords, SlotWords

QUESTION, NAME, TITLE, NOTE, MOST_PLACES = (10, 200), 60, 80, 160, 5_000
MOST_ROOMS, MOST_HOURS = 40, 20
# What is seldom typed of a room.
FOLDED = ("is_step_free", "has_hearing_loop", "has_captions", "is_noisy", "url", "note")
LONGEST = timedelta(hours=12)
BAD_END = _l("La fin vient après le début, dans les 12 heures.")
NO_DAY = _l("Choisissez un jour de la rencontre.")
BEFORE_IT = _l("Cette plage vient avant le début de la rencontre.")
NO_PLACES = _l("Le nombre de places est d'au moins 1; laissez vide si vous ne le savez pas.")
KINDS = {SESSION: _l("séances, côte à côte"), PLENARY: _l("tout le monde ensemble")}
UNCHOSEN = ("", _l("Choisissez"))
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
        "is_noisy": BooleanField(_l("Bruit dans la salle %(n)s", n=n), []),
        "url": address_field(_l("Lien de la salle %(n)s", n=n), Optional()),
        "note": line_field(_l("Comment se rendre à la salle %(n)s", n=n), Optional(), most=NOTE),
    }


def _slot(n: int) -> dict[str, Any]:
    return {
        "id": HiddenField("", []),
        "day": SelectField(_l("Jour de la plage %(n)s", n=n), [], validate_choice=False),
        "starts_hour": hour_field(_l("Début de la plage %(n)s", n=n), InputRequired(REQUIRED)),
        "ends_hour": hour_field(_l("Fin de la plage %(n)s", n=n), InputRequired(REQUIRED)),
        "kind": SelectField(
            _l("Ce qui se passe pendant la plage %(n)s", n=n), [], choices=choices(KINDS.items()), default=SESSION
        ),
        "title": line_field(_l("Nom de la plage %(n)s", n=n), Optional(), most=TITLE),
    }


class ForumForm(RowsForm):
    """The whole of a forum; the hours are typed as those of the region, on the days of the meeting."""

    question = _question()
    GROUPS = (
        Group("rooms", _room, MOST_ROOMS, ("id",), _l("Salles"), FOLDED),
        Group("slots", _slot, MOST_HOURS, ("id", "day", "kind"), label=_l("Plages horaires")),
    )
    _event: Event
    _slots: Mapping[int, ForumSlot]
    has_days = False
    """Its hours are on several days."""

    @classmethod
    def of(cls, event: Event, arrangement: Arrangement) -> Self:
        """Return the form with a forum as it is stored."""
        rows = {
            "rooms": [_of_room(room) for room in arrangement.rooms],
            "slots": [_of_slot(slot, event) for slot in arrangement.slots],
        }
        return cls.fill({"question": event.question}, rows).offer(event, arrangement.slots)

    def offer(self, event: Event, slots: Sequence[ForumSlot]) -> Self:
        """Offer the days of the meeting, and those of the hours that are stored."""
        self._event, self._slots = event, {slot.id: slot for slot in slots}
        days = [(day.isoformat(), format_date(day, "full")) for day in list_days(event, slots)]
        self.has_days = len(days) > 1
        for row in self.rows("slots"):
            if self.has_days:
                row["day"].choices, row["day"].data = choices(days), row["day"].data or days[0][0]
            else:
                del self[row["day"].name]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        slots = [self._read_slot(row) for row in self.rows("slots") if not row.is_blank]
        return is_right and None not in slots and self._is_possible()

    def _is_possible(self) -> bool:
        """Tell whether rooms and hours can stand together; else it is said beside the field of the row."""
        try:
            arranging.check_rooms([room.name for room in self._rooms()])
            arranging.check_slots(list(self._read_slots()))
        except Invalid as refusal:
            name, n, cell = str(refusal.field).split("-")
            numbers = [row.number for row in self.rows(name) if not row.is_blank]
            self.say(f"{name}-{numbers[int(n)]}-{cell}", _(refusal.message))
            return False
        return True

    def _read_slots(self) -> Iterator[SlotWords]:
        """Yield the hours that the form holds now: its own, or those that a colleague wrote meanwhile."""
        yield from filter(None, (self._read_slot(row) for row in self.rows("slots") if not row.is_blank))

    def _read_slot(self, row: Any) -> SlotWords | None:
        """Return an hour as it is kept, or None with an error beside its field. Its end may be after midnight."""
        stored = self._slots.get(row_number(str(row["id"].data or "")))
        words = row["kind"].data, row["title"].data or "", stored.id if stored else 0
        if stored and self._is_untouched(row, stored):
            # An hour that comes twice stays the one that it was.
            return SlotWords(stored.starts_after, stored.minutes, *words)
        start = self._read_moment(row, "starts_hour")
        end = self._read_moment(row, "ends_hour", after=start)
        if start is None or end is None:
            return None
        after = _minutes(start - self._event.starts_at)
        if after < 0:
            row["starts_hour"].errors = [*row["starts_hour"].errors, str(BEFORE_IT)]
            return None
        if not timedelta() < end - start <= LONGEST:
            row["ends_hour"].errors = [*row["ends_hour"].errors, str(BAD_END)]
            return None
        return SlotWords(after, _minutes(end - start), *words)

    def _is_untouched(self, row: Any, slot: ForumSlot) -> bool:
        times = _write_times(slot, self._event).items()
        return all(row[cell].data == value for cell, value in times if cell in row.fields)

    def _read_moment(self, row: Any, cell: str, after: datetime | None = None) -> datetime | None:
        """Return the moment of an hour on the day of its row, or on the next where it must come after another."""
        hour, day = row[cell].data, _read_day(row["day"]) if self.has_days else list_days(self._event, ())[0]
        if hour is None or day is None:
            return None
        moments = local_time.list_moments(day, hour)
        if moments and after and moments[-1] <= after:
            moments = local_time.list_moments(day + timedelta(days=1), hour)
        if not moments:
            row[cell].errors = [*row[cell].errors, str(SKIPPED)]
        return next((moment for moment in moments if after is None or moment > after), None)

    def _rooms(self) -> Iterator[RoomWords]:
        for room in self.values_of("rooms"):
            yield RoomWords(
                **room | {"id": row_number(str(room["id"] or "")), "url": room["url"] or "", "note": room["note"] or ""}
            )

    def words(self) -> ForumWords:
        """Return what was typed, once the form is right."""
        return ForumWords(self.question.data, tuple(self._rooms()), tuple(self._read_slots()))


def list_days(event: Event, slots: Sequence[ForumSlot]) -> list[date]:
    """Return the days of a meeting and of its hours, in the region."""
    ends = [event.ends_at, *(slot.starts_at(event) for slot in slots)]
    first, last = (local_time.get_day_and_hour(moment)[0] for moment in (event.starts_at, max(ends)))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _read_day(field: Any) -> date | None:
    """Return a day that was offered, or None with an error."""
    if field.data not in [choice.value for choice in field.iter_choices()]:
        field.errors = [*field.errors, str(NO_DAY)]
        return None
    return date.fromisoformat(field.data)


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _of_room(room: ForumRoom) -> dict[str, Any]:
    return {"id": room.id} | {name: getattr(room, name) for name in arranging.ROOM_COLUMNS}


def _of_slot(slot: ForumSlot, event: Event) -> dict[str, Any]:
    return {"id": slot.id, "kind": slot.kind, "title": slot.title} | _write_times(slot, event)


def _write_times(slot: ForumSlot, event: Event) -> dict[str, Any]:
    """Return when an hour is, as the cells of its row."""
    (day, start), (_day, end) = map(local_time.get_day_and_hour, (slot.starts_at(event), slot.ends_at(event)))
    return {"day": day.isoformat(), "starts_hour": start, "ends_hour": end}


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
    """The hour to shift and by how much; `seen` names the hours that the page showed."""

    seen = HiddenField()
    slot = SelectField(_l("À partir de quelle plage?"), [InputRequired(REQUIRED)], validate_choice=False)
    minutes = SelectField(_l("De combien?"), [InputRequired(REQUIRED)], choices=choices([UNCHOSEN, *SHIFTS]))

    def offer(self, slots: Any) -> None:
        """Offer hours, as (number, words); the first one is not chosen in silence."""
        self.slot.choices = choices([UNCHOSEN, *slots])

    def hour_and_minutes(self) -> tuple[int, int]:
        """Return which hour is chosen, by its number, and by how many minutes it is shifted."""
        return row_number(self.slot.data), int(self.minutes.data)

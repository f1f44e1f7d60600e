"""What is typed of a topic: the topic itself, raised hands, the topic that it joins, the whole wall at once."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional

from app.core.text.plain import clean_line, sort_key
from app.events.models.meetings import Event
from app.forms import times
from app.forms.base import REQUIRED, Form, Visible, choices, key_field, limits, line_field, text_field
from app.forms.figures import FigureField, Within
from app.forms.overlaps import SharedForm
from app.forum.models import SESSION, ForumTopic
from app.forum.queries.forums import Arrangement
from app.forum.words import TopicWords, WallLine

TITLE, WHY, NAME, IDEA, WALL, ANNOUNCEMENT = (5, 140), 1_000, 80, 300, 40_000, 100
MOST_HANDS = 2_000
MANY_PARTS = _l("Ligne %(n)s : quatre parties au plus – le sujet; qui l'anime; la salle; l'heure.")
BAD_TITLE = _l("Ligne %(n)s : le sujet compte de 5 à 140 caractères.")
LONG_NAME = _l("Ligne %(n)s : le nom compte 80 caractères au plus.")
NO_ROOM = _l("Ligne %(n)s : aucune salle ne s'appelle « %(room)s ».")
NO_HOUR = _l("Ligne %(n)s : aucune séance ne commence à « %(hour)s ».")
MANY_HOURS = _l(
    "Ligne %(n)s : plusieurs séances commencent à « %(hour)s », chacune son jour. Laissez la salle et l'heure vides, "
    "puis placez ce sujet au tableau."
)
THE_ROOMS = _l("Les salles sont : %(names)s.")
THE_HOURS = _l("Les séances commencent à : %(names)s.")
NO_CELLS = _l(
    "Il n'y a pas encore de salle, ou pas de plage de séances : arrangez d'abord le forum, ou laissez la salle et "
    "l'heure vides."
)
HALF_CELL = _l("Ligne %(n)s : écrivez la salle et l'heure, ou ni l'une ni l'autre.")
BAD_HANDS = _l("Écrivez un nombre, de 0 à 2 000.")


class TopicForm(SharedForm):
    """A topic; `host_name` is asked of the team alone, which may write for somebody else."""

    IS_PERSONAL = True
    ASIDE = ("host_name",)
    title = line_field(_l("Le sujet"), Visible(), limits(*TITLE), most=TITLE[1])
    why = text_field(_l("Pourquoi il vous tient à cœur"), Optional(), most=WHY)
    idea = line_field(_l("Une idée d'où il vient"), Optional(), most=IDEA)
    wants_step_free = BooleanField(_l("Sans marche jusqu'à la salle"), [])
    wants_online = BooleanField(_l("Pouvoir le suivre en ligne"), [])
    wants_quiet = BooleanField(_l("Un endroit calme"), [])
    host_name = line_field(_l("Pour qui l'écrivez-vous?"), Optional(), most=NAME)
    form_key = key_field()

    @classmethod
    def of(cls, topic: ForumTopic, idea: str) -> Self:
        """Return the form with a topic as it is stored; `idea` is the line that names the idea that it comes from."""
        names = ("title", "why", "wants_step_free", "wants_online", "wants_quiet")
        return cls(formdata=None, data={name: getattr(topic, name) for name in names} | {"idea": idea})

    def for_team(self, is_team: bool) -> Self:
        """Ask for whom it is written, of the team alone."""
        if not is_team:
            del self.host_name
        return self

    def words(self, lang: str, idea_id: int | None) -> TopicWords:
        """Return what was typed, once the form is right, in the language of the page."""
        name = self.host_name.data if "host_name" in self else ""
        return TopicWords(
            self.title.data,
            self.why.data or "",
            lang,
            self.wants_step_free.data,
            self.wants_online.data,
            self.wants_quiet.data,
            idea_id,
            name or "",
        )


class InterestForm(Form):
    """A press of interest; `place` says whether it was made on the wall or on the page of the topic.

    `mine` is the place at the meeting of whoever read the page that was pressed on.
    """

    place = HiddenField()
    mine = HiddenField()


class HostForm(Form):
    """The place of whoever is accepted beside the host of a topic."""

    place = HiddenField()


class GoingForm(Form):
    """The hour at which somebody says that they are at a topic, or take a pause; `mine` as above."""

    slot = HiddenField()
    mine = HiddenField()


class AnnouncementForm(Form):
    announcement = line_field(_l("L'annonce"), Optional(), most=ANNOUNCEMENT)


class HandsForm(Form):
    hands = FigureField(_l("Mains levées"), [InputRequired(BAD_HANDS), Within(0, MOST_HANDS, BAD_HANDS)], whole=True)


class JoinForm(Form):
    """The topic that another is joined to; none is chosen in silence."""

    topic = SelectField(_l("À quel sujet le joindre?"), [InputRequired(REQUIRED)])

    def offer(self, topics: Any) -> Self:
        self.topic.choices = choices([("", _l("Choisissez")), *topics])
        return self


class WallForm(Form):
    """The wall of the room, copied line by line: a topic, its host, its room and its hour, apart by semicolons."""

    lines = text_field(_l("Les sujets, un par ligne"), Visible(), most=WALL)
    form_key = key_field()
    _rooms: Mapping[str, int]
    _slots: Mapping[str, int]
    _shared: Collection[str]
    """The hours at which several sessions begin, on several days."""
    _names: tuple[Sequence[str], Sequence[str]]
    """How the rooms are called, and when sessions begin."""
    _refused: list[Any]
    read: Sequence[WallLine] = ()
    """The lines as they are understood, once the form is right."""

    def offer(self, event: Event, arrangement: Arrangement) -> Self:
        """Know the rooms by their names and the hours by when they begin."""
        self._rooms = {sort_key(room.name): room.id for room in arrangement.rooms}
        sessions = [(times.hour(slot.starts_at(event)), slot.id) for slot in arrangement.slots if slot.kind == SESSION]
        hours = [(_fold_hour(hour), slot_id) for hour, slot_id in sessions]
        self._names = [room.name for room in arrangement.rooms], list(dict(sessions))
        self._slots, self._shared = (
            dict(hours),
            {hour for n, (hour, _id) in enumerate(hours) if hour in dict(hours[:n])},
        )
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        lines = [line for line in (self.lines.data or "").splitlines() if line.strip()]
        self._refused = []
        found = [self._read_line(n, line) for n, line in enumerate(lines, 1)]
        self.read = [one for one in found if one]
        self.lines.errors = [*self.lines.errors, *self._tell_what_is_there()]
        return None not in found

    def _tell_what_is_there(self) -> list[str]:
        """Return which rooms there are, where a line names another, and which hours."""
        asked = [refusal in self._refused for refusal in (NO_ROOM, NO_HOUR)]
        if any(asked) and not all(self._names):
            return [str(NO_CELLS)]
        told = zip(asked, (THE_ROOMS, THE_HOURS), self._names, strict=True)
        return [str(said) % {"names": ", ".join(names)} for is_asked, said, names in told if is_asked]

    def _read_line(self, n: int, line: str) -> WallLine | None:
        """Return what a line says; None with an error at the field that names the line."""
        parts = [clean_line(part) for part in line.replace("\t", ";").split(";")]
        title, host, room, hour = [*parts, "", "", ""][:4]
        room_id, slot_id = self._rooms.get(sort_key(room)), self._slots.get(_fold_hour(hour))
        if len(parts) > 4:
            return self._refuse(n, MANY_PARTS)
        if not TITLE[0] <= len(title) <= TITLE[1]:
            return self._refuse(n, BAD_TITLE)
        if len(host) > NAME:
            return self._refuse(n, LONG_NAME)
        if room and not room_id:
            return self._refuse(n, NO_ROOM, room=room)
        if hour and not slot_id:
            return self._refuse(n, NO_HOUR, hour=hour)
        if _fold_hour(hour) in self._shared:
            return self._refuse(n, MANY_HOURS, hour=hour)
        if bool(room) != bool(hour):
            return self._refuse(n, HALF_CELL)
        cell = (slot_id, room_id) if slot_id and room_id else None
        return WallLine(TopicWords(title, lang=get_locale().language, host_name=host), cell)

    def _refuse(self, n: int, message: Any, **values: str) -> WallLine | None:
        self._refused.append(message)
        self.lines.errors = [*self.lines.errors, str(message) % ({"n": n} | values)]
        return None


def _fold_hour(hour: str) -> str:
    """Fold how an hour is typed: 10 h 15, 10h15 and 10:15 are one."""
    digits = [part for part in re.split(r"\D+", hour) if part]
    return ":".join([*(part.zfill(2) for part in digits), "00"][:2]) if digits else ""

"""What is typed in the notes of a session: the text of a part, a line, how many people were there."""

from collections.abc import Mapping
from typing import Any, Self

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional

from app.forms.base import REQUIRED, Form, Visible, choices, key_field, limits, line_field, parse_number, text_field
from app.forms.figures import FigureField, Within, day_field
from app.notes.models import ACTION, NoteLine, NoteText, PublishedLine
from app.notes.service.clashes import CHOICES
from app.notes.service.texts import LONGEST, MOST, PARTS, Sent
from app.notes.words import LineWords

LINE, REASON, HOLDER = (3, 400), (5, 300), 120
MOST_PEOPLE = 2_000
BAD_COUNT = _l("Écrivez un nombre, de 0 à 2 000.")
KINDS: Mapping[str, Any] = {
    "need": _l("Besoin"),
    "aspiration": _l("Aspiration"),
    "idea": _l("Idée"),
    "action": _l("Action"),
    "offer": _l("Offre"),
    "question": _l("Question"),
}


class WriterForm(Form):
    """What is typed of notes, by whoever `mine` says; the team may have copied it from a sheet."""

    from_paper = BooleanField(_l("Recopié d'une feuille de la séance"), [])
    mine = HiddenField()
    form_key = key_field()

    def for_team(self, is_team: bool) -> Self:
        """Ask the team alone whether it was copied."""
        if not is_team:
            del self.from_paper
        return self


class NoteTextForm(WriterForm):
    """A part of what was said, from the version that the page showed; `is_own` is "1" where it shows what it sent."""

    text = text_field(_l("Ce qui s'est dit"), Optional(), most=LONGEST)
    part = HiddenField()
    number = HiddenField()
    is_own = HiddenField()

    @classmethod
    def of(cls, part: NoteText | None, number: int = 1) -> Self:
        """Return the form of a part as it stands; None: one that nobody has written in, of this number."""
        words = {"text": part.text, "part": part.part, "number": part.number} if part else {"part": number, "number": 0}
        form = cls(formdata=None, data=words)
        for field in form:
            field.id = f"{field.id}-{form.part.data}"
        return form

    def sent(self) -> Sent:
        """Return what was sent, once the form is right."""
        part, number = parse_number(self.part.data) or 1, parse_number(self.number.data)
        is_own, key = self.is_own.data == "1", self.form_key.data or ""
        return Sent(part, number, is_own, self.text.data or "", key, bool(self.data.get("from_paper")))


class LineForm(WriterForm):
    """A line; who carries it and for when are of an action alone."""

    kind = SelectField(_l("Ce que c'est"), [InputRequired(REQUIRED)])
    text = line_field(_l("En une phrase"), Visible(), limits(*LINE), most=LINE[1])
    holder = line_field(_l("Qui s'en charge"), Optional(), most=HOLDER)
    due_on = day_field(_l("Pour quand"), Optional())

    def offer(self) -> Self:
        self.kind.choices = choices([("", _l("Choisissez")), *KINDS.items()])
        return self

    @classmethod
    def of(cls, line: NoteLine) -> Self:
        names = ("kind", "text", "holder", "due_on", "from_paper")
        return cls(formdata=None, data={name: getattr(line, name) for name in names}).offer()

    def words(self) -> LineWords:
        """Return what was typed, once the form is right, in the language of the page."""
        is_action = self.kind.data == ACTION
        return LineWords(
            self.kind.data,
            self.text.data,
            get_locale().language,
            (self.holder.data or "") if is_action else "",
            self.due_on.data if is_action else None,
            bool(self.data.get("from_paper")),
        )


class ClashForm(Form):
    """Which of two texts stays; both may."""

    choice = SelectField(choices=choices([(one, one) for one in CHOICES]), validators=[InputRequired(REQUIRED)])


class PeopleForm(Form):
    people_count = FigureField(
        _l("Combien de personnes"), [InputRequired(BAD_COUNT), Within(0, MOST_PEOPLE, BAD_COUNT)], whole=True
    )


class CorrectionForm(Form):
    """Other words for published notes, or for a line of them, and why; `seen` is how many corrections there were."""

    text = text_field(_l("Ce qui se lit"), Optional(), most=MOST * PARTS)
    reason = line_field(_l("Ce que vous corrigez, et pourquoi"), Visible(), limits(*REASON), most=REASON[1])
    seen = HiddenField()

    @classmethod
    def of(cls, text: str, seen: int) -> Self:
        return cls(formdata=None, data={"text": text, "seen": seen})


class LineCorrectionForm(CorrectionForm):
    """Of an action, who carries it may be corrected too: it is a name."""

    text = line_field(_l("La ligne"), Visible(), limits(*LINE), most=LINE[1])
    holder = line_field(_l("Qui s'en charge"), Optional(), most=HOLDER)

    @classmethod
    def of_line(cls, line: PublishedLine, seen: int) -> Self:
        return cls(formdata=None, data={"text": line.text, "holder": line.holder, "seen": seen})

    def for_kind(self, kind: str) -> Self:
        if kind != ACTION:
            del self.holder
        return self


class WithdrawalForm(Form):
    reason = line_field(_l("Pourquoi, que tout le monde lira"), Visible(), limits(*REASON), most=REASON[1])

"""The forms of the desk: assignments, reading marks, notes and saved replies."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, Optional

from app.core.numbers import LARGEST
from app.forms.base import REQUIRED, Between, Form, Visible, choices, key_field, limits, line_field, text_field
from app.forms.moderation import REASON
from app.forms.overlaps import SharedForm

NOTE, TITLE = 2_000, (2, 80)


class AssignmentForm(Form):
    to = SelectField(_l("Qui s'en occupera"))

    def offer(self, people: Iterable[tuple[int, Any]]) -> "AssignmentForm":
        self.to.choices = choices(people)
        return self


class ReadingForm(Form):
    """`upto` is the last comment that was shown; `thread` the thread that was read, if not the whole community."""

    upto = IntegerField(validators=[InputRequired(), Between(1, LARGEST, REQUIRED)])
    thread = IntegerField(validators=[Optional(), Between(1, LARGEST, REQUIRED)])


class NoteForm(Form):
    note = text_field(_l("Une note pour l'équipe"), Visible(), limits(1, NOTE), most=NOTE)
    form_key = key_field()


class ReplyForm(SharedForm):
    """A saved reply, no longer than the reasons that it is inserted in."""

    title = line_field(_l("Nom de la réponse"), Visible(), limits(*TITLE), most=TITLE[1])
    body = text_field(_l("Texte"), Visible(), limits(1, REASON[1]), most=REASON[1])
    form_key = key_field()

"""The form of what is asked about the file of a plan: how its columns are read, what its words mean, one proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wtforms import SelectField

from app.forms.base import TEXT, Form, choices, line_field


@dataclass(frozen=True)
class Ask:
    """A question: the name of its field, its label, its choices as (value, label) pairs, what stands there.

    Without choices, it is answered in words.
    """

    field: str
    label: str
    choices: tuple[tuple[str, Any], ...]
    value: str


class AnswersForm(Form):
    """One field for each question of a file; what is stored stands in it."""

    @classmethod
    def of(cls, asks: Iterable[Ask], *, is_sent: bool) -> "AnswersForm":
        """Return the form with these questions, as it was sent or as it is to be shown."""
        kind: Any = type("FileAnswersForm", (cls,), {ask.field: _make_field(ask) for ask in asks})
        form: AnswersForm = kind() if is_sent else kind(formdata=None)
        return form


def _make_field(ask: Ask) -> Any:
    if not ask.choices:
        return line_field(ask.label, most=TEXT, default=ask.value)
    return SelectField(ask.label, choices=choices(ask.choices), default=ask.value)

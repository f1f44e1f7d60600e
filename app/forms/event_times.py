"""When a meeting is: typed with it, moved, or asked of one that begins from another; and why it is not held."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from app.core import clock
from app.core.errors import Invalid
from app.events import writing
from app.forms.base import REQUIRED, Form, Visible, key_field, limits, text_field
from app.forms.figures import day_field
from app.forms.hours import comes_twice, hour_field, read_moment, turn_field, write_moment

REASON = (5, 500)
FOR_ALL = _l("Tout le monde lira ce motif.")


class MomentForm(Form):
    """A day and an hour for the start and for the end: `starts_at` and `ends_at`, once the form is right."""

    starts_on = day_field(_l("Premier jour"), InputRequired(REQUIRED))
    starts_hour = hour_field(_l("Heure du début"), InputRequired(REQUIRED))
    starts_turn = turn_field(_l("Laquelle des deux, au début?"))
    ends_on = day_field(_l("Dernier jour"), InputRequired(REQUIRED))
    ends_hour = hour_field(_l("Heure de la fin"), InputRequired(REQUIRED))
    ends_turn = turn_field(_l("Laquelle des deux, à la fin?"))
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        return "starts_on" not in self or (self._read_moments() and is_right)

    def _read_moments(self) -> bool:
        """Read the two moments, and tell whether they are in order; else it is said beside a field."""
        self.starts_at = read_moment(self["starts_on"], self["starts_hour"], self["starts_turn"])
        self.ends_at = read_moment(self["ends_on"], self["ends_hour"], self["ends_turn"])
        if self.starts_at is None or self.ends_at is None:
            return False
        try:
            writing.check_times(self.starts_at, self.ends_at)
        except Invalid as refusal:
            self.say(refusal.field, _(refusal.message))
            return False
        return True

    def moments(self) -> dict[str, Any]:
        """Return the two moments of a form that was found right, by name; none where it asks for none."""
        return {"starts_at": self.starts_at, "ends_at": self.ends_at} if "starts_on" in self else {}

    def is_past(self) -> bool:
        return self.starts_at is not None and self.starts_at <= clock.now()

    def asks_turn(self, name: str) -> bool:
        """Tell whether the page asks which of two hours is meant; `name` is starts or ends."""
        return comes_twice(self[f"{name}_on"], self[f"{name}_hour"])


class MoveForm(MomentForm):
    reason = text_field(_l("Motif"), Visible(), limits(*REASON), most=REASON[1], description=FOR_ALL)

    @classmethod
    def of(cls, starts_at: datetime, ends_at: datetime) -> "MoveForm":
        return cls(formdata=None, data=write_moment("starts", starts_at) | write_moment("ends", ends_at))


class CloneForm(MomentForm):
    """`takes_rest` is asked of a forum alone."""

    takes_rest = BooleanField(_l("Reprendre les sujets qui n'ont pas été tenus"))
    form_key = key_field()


class CancellationForm(Form):
    reason = text_field(_l("Motif"), Visible(), limits(*REASON), most=REASON[1], description=FOR_ALL)

"""Fields that count only with another one: the page says so beside them, and they are refused when filled alone."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

MEND = _l("%(why)s Complétez, ou effacez ceci.")


class Needs:
    """Refuse what is typed where the field `other` is not filled, or has none of `values` (those of a button, say).

    `why` says when the field counts. The page prints it beside the field, unless what stands before a group of such
    fields says it once (`is_said`); the refusal says it again. It stands before `Optional`, which ends the checks.
    """

    def __init__(self, other: str, why: Any, *, values: tuple[str, ...] = (), is_said: bool = False):
        self.other, self.why, self.values = other, why, values
        self.field_flags = {} if is_said else {"needs": why}

    def __call__(self, _form: Any, field: Any) -> None:
        if any(str(value).strip() for value in field.raw_data or ()) and not self._is_met():
            raise StopValidation(str(MEND % {"why": self.why}))

    def _is_met(self) -> bool:
        found = [value.strip() for value in request.form.getlist(self.other)]
        return any(value in self.values if self.values else value for value in found)

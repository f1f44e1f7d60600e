"""What the door of a meeting sends: presses, which may have waited in a browser, and who comes unannounced."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.forms.base import Form, key_field, line_field, parse_number

NAME = 80


class PressForm(Form):
    """A press of a `key`, which waited so many seconds in its browser; without JavaScript it has neither."""

    key = key_field()
    waited = HiddenField(default="0")

    def own_key(self) -> str:
        """Return the key of the press, "" for none that a page of ours makes."""
        return (self.key.data or "") if self.validate() else ""

    @property
    def seconds(self) -> int:
        return parse_number(self.waited.data)


class WelcomeForm(PressForm):
    name = line_field(_l("Nom (facultatif)"), most=NAME)

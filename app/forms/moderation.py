"""The forms of a decision: a reason, and the version of the text that was read."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import Length, Optional

from app.core.numbers import LARGEST
from app.forms.base import REQUIRED, Between, Form, Visible, limits, text

REASON = (5, 500)


class MeasureForm(Form):
    reason = text(_l("Motif"), Visible(), limits(*REASON), most=REASON[1])


def version_field() -> HiddenField:
    """Make the field of the version of the text that the page showed."""
    return HiddenField(validators=[Length(max=64)], filters=[lambda value: value or ""])


class JudgedWordsForm(MeasureForm):
    """Why words that their author may still change are refused, hidden or shown."""

    version = version_field()


class AdmissionForm(Form):
    """The admission of a first post; `trust` trusts its author too, `into` is the idea to join it to next."""

    trust = BooleanField()
    into = IntegerField(validators=[Optional(), Between(1, LARGEST, REQUIRED)])
    version = version_field()

"""The forms of a decision: a reason, and the version of the text that was read."""
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from app.forms.base import Form, Visible, limits, text

REASON = (5, 500)


class MeasureForm(Form):
    reason = text(_l("Motif"), Visible(), limits(*REASON), most=REASON[1])


def version_field() -> HiddenField:
    """Make the field of the version of the text that the page showed."""
    return HiddenField(validators=[Length(max=64)])


class JudgedWordsForm(MeasureForm):
    """Why words that their author may still change are refused, hidden or shown."""

    version = version_field()


class AdmissionForm(Form):
    """The admission of a first post; `trust` trusts its author too."""

    trust = BooleanField()
    version = version_field()

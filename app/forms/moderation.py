"""The forms of a decision: a reason, and the version of the text that was read."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField
from wtforms.validators import Length, Optional

from app.core.numbers import LARGEST
from app.forms.base import REQUIRED, Between, Form, Visible, key_field, limits, line_field, parse_number, text_field
from app.forms.ideas import BODY, TITLE

REASON = (5, 500)


class MeasureForm(Form):
    reason = text_field(_l("Motif"), Visible(), limits(*REASON), most=REASON[1])


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


CHOOSE = _l("Choisissez une contribution de la liste.")


class MergeForm(MeasureForm):
    """`into` is the idea that was chosen on the page before."""

    into = HiddenField(filters=[parse_number])


class SplitForm(Form):
    title = line_field(_l("Titre de la nouvelle contribution"), Visible(), limits(*TITLE), most=TITLE[1])
    part = text_field(_l("Son texte"), Visible(), most=BODY)
    reason = text_field(_l("Motif"), Visible(), limits(*REASON), most=REASON[1])
    form_key = key_field()


class RelationForm(Form):
    other = RadioField(_l("Contribution liée"), coerce=parse_number, validate_choice=False, default=None)

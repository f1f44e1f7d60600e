"""The forms to merge an idea into another, split one off it, and relate two."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField

from app.forms.base import Form, Visible, key_field, limits, line, number_of, text
from app.forms.ideas import BODY, TITLE
from app.forms.moderation import REASON, MeasureForm

CHOOSE = _l("Choisissez une contribution de la liste.")


class MergeForm(MeasureForm):
    """`into` is the idea that was chosen on the page before."""

    into = HiddenField(filters=[number_of])


class SplitForm(Form):
    title = line(_l("Titre de la nouvelle contribution"), Visible(), limits(*TITLE), most=TITLE[1])
    part = text(_l("Son texte"), Visible(), most=BODY)
    reason = text(_l("Motif"), Visible(), limits(*REASON), most=REASON[1])
    form_key = key_field()


class RelationForm(Form):
    other = RadioField(_l("Contribution liée"), coerce=number_of, validate_choice=False, default=None)

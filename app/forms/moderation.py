"""Why a measure is taken."""
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from app.forms.base import Form, Visible, limits, text

REASON = (5, 500)


class MeasureForm(Form):
    reason = text(_l("Motif"), Visible(), limits(*REASON), most=REASON[1])


class ProfileMeasureForm(MeasureForm):
    """`version` names the words shown."""

    version = HiddenField(validators=[Length(max=64)])


class AdmissionForm(Form):
    """One press lets a first post appear; the other button trusts its author too. `version` names the words shown."""

    trust = BooleanField()
    version = HiddenField(validators=[Length(max=64)])

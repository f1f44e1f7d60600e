"""The forms of a comment."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app.core.numbers import LARGEST
from app.forms.base import Between, Visible, choices, key_field, text_field
from app.forms.traps import ChangeForm, TrapForm

BODY = 5_000
GONE = _l("Le commentaire auquel vous répondez n'est plus là. Votre texte est gardé ci-dessous.")
INTENTS = [
    ("", _l("Un commentaire")),
    ("appreciate", _l("Ce que j'apprécie")),
    ("wonder", _l("Ce que je me demande")),
    ("suggest", _l("Ce que je suggère")),
    ("offer", _l("Ce que j'offre")),
]


class CommentForm(TrapForm):
    """A comment, or the answer to one (`parent_id`)."""

    intent = RadioField(_l("Nature de votre rétroaction"), choices=choices(INTENTS), default="")
    body = text_field(_l("Votre commentaire"), Visible(), most=BODY)
    parent_id = IntegerField(validators=[Optional(), Between(1, LARGEST, GONE)], widget=HiddenInput())
    form_key = key_field()

    def set_parent(self, comment_id: int) -> "CommentForm":
        """Make this the answer to a comment, with ids of its own since another form may stand on the page."""
        self.parent_id.data = comment_id
        for field in self:
            field.id = f"{field.name}-{comment_id}"
        return self


class CorrectionForm(ChangeForm):
    body = text_field(_l("Votre commentaire"), Visible(), most=BODY)

"""The forms of the charter: to write it, and to accept it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from app.accounts.charter import CharterWords
from app.accounts.models.documents import Document
from app.forms.base import Form, Visible, limits, text_field
from app.forms.overlaps import SharedForm

SUMMARY = (5, 500)


class CharterForm(SharedForm):
    """A new version of the charter, written over the one in force."""

    ASIDE = ("summary", "asks_again")

    body = text_field(_l("Texte en français"), Visible())
    body_en = text_field(_l("Texte en anglais"))
    summary = text_field(_l("Ce qui change"), Visible(), limits(*SUMMARY), most=SUMMARY[1])
    asks_again = BooleanField(_l("Demander à tout le monde de l'accepter de nouveau"))

    @classmethod
    def of(cls, now: Document) -> "CharterForm":
        return cls(formdata=None, body=now.body, body_en=now.body_en, asks_again=True)

    def words(self) -> CharterWords:
        return CharterWords(
            body=self.body.data or "",
            body_en=self.body_en.data or "",
            summary=self.summary.data or "",
            asks_again=bool(self.asks_again.data),
        )


class AcceptanceForm(Form):
    """`charter_accepted` is the version that was shown; `next` is where the person was going."""

    charter_accepted = HiddenField(validators=[Length(max=9)])
    next = HiddenField(validators=[Length(max=1000)])

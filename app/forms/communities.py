from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_security.forms import EmailValidation
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.communities.models import COLOURS
from app.forms.base import REQUIRED, Visible, limits, line
from app.forms.base import Form as Base
from app.forms.reference import ADDRESS, SLUG, WordsForm

ZONE = ZoneInfo("America/Toronto")
# Far enough for any charge, and before the last day that a calendar knows.
LAST = date(2999, 12, 31)
NAMES = {
    "food": _l("Vert"), "school": _l("Ocre"), "transit": _l("Bleu"),
    "housing": _l("Brique"), "fifth": _l("Violet"), "neutral": _l("Gris"),
}


class NewCommunityForm(WordsForm):
    colour = RadioField(_l("Couleur"), [InputRequired(REQUIRED)], default="neutral",
                        choices=[SelectChoice(name, NAMES[name]) for name in COLOURS])


class CommunityForm(NewCommunityForm):
    slug = line(_l("Fin de l'adresse"), Visible(), limits(*SLUG), ADDRESS, most=SLUG[1])


class FacilitatorForm(Base):
    email = line(_l("Adresse courriel de la personne"), Visible(), EmailValidation(verify=False), most=254)
    expires_on = DateField(_l("Dernier jour de la charge"), [Optional()])

    def expires_at(self) -> datetime | None:
        """Give the end of the last day, in the region's time."""
        day: date | None = self.expires_on.data
        return datetime.combine(min(day, LAST) + timedelta(days=1), time(), ZONE) if day else None

"""The forms of a community: its words, its look, how its team works, and its facilitators."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.communities.models import COLOURS
from app.communities.service import MOST_DAYS, Ways
from app.core import clock
from app.forms.base import REQUIRED, Between, Visible, limits, line
from app.forms.base import Form as Base
from app.forms.charges import PersonForm
from app.forms.overlaps import SharedForm
from app.forms.reference import ADDRESS, SLUG, WordsForm

# Far enough for any charge, and before the last day that a calendar knows.
LAST = date(2999, 12, 31)
NAMES = {
    "food": _l("Vert"),
    "school": _l("Ocre"),
    "transit": _l("Bleu"),
    "housing": _l("Brique"),
    "fifth": _l("Violet"),
    "neutral": _l("Gris"),
}


def end_of(day: date | None) -> datetime | None:
    """Return the end of a day, in the region's time."""
    return datetime.combine(min(day, LAST) + timedelta(days=1), time(), clock.ZONE) if day else None


def days(label: Any, default: int) -> IntegerField:
    """Make the field of a number of days, from 1 to a year."""
    message = _l("Écrivez un nombre de jours de 1 à 365.")
    return IntegerField(
        label,
        [InputRequired(REQUIRED), Between(1, MOST_DAYS, message)],
        default=default,
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_DAYS},
    )


class WaysForm(WordsForm):
    """What a community looks like, and how its team works."""

    colour = RadioField(
        _l("Couleur"),
        [InputRequired(REQUIRED)],
        default="neutral",
        choices=[SelectChoice(name, NAMES[name]) for name in COLOURS],
    )
    wants_review = BooleanField(_l("Faire relire chaque réponse par une autre personne de l'équipe"))
    answer_days = days(_l("Rappeler une idée sans réponse après (jours)"), 30)
    stalled_days = days(_l("Rappeler une étape sans suite après (jours)"), 90)

    def settings(self) -> dict[str, Any]:
        """Return what the form holds beside the words."""
        ways = Ways(bool(self.wants_review.data), self.answer_days.data or 0, self.stalled_days.data or 0)
        return {"colour": self.colour.data, "ways": ways}


class NewCommunityForm(WaysForm):
    is_private = BooleanField(_l("Communauté privée (sur invitation)"))

    def settings(self) -> dict[str, Any]:
        return super().settings() | {"is_private": bool(self.is_private.data)}


class CommunityForm(SharedForm, WaysForm):
    slug = line(_l("Fin de l'adresse"), Visible(), limits(*SLUG), ADDRESS, most=SLUG[1])


class TermForm(Base):
    """How long somebody has a charge; without a last day, until it is taken back."""

    expires_on = DateField(_l("Dernier jour de la charge"), [Optional()])

    def expires_at(self) -> datetime | None:
        return end_of(self.expires_on.data)


class FacilitatorForm(PersonForm, TermForm):
    """Who joins a team, and until when."""

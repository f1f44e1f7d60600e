"""The forms of a community: its words, its look, how its team works, and its facilitators."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_security.forms import EmailValidation
from wtforms import BooleanField, DateField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.communities.models import COLOURS
from app.communities.service import MOST_DAYS, WorkingRules
from app.core import clock
from app.forms.base import REQUIRED, Between, BoxesField, Form, Visible, choices, limits, line_field, text_field
from app.forms.base import Form as Base
from app.forms.charges import PersonForm
from app.forms.ideas import ids_of, list_current, parse_id
from app.forms.moderation import REASON
from app.forms.overlaps import SharedForm
from app.forms.reference import ADDRESS, SLUG, WordsForm
from app.reference.queries import Axis

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


def days_field(label: Any, default: int) -> IntegerField:
    """Make the field of a number of days, from 1 to a year."""
    message = _l("Écrivez un nombre de jours de 1 à 365.")
    return IntegerField(
        label,
        [InputRequired(REQUIRED), Between(1, MOST_DAYS, message)],
        default=default,
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_DAYS},
    )


class WorkingRulesForm(WordsForm):
    """What a community looks like, and how its team works."""

    colour = RadioField(
        _l("Couleur"),
        [InputRequired(REQUIRED)],
        default="neutral",
        choices=[SelectChoice(name, NAMES[name]) for name in COLOURS],
    )
    issues = BoxesField(_l("Enjeux qu'elle couvre"), [Optional()], coerce=parse_id)
    wants_review = BooleanField(_l("Faire relire chaque réponse par une autre personne de l'équipe"))
    answer_days = days_field(_l("Rappeler une idée sans réponse après (jours)"), 30)
    stalled_days = days_field(_l("Rappeler une étape sans suite après (jours)"), 90)

    def settings(self) -> dict[str, Any]:
        """Return what the form holds beside the words."""
        rules = WorkingRules(bool(self.wants_review.data), self.answer_days.data or 0, self.stalled_days.data or 0)
        return {"colour": self.colour.data, "rules": rules, "issue_ids": ids_of(self.issues)}

    def offer(self, issues: Iterable[Axis], label: Callable[[Any], str]) -> Self:
        """Offer the issues, those of the archives where they are among the ones that it covers."""
        self.issues.choices = choices(list_current(issues, self.issues.data or [], label))
        return self


class NewCommunityForm(WorkingRulesForm):
    is_private = BooleanField(_l("Communauté privée (sur invitation)"))

    def settings(self) -> dict[str, Any]:
        return super().settings() | {"is_private": bool(self.is_private.data)}


class CommunityForm(SharedForm, WorkingRulesForm):
    slug = line_field(_l("Fin de l'adresse"), Visible(), limits(*SLUG), ADDRESS, most=SLUG[1])


class TermForm(Base):
    """How long somebody has a charge; without a last day, until it is taken back."""

    expires_on = DateField(_l("Dernier jour de la charge"), [Optional()])

    def expires_at(self) -> datetime | None:
        return end_of(self.expires_on.data)


class FacilitatorForm(PersonForm, TermForm):
    """Who joins a team, and until when."""


class InvitationForm(Form):
    email = line_field(_l("Adresse courriel de la personne"), Visible(), EmailValidation(verify=False), most=254)


class RemovalForm(Form):
    reason = text_field(
        _l("Motif"),
        Visible(),
        limits(*REASON),
        most=REASON[1],
        description=_l("La personne lira ce motif. Le journal le garde, sans la nommer."),
    )

"""The forms to report a content, decide on a case, appeal a measure and judge the appeal."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from app.forms.base import Form, Visible, choices, limits, text_field
from app.forms.moderation import REASON, JudgedWordsForm, MeasureForm
from app.forms.needs import Needs

WORDS, PLEA = 1_000, (20, 2_000)
CHOOSE_ACT = _l("Choisissez ce que vous décidez, par l'un des boutons.")
CHOOSE_WHY = _l("Choisissez ce qui ne va pas.")

WITH_HANDLE = _l("Compte seulement avec « Retenir et clore ».")


def _button(*acts: str) -> RadioField:
    """Make the field of the button that was pressed."""
    return RadioField(validators=[InputRequired(CHOOSE_ACT)], choices=choices((act, act) for act in acts), default=None)


class ReportForm(Form):
    """`why` is a code of the short list; the words are needed when the list says nothing."""

    why = RadioField(_l("Ce qui ne va pas"), [InputRequired(CHOOSE_WHY)], default=None)
    words = text_field(_l("En vos mots"), most=WORDS)

    def offer(self, reasons: dict[str, Any]) -> "ReportForm":
        self.why.choices = choices(reasons.items())
        return self


class DecisionForm(JudgedWordsForm):
    """What becomes of a case; `act` is the button that was pressed."""

    measure = SelectField(_l("Mesure déjà prise"), [Needs("act", WITH_HANDLE, values=("handle",))], default="")
    act = _button("hide", "handle", "dismiss")

    def offer(self, measures: Iterable[tuple[Any, Any]]) -> "DecisionForm":
        self.measure.choices = choices([("", _l("Aucune mesure")), *measures])
        return self


class ReopeningForm(Form):
    reason = text_field(_l("Motif de la réouverture"), Visible(), limits(*REASON), most=REASON[1])


class AppealForm(Form):
    words = text_field(_l("Pourquoi cette mesure devrait être revue"), Visible(), limits(*PLEA), most=PLEA[1])


class JudgementForm(MeasureForm):
    """`act` is the button that was pressed."""

    act = _button("grant", "refuse")

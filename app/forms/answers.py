"""The answer of a community: a step and why, a remark on it, and one answer to many ideas."""

import hashlib
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.core.text.plain import has_visible
from app.forms.base import REQUIRED, Form, Visible, choices, limits, text_field
from app.forms.ideas import parse_id
from app.forms.moderation import version_field
from app.forms.needs import Needs
from app.forms.overlaps import SharedForm
from app.ideas.answers import AnswerWords
from app.ideas.models import Idea
from app.ideas.transitions import BY_HAND, SAME, leads_back, list_next_steps

REASON, REMARK, MANY = (5, 2000), (5, 1000), 100
WITH_RETURN = _l("Part seulement avec « Renvoyer avec la remarque ».")
BACK = _l("%(step)s (revenir en arrière)")
STEP = _l("Étape")


class AnswerForm(SharedForm):
    status = RadioField(STEP, [DataRequired(REQUIRED)])
    reason = text_field(
        _l("Motif public"), Visible(), limits(*REASON), most=REASON[1], description=_l("Tout le monde lira ce motif.")
    )
    version = version_field()

    def offer(self, idea: Idea, steps: Any) -> "AnswerForm":
        """Fill the steps that follow the status of the idea, after the same one; one that leads back says so."""
        self.status.choices = choices(
            (step, BACK % {"step": steps[step]} if leads_back(idea.status, step) else steps[step])
            for step in (SAME, *list_next_steps(idea))
        )
        return self

    def can_be_kept(self) -> bool:
        """Tell whether this can be kept as a draft: anything that was begun, within the limits."""
        self.validate()
        is_begun = bool(self.status.data or has_visible(self.reason.data or ""))
        is_known = not self.status.data or not self.status.errors
        is_short = len(self.reason.data or "") <= REASON[1]
        can_be = is_begun and is_known and is_short and not self.version.errors
        if can_be:
            self.status.errors, self.reason.errors = (), ()
        return can_be

    def words(self) -> AnswerWords:
        return AnswerWords(self.status.data or "", (self.reason.data or "").strip(), self.version.data or "")


class ReviewForm(Form):
    """`shown` names the words of the draft as the page showed them, to tell whether the reviewer wrote others."""

    remark = text_field(
        _l("Votre remarque"), Needs("act", WITH_RETURN, values=("return",)), Optional(), limits(*REMARK), most=REMARK[1]
    )
    version, shown = version_field(), version_field()

    def is_explained(self) -> bool:
        """Check the form of a draft that is sent back, which needs a remark."""
        is_right = self.validate()
        if not self.remark.data:
            self.say("remark", str(REQUIRED))
        return is_right and bool(self.remark.data)


def compute_digest(words: AnswerWords) -> str:
    """Name these words, whoever wrote them."""
    return hashlib.sha256(f"{words.status}\n{words.reason}".encode()).hexdigest()[:32]


class VersionForm(Form):
    version = version_field()


class ManyForm(Form):
    idea = SelectMultipleField(
        _l("Idées"),
        [Length(max=MANY, message=_l("Cent idées au plus à la fois."))],
        coerce=parse_id,
        validate_choice=False,
    )
    status = RadioField(STEP, [DataRequired(REQUIRED)])
    reason = text_field(_l("Motif public"), Visible(), limits(*REASON), most=REASON[1])

    def offer(self, steps: Any) -> "ManyForm":
        self.status.choices = choices((step, steps[step]) for step in (SAME, *BY_HAND))
        return self

    def validate_idea(self, _field: Any) -> None:
        if not self.ids():
            raise ValidationError(str(_l("Cochez au moins une idée.")))

    def ids(self) -> list[int]:
        """Return the ids of the ideas that were ticked, each once."""
        return [row_id for row_id in dict.fromkeys(self.idea.data or ()) if row_id]

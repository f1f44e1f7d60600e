"""The forms of links: an idea and an action of the plan, and why; the answer of a team."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.forms.base import REQUIRED, Form, Visible, key_field, limits, parse_number, text_field
from app.forms.moderation import REASON
from app.plan.models.structure import Action

REASON_FIELD = _l("Motif")


class IdeaLinkForm(Form):
    """An action for an idea."""

    action = SelectField(_l("Action du plan"), coerce=parse_number, validate_choice=False)
    reason = text_field(REASON_FIELD, Visible(), limits(*REASON), most=REASON[1])
    form_key = key_field()

    def offer(self, actions: Sequence[Action]) -> "IdeaLinkForm":
        """Fill the choice of an action, under its objective."""
        options = [
            SelectChoice(str(one.id), f"{one.code} {one.title}", optgroup=f"{one.objective.code} {one.objective.title}")
            for one in actions
        ]
        self.action.choices = [SelectChoice("", str(_l("Choisissez une action"))), *options]
        return self

    def validate(self, extra_validators: object = None) -> bool:
        is_right = super().validate(extra_validators)
        if not self.action.data:
            self.say("action", str(REQUIRED))
        return is_right and bool(self.action.data)


class ActionLinkForm(Form):
    """An idea for an action."""

    idea = RadioField(_l("Contribution"), coerce=parse_number, validate_choice=False, default=None)
    reason = text_field(REASON_FIELD, Visible(), limits(*REASON), most=REASON[1])
    form_key = key_field()


class LinkAnswerForm(Form):
    """The answer to a link that was proposed; who says no says why."""

    reason = text_field(_l("Votre réponse"), Optional(), limits(*REASON), most=REASON[1])

    def is_explained(self) -> bool:
        is_right = self.validate()
        if not self.reason.data:
            self.say("reason", str(REQUIRED))
        return is_right and bool(self.reason.data)

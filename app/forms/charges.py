"""The form that gives somebody a charge: the person is chosen among those of a name, or named by their address."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_security.forms import EmailValidation
from wtforms import RadioField
from wtforms.validators import Optional

from app.forms.base import REQUIRED, Form, choices, line_field, parse_number


class PersonForm(Form):
    """Who is given a charge: the number of an account (0 for none), or the address of one."""

    person = RadioField(_l("Personne"), [Optional()], coerce=parse_number, validate_choice=False)
    email = line_field(_l("Adresse courriel de la personne"), Optional(), EmailValidation(verify=False), most=254)

    def offer(self, people: Iterable[tuple[int, Any]]) -> None:
        """Offer the people that were found."""
        self.person.choices = choices(people)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one of the two."""
        is_right = super().validate(extra_validators)
        if is_right and not (self.person.data or self.email.data):
            self.say("email", str(REQUIRED))
            return False
        return is_right

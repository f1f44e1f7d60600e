"""The forms of a measure: a pace, a place, a length of time, and always a reason."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from app.core import clock
from app.core.numbers import LARGEST
from app.forms.base import Form, Visible, choices, limits, line_field, parse_number, text_field
from app.forms.communities import end_of
from app.forms.moderation import REASON, MeasureForm
from app.forms.needs import Needs

MINUTES, DAYS = (5, 15, 60, 240), (1, 3, 7, 30, 90)
ADDRESS = re.compile(r"(?:https?://[^/\s]+)?(?:/ideas/)?([0-9]{1,10})(?:-[\w-]*)?(?:[?#]\S*)?/?")
EVERYWHERE = "site"
WITH_REFUSAL = _l("Part seulement avec « La garder ici ».")
CHOOSE = _l("Faites un choix dans la liste.")


class SlowForm(MeasureForm):
    """The pace of a thread; `minutes` is 0 to end it."""

    minutes = RadioField(_l("Temps entre deux commentaires d'une même personne"), [InputRequired(CHOOSE)], default=None)

    def offer(self, present: int, names: dict[int, Any]) -> "SlowForm":
        """Fill the choices with every pace but the present one."""
        self.minutes.choices = choices((one, names[one]) for one in (0, *MINUTES) if one != present)
        return self


class MoveForm(MeasureForm):
    community = SelectField(_l("Communauté"), [InputRequired(CHOOSE)])

    def offer(self, rooms: Iterable[tuple[Any, Any]]) -> "MoveForm":
        self.community.choices = choices([("", _l("Choisissez une communauté")), *rooms])
        return self


class BranchForm(MeasureForm):
    idea = line_field(_l("Adresse ou numéro de l'idée"), Visible(), most=300)

    def validate_idea(self, field: Any) -> None:
        if not self.idea_id():
            raise ValidationError(str(_l("Copiez l'adresse de la page de l'idée, ou écrivez son numéro.")))

    def idea_id(self) -> int:
        """Read the number of the idea in what was typed; 0 when there is none."""
        found = ADDRESS.fullmatch((self.idea.data or "").strip())
        number = int(found[1]) if found else 0
        return number if number <= LARGEST else 0


class HandoverForm(Form):
    """The answer to an offer; `act` is the button that was pressed, and words are needed to return the idea."""

    why = _l("Pour renvoyer une idée, dites pourquoi.")
    words = text_field(_l("Votre réponse"), Optional(), limits(*REASON), most=REASON[1])
    act = RadioField(
        validators=[InputRequired(CHOOSE)], choices=choices([("accept", "accept"), ("return", "return")]), default=None
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        if self.act.data != "return" or self.words.data:
            return is_right
        self.say("words", str(self.why))
        return False


class RequestForm(HandoverForm):
    """The answer to an author who asks for another community; words are needed to leave the idea where it is."""

    why = _l("Pour garder l'idée ici, dites pourquoi.")
    words = text_field(
        _l("Votre réponse"), Needs("act", WITH_REFUSAL, values=("return",)), Optional(), limits(*REASON), most=REASON[1]
    )
    request_id = HiddenField(filters=[parse_number])


class PersonForm(MeasureForm):
    """A measure on a member, in one of the places where it may be taken."""

    place = SelectField(_l("Où"), [InputRequired(CHOOSE)])

    def offer(self, places: list[tuple[Any, Any]]) -> "PersonForm":
        """Fill the places; where there are several, none is selected at first."""
        begin = [] if len(places) == 1 else [("", _l("Choisissez où"))]
        self.place.choices = choices([*begin, *places])
        return self

    def community_id(self) -> int | None:
        return parse_number(self.place.data) or None


class MemberSuspensionForm(PersonForm):
    """A suspension with a length or a last day; a day alone is enough, and both at once are refused."""

    days = RadioField(_l("Durée"), [DataRequired(CHOOSE)], default=None)
    until = DateField(_l("Dernier jour"), [Optional()])

    def offer_days(self, names: dict[str, Any]) -> "MemberSuspensionForm":
        self.days.choices = choices(names.items())
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        if self.until.data and not self.days.data:
            self.days.data = "date"
        return super().validate(extra_validators)

    def validate_days(self, field: Any) -> None:
        if field.data == "date" and self.until.data is None:
            raise ValidationError(str(_l("Choisissez le dernier jour de la suspension.")))

    def validate_until(self, field: Any) -> None:
        if field.data and self.days.data != "date":
            raise ValidationError(str(_l("Vous avez aussi choisi une durée. Gardez la durée ou le dernier jour.")))

    def end(self) -> datetime:
        """Return the last second of the suspension, which is the last of a day in the region's time."""
        today = clock.now().astimezone(clock.ZONE).date()
        last = self.until.data if self.days.data == "date" else today + timedelta(days=int(self.days.data))
        moment = end_of(last)
        assert moment is not None, "a day was chosen"
        return moment - timedelta(seconds=1)

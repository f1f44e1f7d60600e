"""What is typed with a measure: a rhythm, a place, a time, and always why."""
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core import clock
from app.forms.base import LARGEST, Form, Visible, choices, limits, line, number_of, text
from app.forms.communities import ZONE
from app.forms.moderation import REASON, MeasureForm
from app.forms.people import end_of

MINUTES, DAYS = (5, 15, 60, 240), (1, 3, 7, 30, 90)
ADDRESS = re.compile(r"(?:https?://[^/\s]+)?(?:/ideas/)?(\d{1,10})(?:-[\w-]*)?(?:[?#]\S*)?/?")
EVERYWHERE = "site"
CHOOSE = _l("Faites un choix dans la liste.")


class SlowForm(MeasureForm):
    """`minutes` is 0 to end it."""

    minutes = RadioField(_l("Temps entre deux commentaires d'une même personne"), [InputRequired(CHOOSE)], default=None)

    def offer(self, present: int, names: dict[int, Any]) -> "SlowForm":
        """Fill the rhythms that are not the present one."""
        self.minutes.choices = choices((one, names[one]) for one in (0, *MINUTES) if one != present)
        return self


class MoveForm(MeasureForm):
    community = SelectField(_l("Communauté"), [InputRequired(CHOOSE)])

    def offer(self, rooms: Iterable[tuple[Any, Any]]) -> "MoveForm":
        self.community.choices = choices([("", _l("Choisissez une communauté")), *rooms])
        return self


class BranchForm(MeasureForm):
    idea = line(_l("Adresse ou numéro de l'idée"), Visible(), most=300)

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

    words = text(_l("Votre réponse"), Optional(), limits(*REASON), most=REASON[1])
    act = RadioField(validators=[InputRequired(CHOOSE)], choices=choices([("accept", "accept"), ("return", "return")]),
                     default=None)

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        if self.act.data != "return" or self.words.data:
            return is_right
        self.say("words", str(_l("Pour renvoyer une idée, dites pourquoi.")))
        return False


class PersonForm(MeasureForm):
    """A measure on a member, in one of the places where it may be taken."""

    place = SelectField(_l("Où"), [InputRequired(CHOOSE)])

    def offer(self, places: Iterable[tuple[Any, Any]]) -> "PersonForm":
        self.place.choices = choices(places)
        return self

    def community_id(self) -> int | None:
        return number_of(self.place.data) or None


class MemberSuspensionForm(PersonForm):
    """`days` is empty when the last day is chosen."""

    days = RadioField(_l("Durée"), [InputRequired(CHOOSE)], default="1")
    until = DateField(_l("Dernier jour"), [Optional()])

    def offer_days(self, names: dict[str, Any]) -> "MemberSuspensionForm":
        self.days.choices = choices(names.items())
        return self

    def validate_days(self, field: Any) -> None:
        if field.data == "date" and self.until.data is None:
            raise ValidationError(str(_l("Choisissez le dernier jour de la suspension.")))

    def end(self) -> datetime:
        """Give the last second of the suspension: that of a day, in the region's time."""
        today = clock.now().astimezone(ZONE).date()
        last = self.until.data if self.days.data == "date" else today + timedelta(days=int(self.days.data))
        moment = end_of(last)
        assert moment is not None, "a day was chosen"
        return moment - timedelta(seconds=1)

"""What is typed to come to a meeting: by a guest, then by whoever has a place, or waits for one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from app.forms.accounts import name_field, territory_field
from app.forms.base import BoxesField, Form, choices, line_field, text_field
from app.forms.places import territory_choices, territory_id
from app.forms.signing import email_field, refuse_throwaway
from app.reference.queries import get_catalogue

NEEDS, MEAL, ANSWER, MOST = 500, 140, 500, 4
MODES = {"in_person": _l("En salle"), "online": _l("En ligne")}
PARTY = [(number, str(number)) for number in range(1, MOST + 1)]


class Question(Protocol):
    """What the team of a meeting asks, and why."""

    id: int
    kind: str
    label: str
    why: str
    choices: list[str]


class PressForm(Form):
    """The press of a member, whose button is a way to join the meeting."""

    mode = RadioField(validators=[InputRequired()], widget=HiddenInput())

    def offer(self, modes: Iterable[str]) -> None:
        self.mode.choices = choices((mode, MODES[mode]) for mode in modes)


class NameForm(Form):
    """How a guest is called: said first, on the page and in what is to be mended there."""

    name = name_field(_l("Votre nom"))


class WhoForm(NameForm):
    email = email_field(_l("Votre courriel"), refuse_throwaway)


class PlaceForm(Form):
    """How somebody comes. The way is asked where there are two; what the team asks is `question_12`."""

    mode = RadioField(_l("Vous serez"), [InputRequired(_l("Choisissez comment vous venez."))])
    party = SelectField(_l("Combien de personnes, avec vous"), choices=choices(PARTY), default="1")
    needs = text_field(_l("De quoi avez-vous besoin pour y être bien?"), Optional(), most=NEEDS)
    only_mode = ""

    def offer(self, modes: Iterable[str]) -> None:
        """Offer the ways to join the meeting; there is nothing to choose where there is one."""
        offered = tuple(modes)
        if len(offered) == 1:
            self.only_mode = offered[0]
            del self.mode
        else:
            self.mode.choices = choices((mode, MODES[mode]) for mode in offered)

    def values(self) -> dict[str, Any]:
        return {
            "mode": self.only_mode or self.mode.data,
            "party": int(self.party.data),
            "needs": self.needs.data,
        }


class GuestForm(WhoForm, PlaceForm):
    """A guest registers; `website` is a field that people never see."""

    consent = BooleanField(
        _l("J'accepte que mon nom et mon adresse servent à cette rencontre"),
        [DataRequired(_l("Sans votre accord, nous ne pouvons pas garder votre nom."))],
    )
    website = line_field(_l("Laissez ce champ vide"))


class RegistrationForm(NameForm, PlaceForm):
    """All that a registration holds; a member is called as their account is."""

    meal = line_field(_l("Pour le repas : une allergie, un régime?"), Optional(), most=MEAL)
    territory = territory_field()

    def offer_territories(self, present: int | None) -> None:
        place = next((one for one in get_catalogue().places if one.id == present), None)
        self.territory.choices = territory_choices(place.code if place else None)

    def values(self) -> dict[str, Any]:
        more = {"meal": self.meal.data if self.meal else "", "name": self.name.data if self.name else ""}
        more["territory_id"] = territory_id(self.territory.data) if self.territory else None
        return super().values() | more | {"answers": self.answers()}

    def answers(self) -> dict[str, Any]:
        """Return what was answered to the questions of the team, by their numbers."""
        found = {field.name.removeprefix(PREFIX): field.data for field in self if field.name.startswith(PREFIX)}
        return {number: answer for number, answer in found.items() if answer}

    def questions(self) -> list[Any]:
        """Return the fields of what the team asks."""
        return [field for field in self if field.name.startswith(PREFIX)]


PREFIX = "question_"


def build_form(
    questions: Iterable[Question],
    *,
    modes: Iterable[str],
    asks_meal: bool,
    asks_territory: bool,
    present: Any,
    is_stored: bool,
) -> RegistrationForm:
    """Return the form of the registration `present`, as it is sent, or as it is stored."""
    said = {question: _list_said(question, present.answers.get(str(question.id))) for question in questions}
    asked = {f"{PREFIX}{question.id}": _field_of(question, answers) for question, answers in said.items()}
    kind: Any = type("RegistrationForm", (RegistrationForm,), asked)
    form: RegistrationForm = kind(formdata=None, data=_read(present, said)) if is_stored else kind()
    form.offer(modes)
    if not present.registrant_id:
        del form.name
    if not asks_meal:
        del form.meal
    if asks_territory:
        form.offer_territories(getattr(present, "territory_id", None))
    else:
        del form.territory
    return form


def _list_said(question: Question, answer: Any) -> list[str]:
    """Return what was answered to a question, whatever its sort was then: one answer, unless it takes several."""
    said = [str(one) for one in (answer if isinstance(answer, list) else [answer]) if one]
    return said if question.kind == "several" else ["; ".join(said)] * bool(said)


def _field_of(question: Question, said: Sequence[str]) -> Any:
    """Make the field of a question; what somebody chose is offered to them still, once the team offers it no more."""
    options = {"description": question.why}
    pairs = [(choice, choice) for choice in dict.fromkeys([*question.choices, *said])]
    if question.kind == "line":
        return line_field(question.label, Optional(), most=ANSWER, **options)
    if question.kind == "several":
        return BoxesField(question.label, [Optional()], choices=choices(pairs), **options)
    return SelectField(question.label, [Optional()], choices=choices([("", _l("Ne rien indiquer")), *pairs]), **options)


def _read(present: Any, said: Mapping[Question, Sequence[str]]) -> Mapping[str, Any]:
    place = next((one for one in get_catalogue().places if one.id == present.territory_id), None)
    answers = {
        f"{PREFIX}{question.id}": list(given) if question.kind == "several" else "".join(given)
        for question, given in said.items()
    }
    return answers | {
        "name": present.registrant.name if present.registrant_id else "",
        "mode": present.mode,
        "party": str(present.party),
        "needs": present.needs,
        "meal": present.meal,
        "territory": place.code if place else "",
    }

"""The form of a bulletin: where an action is, its milestones one by one, the values of its indicators."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, IntegerField, RadioField, ValidationError
from wtforms.validators import Optional, Regexp

from app.core import clock
from app.forms.base import Between, Form, Visible, choices, key_field, line_field, text_field
from app.forms.needs import Needs
from app.forms.plan_rows import figure_field
from app.plan.models.structure import Action, Indicator, Milestone
from app.plan.service.bulletins import BulletinWords, Completion, Measurement
from app.plan.service.publishing import ADDRESS

BODY, SHORT = 5_000, 500
NO_ADDRESS = _l("Écrivez une adresse complète, comme https://exemple.org/document.")
TICKED = "y"
WITH_BOX = _l("Compte seulement si la case « Ce jalon est franchi » est cochée.")
WITH_VALUE = _l("Compte seulement avec une valeur.")
CHOICES = {
    "": _l("Laisser l'état comme il est"),
    "planned": _l("À venir"),
    "underway": _l("En cours"),
    "achieved": _l("Réalisée"),
    "dropped": _l("Abandonnée"),
}


class TickField(BooleanField):
    """A box that only the value of the page ticks: what follows from it can't be taken back by a slip."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist == [TICKED]


class BulletinTextForm(Form):
    """The words of a bulletin, which its author may write again; what moved by it stays."""

    body = text_field(_l("Où en est l'action"), Visible(), most=BODY)
    blocker = text_field(_l("Ce qui bloque"), most=SHORT)


class BulletinForm(BulletinTextForm):
    """What is said of an action on a day; `of` adds the fields of its milestones and indicators."""

    milestones: ClassVar[Sequence[Milestone]] = ()
    indicators: ClassVar[Sequence[Indicator]] = ()
    state = RadioField(_l("État"), default="")
    progress = IntegerField(
        _l("Chemin fait, de 0 à 100"), [Optional(), Between(0, 100, _l("Un nombre de %(min)d à %(max)d."))]
    )
    form_key = key_field()

    @classmethod
    def of(
        cls, action: Action, milestones: Sequence[Milestone], indicators: Sequence[Indicator], **options: Any
    ) -> "BulletinForm":
        """Make the form of one action: a milestone is ticked or, once it is, opened again; an indicator has a value."""
        fields: dict[str, Any] = {"milestones": milestones, "indicators": indicators}
        for milestone in milestones:
            fields |= _reopening(milestone) if milestone.is_reached else _reaching(milestone)
        for indicator in indicators:
            fields[f"value_{indicator.id}"] = figure_field(indicator.name)
            fields[f"measured_on_{indicator.id}"] = DateField(
                _l("Jour de « %(name)s »", name=indicator.name),
                [Needs(f"value_{indicator.id}", WITH_VALUE), Optional(), _past],
            )
        form = type("ThisBulletinForm", (cls,), fields)(**options)
        form.state.choices = choices((code, label) for code, label in CHOICES.items() if code != action.state)
        if milestones:
            del form.progress
        return form

    def open_milestones(self) -> list[tuple[Milestone, list[Field]]]:
        """Return the milestones to be reached, each with its box, its day, its proof and the address of that."""
        return [
            (one, [self[f"{name}_{one.id}"] for name in ("reached", "reached_on", "proof", "proof_url")])
            for one in self.milestones
            if not one.is_reached
        ]

    def reached_milestones(self) -> list[tuple[Milestone, Field]]:
        return [(one, self[f"reopened_{one.id}"]) for one in self.milestones if one.is_reached]

    def measured(self) -> list[tuple[Indicator, Field, Field]]:
        return [(one, self[f"value_{one.id}"], self[f"measured_on_{one.id}"]) for one in self.indicators]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask of a ticked milestone what proves it."""
        is_right = super().validate(extra_validators)
        for _milestone, (box, _day, proof, _url) in self.open_milestones():
            if box.data:
                is_right = _ask(proof, _l("Dites ce qui le montre : un fait, un nombre, un document.")) and is_right
        return is_right

    def words(self, lang: str) -> BulletinWords:
        """Return what was typed; what has no day is of today."""
        return BulletinWords(
            body=self.body.data or "",
            blocker=self.blocker.data or "",
            state=self.state.data or "",
            lang=lang,
            progress=self.progress.data if "progress" in self else None,
            completions=[
                Completion(one.id, day.data or clock.today(), proof.data, url.data)
                for one, (box, day, proof, url) in self.open_milestones()
                if box.data
            ],
            reopened=[one.id for one, box in self.reached_milestones() if box.data],
            measurements=[
                Measurement(one.id, day.data or clock.today(), value.data)
                for one, value, day in self.measured()
                if value.data is not None
            ],
        )


def _reaching(milestone: Milestone) -> dict[str, Field]:
    box = f"reached_{milestone.id}"
    needs = Needs(box, WITH_BOX, values=(TICKED,), is_said=True)
    return {
        box: TickField(milestone.title),
        f"reached_on_{milestone.id}": DateField(
            _l("Jour où « %(title)s » est franchi", title=milestone.title), [needs, Optional(), _past]
        ),
        f"proof_{milestone.id}": line_field(
            _l("Ce qui montre « %(title)s »", title=milestone.title), needs, most=SHORT
        ),
        f"proof_url_{milestone.id}": line_field(
            _l("Document sur « %(title)s »", title=milestone.title),
            needs,
            Optional(),
            Regexp(ADDRESS, message=NO_ADDRESS),
            most=SHORT,
        ),
    }


def _reopening(milestone: Milestone) -> dict[str, Field]:
    return {
        f"reopened_{milestone.id}": TickField(
            _l("« %(title)s » a été coché par erreur : le rouvrir", title=milestone.title)
        )
    }


def _past(_form: Any, field: Any) -> None:
    day: date | None = field.data
    if day is not None and day > clock.today():
        raise ValidationError(str(_l("Cette date est à venir.")))


def _ask(field: Field, message: Any) -> bool:
    """Refuse an empty field that another one needs."""
    if field.data or field.errors:
        return not field.errors
    field.errors = [*field.errors, str(message)]
    return False

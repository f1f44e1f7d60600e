"""What the coordination types of a plan, of its orientations and of its objectives, and why it publishes a version."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from app.core.numbers import signed_number
from app.forms.base import REQUIRED, Form, Visible, choices, key_field, limits, line_field, text_field
from app.forms.figures import FigureField, Within, day_field, format_iso
from app.forms.overlaps import SharedForm
from app.plan import editing
from app.plan.differences import Difference
from app.plan.outline import ObjectiveOutline, OrientationOutline, Outline, parse_day
from app.plan.service.publishing import BAD_YEARS, WEIGHTS

TITLE, CODE, SUMMARY, REASON = (3, 200), 20, 2_000, (5, 1_000)
BAD_WEIGHT = _l("Un poids est un nombre entier, de 1 à 100.")
CODE_HELP = _l("Comme 2.1. Vide : la version publiée lui donnera le numéro de sa place.")


def title_field() -> Any:
    return line_field(_l("Titre"), Visible(), limits(*TITLE), most=TITLE[1])


def weight_field(label: Any) -> FigureField:
    bounds = Within(WEIGHTS[0], WEIGHTS[-1], BAD_WEIGHT)
    return FigureField(label, [InputRequired(REQUIRED), bounds], whole=True, default=1)


def version_field() -> HiddenField:
    return HiddenField(filters=[lambda value: value or ""])


def under_field(label: Any) -> SelectField:
    return SelectField(label, [DataRequired(REQUIRED)], coerce=parse_signed_id)


def parse_signed_id(value: Any) -> int:
    """Read the id of a part of a draft, which is negative where it has no row; 0 where it is none."""
    return signed_number(str(value or ""))


class VersionForm(Form):
    """A press that concerns the words which the page showed: `version` names them."""

    version = version_field()


class PlanForm(SharedForm):
    title = title_field()
    starts_on = day_field(_l("Premier jour"), InputRequired(REQUIRED))
    ends_on = day_field(_l("Dernier jour"), InputRequired(REQUIRED))
    summary = text_field(
        _l("Présentation"),
        Optional(),
        most=SUMMARY,
        description=_l("En quelques phrases, sous le titre du plan. Facultatif."),
    )
    form_key = key_field()

    @classmethod
    def of(cls, outline: Outline) -> "PlanForm":
        return cls(
            formdata=None,
            data={
                "title": outline.title,
                "summary": outline.summary,
                "starts_on": parse_day(outline.starts_on),
                "ends_on": parse_day(outline.ends_on),
            },
        )

    def validate_ends_on(self, field: Any) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_(BAD_YEARS))

    def words(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "summary": self.summary.data or "",
            "starts_on": format_iso(self.starts_on),
            "ends_on": format_iso(self.ends_on),
        }


class PartForm(SharedForm):
    """What orientations, objectives and actions have in common; `under` chooses what holds the part."""

    form_key = key_field()

    title = title_field()
    code = line_field(_l("Code"), Optional(), most=CODE, description=CODE_HELP)
    weight = weight_field(_l("Poids"))

    @classmethod
    def blank(cls) -> Self:
        return cls(formdata=None)

    @classmethod
    def read(cls) -> Self:
        """Return the form that was sent."""
        return cls()

    def offer(self, outline: Outline, level: str) -> None:
        """Offer the parts of the plan under which this one may stand."""
        if "under" in self:
            parents = editing.list_parents(outline, level)
            offered = ((part.id, f"{part.code} {part.title}".strip()) for part in parents)
            self["under"].choices = choices([(0, _l("Choisissez")), *offered])

    def parent_id(self) -> int:
        return int(self["under"].data or 0) if "under" in self else 0

    def words(self) -> dict[str, Any]:
        return {"title": self.title.data, "code": self.code.data or "", "weight": self.weight.data}


class OrientationForm(PartForm):
    summary = text_field(_l("Présentation"), Optional(), most=SUMMARY, description=_l("Facultatif."))

    @classmethod
    def of(cls, part: OrientationOutline, _under: int) -> "OrientationForm":
        return cls(formdata=None, obj=part)

    def part(self, present: OrientationOutline | None) -> OrientationOutline:
        """Return the orientation that was typed, in the place of the `present` one, if any."""
        return OrientationOutline(id=id_of(present), summary=self.summary.data or "", **self.words())


class ObjectiveForm(PartForm):
    under = under_field(_l("Orientation"))

    @classmethod
    def of(cls, part: ObjectiveOutline, under: int) -> "ObjectiveForm":
        return cls(formdata=None, obj=part, under=under)

    def part(self, present: ObjectiveOutline | None) -> ObjectiveOutline:
        return ObjectiveOutline(id=id_of(present), **self.words())


class MoveForm(Form):
    """The order of the tree: each button says which part goes up or down, and past which neighbour."""

    move = StringField(
        filters=[lambda value: value or ""],
        validators=[Regexp(r"(up|down) (orientations|objectives|actions)( -?[1-9][0-9]{0,9}){2}\Z")],
    )

    def choice(self) -> tuple[str, int, int, int]:
        """Return the level of the part, its id, the step (-1: before its neighbour) and the id of that neighbour."""
        direction, level, part_id, neighbour_id = (self.move.data.split(" ") + [""] * 4)[:4]
        return level, parse_signed_id(part_id), -1 if direction == "up" else 1, parse_signed_id(neighbour_id)


class PublicationForm(VersionForm):
    """Why a version is published; `of` adds, for each action that it drops, a reason of its own."""

    dropped: ClassVar[Sequence[Difference]] = ()
    reason = text_field(_l("Motif de cette version"), Visible(), limits(*REASON), most=REASON[1])

    @classmethod
    def of(cls, dropped: Sequence[Difference]) -> "PublicationForm":
        reasons = {
            f"reason_{one.id}": text_field(
                _l("Motif pour « %(title)s »", title=one.title), Optional(), limits(*REASON), most=REASON[1]
            )
            for one in dropped
        }
        return type("ThisPublicationForm", (cls,), {"dropped": dropped} | reasons)()

    def dropped_fields(self) -> list[Field]:
        return [self[f"reason_{one.id}"] for one in self.dropped]

    def dropped_reasons(self) -> dict[int, str]:
        """Return the reasons that were typed, by the id of their action."""
        return {one.id: self[f"reason_{one.id}"].data for one in self.dropped if self[f"reason_{one.id}"].data}


def id_of(part: Any) -> int:
    """Return the id of a part of the plan, 0 for one that is not there yet."""
    return part.id if part is not None else 0

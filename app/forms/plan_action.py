"""What the coordination types of an action: its words, places and partners, and the rows of what it is made of."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional, ValidationError

from app.communities.queries import Rooms
from app.forms import plan_rows
from app.forms.base import ARCHIVED, BoxesField, choices, parse_number, text_field
from app.forms.figures import day_field, format_iso
from app.forms.ideas import ids_of, parse_id
from app.forms.new_names import NewNamesForm
from app.forms.plan import PartForm, id_of, under_field
from app.forms.plan_rows import amount_field, organisation_field
from app.forms.rows import RowsForm
from app.plan.outline import (
    ActionOutline,
    DocumentOutline,
    FundingOutline,
    IndicatorOutline,
    MilestoneOutline,
    parse_day,
)
from app.reference.queries import Catalogue

BODY = 20_000
BAD_END = _l("La fin vient après le début.")


@dataclass(frozen=True)
class Axis:
    """What may be chosen on an axis: the id of each code, former ones too, and the present code of each id."""

    id_of: Mapping[str, int]
    code_of: Mapping[int, str]

    def ids(self, codes: Iterable[str]) -> list[int]:
        return [self.id_of[code] for code in codes if code in self.id_of]

    def codes(self, present: Sequence[str], chosen_ids: Collection[int]) -> list[str]:
        """Return the codes of what is chosen now: those that stay as they were, and what the form can't offer too."""
        stay = [code for code in present if self.id_of.get(code) in (None, *chosen_ids)]
        return stay + [self.code_of[row_id] for row_id in chosen_ids if row_id not in self.ids(stay)]


def build_axes(rooms: Rooms, catalogue: Catalogue) -> dict[str, Axis]:
    """Return what an action may be placed on: communities that are not private, issues, territories."""
    slugs = {room.id: room.slug for room in rooms.all if not room.is_private}
    return {
        "room": Axis({slug: room.id for slug, room in rooms.by_slug.items() if room.id in slugs}, slugs),
        "issue": Axis(
            {slug: issue.id for slug, issue in catalogue.issue_by_slug.items()},
            {issue.id: issue.slug for issue in catalogue.issues},
        ),
        "place": Axis(
            {place.code: place.id for place in catalogue.places}, {place.id: place.code for place in catalogue.places}
        ),
    }


class ActionForm(NewNamesForm, RowsForm, PartForm):
    """An action; `offer` comes first, `part` after the form was found right."""

    GROUPS = plan_rows.GROUPS
    under = under_field(_l("Objectif"))
    body = text_field(_l("Texte"), Optional(), most=BODY)
    lead = organisation_field(_l("Organisme responsable"))
    community = SelectField(_l("Communauté de pratique qui anime son fil"), coerce=parse_id)
    communities = BoxesField(_l("Autres communautés concernées"), [Optional()], coerce=parse_id)
    issues = BoxesField(_l("Enjeux"), [Optional()], coerce=parse_id)
    territories = BoxesField(_l("Territoires"), [Optional()], coerce=parse_id)
    starts_on = day_field(_l("Début"), Optional())
    ends_on = day_field(_l("Fin prévue"), Optional())
    budget = amount_field(_l("Budget, en dollars"))

    @classmethod
    def blank(cls) -> Self:
        return cls.fill({}, {})

    @classmethod
    def of(cls, part: ActionOutline, under: int, found: dict[str, Axis]) -> "ActionForm":
        """Fill the form with an action of a plan."""
        values = {name: getattr(part, name) for name in ("title", "code", "weight", "body", "lead", "budget")} | {
            "under": under,
            "community": next(iter(found["room"].ids([part.community])), None),
            "communities": found["room"].ids(part.communities),
            "issues": found["issue"].ids(part.issues),
            "territories": found["place"].ids(part.territories),
            "starts_on": parse_day(part.starts_on),
            "ends_on": parse_day(part.ends_on),
        }
        return cls.fill(
            values,
            {
                "partners": [{"name": name} for name in part.partners],
                "funding": [vars(row) for row in part.funding],
                "milestones": [vars(row) | {"due_on": parse_day(row.due_on)} for row in part.milestones],
                "indicators": [vars(row) for row in part.indicators],
                "documents": [vars(row) for row in part.documents],
            },
        )

    def offer_places(
        self, rooms: Rooms, catalogue: Catalogue, label: Callable[[Any], str], present: ActionOutline | None
    ) -> None:
        """Fill the choices: what is current, and where the action is already."""
        self._axes = build_axes(rooms, catalogue)
        part = present or ActionOutline("")
        self.present_organisations = frozenset([part.lead, *part.partners])

        def current(axis: str, things: Iterable[Any], codes: Iterable[str]) -> list[tuple[int, str]]:
            ids = self._axes[axis].ids(codes)
            found = (thing for thing in things if thing.id in ids or not thing.is_archived)
            return [
                (thing.id, ARCHIVED % {"name": label(thing)} if thing.is_archived else label(thing))
                for thing in found
                if thing.id in self._axes[axis].code_of
            ]

        offered = current("room", rooms.all, [part.community, *part.communities])
        self.community.choices = choices([(0, _l("Aucune : la coordination l'anime")), *offered])
        self.communities.choices = choices(offered)
        self.issues.choices = choices(current("issue", catalogue.issues, part.issues))
        self.territories.choices = choices(current("place", catalogue.places, part.territories))

    def offered_places(self) -> set[int]:
        """Return the ids of the territories that may be ticked."""
        return {parse_number(choice.value) for choice in self.territories.choices}

    def organisation_fields(self) -> Iterable[Any]:
        return [self.lead, *(row["name"] for row in self.rows("partners") if not row.is_blank)]

    def validate_ends_on(self, field: Any) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(str(BAD_END))

    def part(self, present: ActionOutline | None) -> ActionOutline:
        """Return the action that was typed, in the place of the `present` one, if any."""
        part = present or ActionOutline("")
        return ActionOutline(
            id=id_of(present),
            body=self.body.data or "",
            lead=self.lead.data or "",
            budget=self.budget.data,
            starts_on=format_iso(self.starts_on),
            ends_on=format_iso(self.ends_on),
            **self.words(),
            **self._placing(part),
            **self._lists(part),
        )

    def _placing(self, part: ActionOutline) -> dict[str, Any]:
        room, lead = self._axes["room"], [*filter(None, [self.community.data])]
        others = [number for number in ids_of(self.communities) if number not in lead]
        return {
            "community": "".join(room.codes([*filter(None, [part.community])], lead)[-1:]),
            "communities": room.codes(part.communities, others),
            "issues": self._axes["issue"].codes(part.issues, ids_of(self.issues)),
            "territories": self._axes["place"].codes(part.territories, ids_of(self.territories)),
        }

    def _lists(self, part: ActionOutline) -> dict[str, Any]:
        return {
            "partners": list(dict.fromkeys(row["name"] for row in self.values_of("partners"))),
            "milestones": [
                MilestoneOutline(**row | {"due_on": row["due_on"].isoformat() if row["due_on"] else ""})
                for row in self._rows_of("milestones", part.milestones)
            ],
            "indicators": [IndicatorOutline(**row) for row in self._rows_of("indicators", part.indicators)],
            "funding": [FundingOutline(**row) for row in self.values_of("funding")],
            "documents": [DocumentOutline(**row) for row in self.values_of("documents")],
        }

    def _rows_of(self, name: str, present: Sequence[Any]) -> Iterable[dict[str, Any]]:
        """Yield the rows of what has an id, each id once and among those that the action has."""
        ids = {part.id for part in present if part.id > 0}
        for row in self.values_of(name):
            row_id = parse_number(row["id"])
            yield row | {"id": row_id if row_id in ids else 0}
            ids.discard(row_id)

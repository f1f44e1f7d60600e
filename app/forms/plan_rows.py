"""The rows of an action: its partners, milestones, indicators, funding and documents."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from app.core.number_format import BOUND
from app.forms.base import REQUIRED, Visible, limits, line_field
from app.forms.figures import LARGEST, FigureField, Within, day_field
from app.forms.plan import weight_field
from app.forms.rows import Group
from app.plan.service.publishing import ADDRESS, BAD_ADDRESS, MOST
from app.reference.former_names import find_organisation
from app.reference.service import CLOSED_ORGANISATION, ORGANISATION

ROW, URL, UNIT, YEARS = 200, 1_000, 40, (1990, 2100)
BAD_AMOUNT = _l("Écrivez un montant en dollars, sans les cents, de 0 à 2 milliards.")
BAD_YEAR = _l("Écrivez une année, comme 2027.")
BAD_FIGURE = _l("Ce nombre est trop grand.")


class Offered:
    """Refuse an organisation that is no longer offered, unless the action had it already."""

    def __call__(self, form: Any, field: Any) -> None:
        found = find_organisation(field.data or "")
        if found is not None and found.is_archived and found.name not in form.present_organisations:
            raise ValidationError(_(CLOSED_ORGANISATION))


def organisation_field(label: Any) -> Any:
    """Ask for the name of an organisation; the page offers those it may in the list `known-organisations`."""
    checks = (Optional(), limits(*ORGANISATION), Offered())
    return line_field(label, *checks, most=ORGANISATION[1], render_kw={"list": "known-organisations"})


def _row_id() -> HiddenField:
    return HiddenField("", [])


def amount_field(label: Any, *validators: Any) -> FigureField:
    return FigureField(label, [*validators, Within(0, LARGEST, BAD_AMOUNT)], whole=True)


def figure_field(label: Any) -> FigureField:
    """Make the field of a figure of an indicator (its baseline or its target), which may be empty."""
    return FigureField(label, [Within(-BOUND, BOUND, BAD_FIGURE)])


def _year(label: Any) -> FigureField:
    return FigureField(label, [InputRequired(REQUIRED), Within(*YEARS, BAD_YEAR)], whole=True)


def _milestone(n: int) -> dict[str, Any]:
    return {
        "id": _row_id(),
        "title": line_field(_l("Titre du jalon %(n)s", n=n), Visible(), most=ROW),
        "due_on": day_field(_l("Date prévue du jalon %(n)s", n=n), Optional()),
        "weight": weight_field(_l("Poids du jalon %(n)s", n=n)),
    }


def _indicator(n: int) -> dict[str, Any]:
    return {
        "id": _row_id(),
        "name": line_field(_l("Nom de l'indicateur %(n)s", n=n), Visible(), most=ROW),
        "unit": line_field(_l("Unité de l'indicateur %(n)s", n=n), Optional(), most=UNIT),
        "baseline": figure_field(_l("Départ de l'indicateur %(n)s", n=n)),
        "target": figure_field(_l("Cible de l'indicateur %(n)s", n=n)),
    }


def _funding(n: int) -> dict[str, Any]:
    return {
        "source": line_field(_l("Source du financement %(n)s", n=n), Visible(), most=ROW),
        "amount": amount_field(_l("Montant du financement %(n)s", n=n), InputRequired(REQUIRED)),
        "first_year": _year(_l("Première année du financement %(n)s", n=n)),
        "last_year": _year(_l("Dernière année du financement %(n)s", n=n)),
    }


def _document(n: int) -> dict[str, Any]:
    return {
        "title": line_field(_l("Titre du document %(n)s", n=n), Visible(), most=ROW),
        "url": line_field(
            _l("Adresse du document %(n)s", n=n), Visible(), Regexp(ADDRESS, message=_l(BAD_ADDRESS)), most=URL
        ),
    }


def _partner(n: int) -> dict[str, Any]:
    return {"name": organisation_field(_l("Partenaire %(n)s", n=n))}


GROUPS = (
    Group("partners", _partner, MOST["partners"], label=_l("Partenaires")),
    Group("milestones", _milestone, MOST["milestones"], ("id", "weight"), label=_l("Jalons")),
    Group("indicators", _indicator, MOST["indicators"], ("id",), label=_l("Indicateurs")),
    Group("funding", _funding, MOST["funding"], label=_l("Financement")),
    Group("documents", _document, MOST["documents"], label=_l("Documents")),
)

"""The rows of a meeting: who holds it, its agenda, its documents, what it asks of whoever registers."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional, Regexp, ValidationError

from app.events.models.contents import MOST_QUESTIONS, QUESTION_KINDS
from app.forms.base import Visible, choices, limits, line_field
from app.forms.hours import hour_field
from app.forms.plan_rows import organisation_field
from app.forms.rows import Group
from app.plan.service.publishing import ADDRESS

ROW, URL, LABEL, CHOICES = 200, 1_000, (3, 140), 400
BAD_ADDRESS = _l("L'adresse d'un lien commence par https://, ou par http://.")
FEW_CHOICES = _l("Écrivez au moins deux choix, séparés par des points-virgules.")
NO_CHOICE = _l("Une réponse libre n'a pas de choix : effacez-les, ou choisissez une autre sorte de question.")
KINDS = dict(
    zip(QUESTION_KINDS, (_l("réponse libre, sur une ligne"), _l("un seul choix"), _l("plusieurs choix")), strict=True)
)


def address_field(label: Any, *validators: Any) -> Any:
    return line_field(label, *validators, Regexp(ADDRESS, message=BAD_ADDRESS), most=URL)


def read_choices(text: str) -> tuple[str, ...]:
    """Return the choices of a question, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split(";")))))


class EnoughChoices:
    """Ask for two choices where there are to be any, and for none of a free answer."""

    field_flags: dict[str, Any] = {}  # noqa: RUF012 - WTForms reads it from the class

    def __call__(self, form: Any, field: Any) -> None:
        kind = form[field.name.removesuffix("choices") + "kind"].data
        count = len(read_choices(field.data or ""))
        if kind == "line" and count:
            raise ValidationError(str(NO_CHOICE))
        if kind != "line" and count < 2:
            raise ValidationError(str(FEW_CHOICES))


def _organisation(n: int) -> dict[str, Any]:
    return {"name": organisation_field(_l("Organisme %(n)s", n=n))}


def _line(n: int) -> dict[str, Any]:
    return {
        "hour": hour_field(_l("Heure du moment %(n)s", n=n), Optional()),
        "text": line_field(_l("Moment %(n)s", n=n), Visible(), most=ROW),
    }


def _document(n: int) -> dict[str, Any]:
    return {
        "title": line_field(_l("Titre du document %(n)s", n=n), Visible(), most=ROW),
        "url": address_field(_l("Adresse du document %(n)s", n=n), Visible()),
    }


def _question(n: int) -> dict[str, Any]:
    return {
        "id": HiddenField("", []),
        "label": line_field(_l("Question %(n)s", n=n), Visible(), limits(*LABEL), most=LABEL[1]),
        "kind": SelectField(
            _l("Sorte de réponse à la question %(n)s", n=n), [], choices=choices(KINDS.items()), default="line"
        ),
        "choices": line_field(_l("Choix de la question %(n)s", n=n), EnoughChoices(), most=CHOICES),
        "why": line_field(_l("Pourquoi la question %(n)s", n=n), Visible(), most=ROW),
    }


GROUPS = (
    Group("organisations", _organisation, 20, label=_l("Organismes")),
    Group("lines", _line, 40, label=_l("Déroulement")),
    Group("documents", _document, 20, label=_l("Documents")),
    Group("questions", _question, MOST_QUESTIONS, ("id", "kind"), label=_l("Vos questions")),
)

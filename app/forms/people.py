"""What an administrator types about people, and about the site."""

import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.accounts.models.people import SITE_ROLES
from app.core import settings
from app.forms.base import REQUIRED, Between, Form, choices, text_field
from app.forms.communities import TermForm, end_of
from app.forms.moderation import MeasureForm
from app.forms.overlaps import SharedForm

DOMAINS, DOMAINS_LENGTH = 500, 20_000
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
BOUNDS = {
    "trust_posts": (0, 50),
    "trust_days": (0, 90),
    "new_links": (0, 20),
    "new_mentions": (0, 20),
    "new_posts_per_hour": (1, 60),
}
ROLES = {"member": _l("Membre"), "coordinator": _l("Coordination"), "admin": _l("Administration")}


class RoleForm(Form):
    role = RadioField(
        _l("Rôle sur le site"), [InputRequired(REQUIRED)], choices=choices((role, ROLES[role]) for role in SITE_ROLES)
    )


class ChargeForm(TermForm):
    community = SelectField(_l("Communauté"), [InputRequired(REQUIRED)])


class SuspensionForm(MeasureForm):
    until = DateField(_l("Dernier jour de la suspension"), [Optional()])
    locks = BooleanField(_l("Empêcher aussi la connexion (compte volé)"))

    def until_moment(self) -> datetime | None:
        return end_of(self.until.data)


def bounded_number_field(label: Any, key: str) -> IntegerField:
    """Make the field of a number within its bounds."""
    least, most = BOUNDS[key]
    message = _l("Écrivez un nombre de %(min)d à %(max)d.")
    checks = [InputRequired(REQUIRED), Between(least, most, message)]
    return IntegerField(label, checks, render_kw={"inputmode": "numeric", "min": least, "max": most})


class SettingsForm(SharedForm):
    registration_open = BooleanField(_l("L'inscription est ouverte"))
    trust_posts = bounded_number_field(_l("Publications avant la confiance"), "trust_posts")
    trust_days = bounded_number_field(_l("Jours avant la confiance"), "trust_days")
    new_links = bounded_number_field(_l("Liens par texte, pour un nouveau compte"), "new_links")
    new_mentions = bounded_number_field(_l("Mentions par texte, pour un nouveau compte"), "new_mentions")
    new_posts_per_hour = bounded_number_field(
        _l("Publications par heure, pour un nouveau compte"), "new_posts_per_hour"
    )
    refused_domains = text_field(_l("Domaines de courriel refusés à l'inscription"), most=DOMAINS_LENGTH)

    @classmethod
    def of_now(cls) -> "SettingsForm":
        return cls(formdata=None, **{key: settings.get_value(key) for key in settings.DEFAULTS})

    def validate_refused_domains(self, field: Any) -> None:
        names = parse_domains(field.data)
        wrong = [name for name in names if not DOMAIN.fullmatch(name)]
        if wrong:
            raise ValidationError(
                _("« %(name)s » n'est pas un domaine : écrivez-en un par ligne, comme exemple.org.", name=wrong[0][:80])
            )
        if len(names) > DOMAINS:
            raise ValidationError(_("La liste dépasse %(max)d domaines.", max=DOMAINS))

    def values(self) -> dict[str, Any]:
        values = {key: self[key].data for key in settings.DEFAULTS}
        return values | {"refused_domains": "\n".join(parse_domains(self.refused_domains.data))}


def parse_domains(source: str) -> list[str]:
    """Return the domains that were typed, one a line, each once and in one form."""
    names = [line.strip().lower().lstrip("@").rstrip(".") for line in source.splitlines()]
    return sorted({name for name in names if name})

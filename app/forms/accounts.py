"""What people type about their account, outside of signing in (see app/forms/signing.py)."""

import re
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_security.utils import verify_password
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError

from app.accounts.models.people import Profile, User
from app.accounts.presentation import FLAGS
from app.core.text.plain import fold
from app.forms.base import REQUIRED, Form, Visible, choices, limits, line_field, text_field
from app.forms.new_names import NewNamesForm
from app.forms.overlaps import SharedForm
from app.forms.places import territory_choices, territory_id
from app.forms.traps import ChangeForm
from app.reference.service import ORGANISATION

ABOUT, PASSWORD = 500, 200
SHOWS_FIELDS = ("shows_about", "shows_territory", "shows_organisation", "shows_activity", "shows_in_search")
RESERVED = (
    "ancien membre",
    "former member",
    "nom masque",
    "hidden name",
    "equipe d'animation",
    "moderation",
    "administration",
    "admin",
)
_ADDRESS = re.compile(r"://|\bwww\.|@", re.IGNORECASE)


class Short:
    """Refuse a text that is far too long before another validator reads it."""

    def __init__(self, most: int):
        self.most = most

    def __call__(self, _form: Any, field: Any) -> None:
        if len(field.data or "") > self.most:
            field.data = ""
            raise StopValidation(_("Ce texte dépasse %(max)s caractères.", max=self.most))


class PersonalName:
    """Refuse a name that would pass for the site, its team or an address."""

    def __call__(self, _form: Any, field: Any) -> None:
        config = current_app.config
        reserved_names = {fold(name) for name in (config["SITE_NAME"], config["SITE_ORGANISATION"], *RESERVED)}
        if fold(field.data or "") in reserved_names or _ADDRESS.search(field.data or ""):
            raise ValidationError(_("Ce nom ne peut pas être pris: écrivez le vôtre."))


def name_field(label: Any = "") -> StringField:
    return line_field(label or _l("Nom"), Visible(), limits(2, 80), PersonalName(), most=80)


def password_field(label: Any) -> PasswordField:
    return PasswordField(label, [Short(PASSWORD), InputRequired(REQUIRED)])


def territory_field() -> SelectField:
    return SelectField(_l("Territoire"), choices=territory_choices, default="")


def organisation_field() -> StringField:
    return line_field(_l("Organisme"), Optional(), limits(*ORGANISATION), most=ORGANISATION[1])


class ProfileForm(NewNamesForm, SharedForm, ChangeForm):
    KNOWS_ALL = False
    IS_PERSONAL, ASIDE = True, ("website",)
    name = name_field()
    about = text_field(_l("Présentation"), most=ABOUT)
    territory = territory_field()
    organisation = organisation_field()
    shows_about = BooleanField(_l("Ma présentation"))
    shows_territory = BooleanField(_l("Mon territoire"))
    shows_organisation = BooleanField(_l("Mon organisme"))
    shows_activity = BooleanField(_l("La liste de mes contributions publiques"))
    shows_in_search = BooleanField(_l("On me trouve par la recherche du site, avec ce que mon profil montre"))

    @classmethod
    def of(cls, user: User, profile: Profile, waiting: dict[str, Any] | None = None) -> "ProfileForm":
        """Fill the form with a profile, hidden or not; `waiting` holds the words that the team has yet to read."""
        words = profile.words
        values = {name: getattr(user, name) for name in SHOWS_FIELDS} | {
            "name": words.name,
            "about": words.about,
            "territory": user.territory.code if user.territory else "",
            "organisation": words.organisation.name if words.organisation else "",
        }
        flags = {FLAGS[name]: True for name in waiting or () if name in FLAGS}
        return cls(formdata=None, **values | (waiting or {}) | flags).offer(user)

    def offer(self, user: User) -> "ProfileForm":
        """Offer the territories that are current, and the one of this person whatever became of it."""
        self.territory.choices = territory_choices(user.territory.code if user.territory else None)
        self.present_organisations = [user.organisation.name] if user.organisation else []
        return self

    def organisation_fields(self) -> list[StringField]:
        return [self.organisation]

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "about": self.about.data,
            "territory_id": territory_id(self.territory.data),
            "organisation": self.organisation.data,
            "shows": {name: self[name].data for name in SHOWS_FIELDS},
        }


class LanguageForm(Form):
    locale = SelectField(_l("Langue"), choices=choices([("fr", "Français"), ("en", "English")]))


class ClosingForm(Form):
    """The password once more, since what follows can't be undone."""

    password = password_field(_l("Mot de passe"))

    def validate_password(self, field: PasswordField) -> None:
        if not verify_password(field.data, current_user.password):
            raise ValidationError(_("Ce n'est pas votre mot de passe."))

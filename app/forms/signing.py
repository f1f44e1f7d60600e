"""What is typed to register, to sign in and to keep an account safe: Flask-Security's forms in our words."""

import re
from typing import Any, ClassVar

import flask_security as fs
from flask import current_app, g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_security import forms as fs_forms
from flask_security import hash_password
from wtforms import BooleanField, EmailField, HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, StopValidation, ValidationError

from app.accounts import domains, passwords
from app.accounts.password_hashes import is_keyed
from app.forms import accounts, times
from app.forms.accounts import Short, name_field, password_field
from app.forms.base import Form, choices
from app.forms.places import territory_id
from app.forms.traps import TrapForm
from app.reference.former_names import find_organisation
from app.reference.service import CLOSED_ORGANISATION

EMAIL = 254
_CODE = re.compile(r"[0-9]{6,8}")


class Passwords(fs.PasswordUtil):
    """Refuse what everybody would guess; ask for no composition."""

    def validate(self, password: str, is_register: bool, **details: Any) -> tuple[list[str] | None, str]:
        plain, user = self.normalize(password), details.get("user")
        about = (user.name, user.email) if user else (details.get("name"), details.get("email"))
        own_words = [word for word in about if word]
        config = current_app.config
        found = passwords.explain_refusal(plain, *own_words, config["SITE_NAME"], config["SITE_ORGANISATION"])
        return ([_(found)] if found else None), plain


class LimitedForm(Form):
    """A form that is refused while a limit of attempts is met (`g.refusal`), with what was typed."""

    def validate(self, extra_validators: Any = None) -> bool:
        refusal = g.get("refusal")
        if refusal:
            self.must_wait = True
            self.form_errors.append(times.explain(refusal))
            for field in self:
                field.errors = list(field.errors)
            return False
        return super().validate(extra_validators)


def email_field(label: Any, *validators: Any) -> EmailField:
    """Make the field of an address, which it normalises."""
    checks = [Short(EMAIL), fs_forms.email_required, fs_forms.EmailValidation(verify=True), *validators]
    return EmailField(label, checks, render_kw={"autocomplete": "email"})


def refuse_throwaway(_form: Any, field: Any) -> None:
    """Refuse an address of a throw-away service, whether or not an account has it."""
    if domains.is_refused(field.data or ""):
        raise StopValidation(
            _(
                "Cette adresse vient d'un service de courriels jetables, ou d'un domaine que ce site "
                "n'accepte pas. Donnez-en une que vous gardez : nous y écrirons."
            )
        )


class PasswordForm(LimitedForm):
    """A form that checks a password; a right one that was hashed under a key of the site is hashed anew without it.

    That takes long, so that it is done before the write that stores it.
    """

    def validate(self, **kwargs: Any) -> bool:
        is_valid = super().validate(**kwargs)
        if is_valid and is_keyed(self.user.password):
            g.new_hash = self.user.id, hash_password(self.password.data)
        return is_valid


class SignInForm(PasswordForm, fs.LoginForm, LimitedForm):
    email = email_field(_l("Adresse courriel"))
    password = password_field(_l("Mot de passe"))
    remember = submit = None


class RegisterForm(fs.RegisterFormV2, LimitedForm, TrapForm):
    name = name_field()
    email = email_field(_l("Adresse courriel"), refuse_throwaway)
    password = password_field(_l("Mot de passe"))
    territory = accounts.territory_field()
    organisation = accounts.organisation_field()
    charter = BooleanField(
        _l("J'accepte la charte de participation"), [DataRequired(_l("Il faut accepter la charte pour participer."))]
    )
    privacy = BooleanField(
        _l("J'accepte la politique de confidentialité"),
        [DataRequired(_l("Il faut accepter la politique de confidentialité pour ouvrir un compte."))],
    )
    password_confirm = submit = None

    def validate(self, **kwargs: Any) -> bool:
        """Refuse once a form that came faster than anybody types; the same form may be sent again at once."""
        is_valid = super().validate(**kwargs)
        if g.get("refusal") or not self.signs():
            return is_valid
        self.form_errors.append(
            _(
                "C'était très rapide! Pour être sûrs qu'il y a quelqu'un au clavier, relisez vos "
                "réponses, redonnez votre mot de passe et envoyez-les de nouveau."
            )
        )
        return False

    def validate_organisation(self, field: Any) -> None:
        found = find_organisation(field.data or "")
        if found is not None and found.is_archived:
            raise ValidationError(_(CLOSED_ORGANISATION))

    def values(self) -> dict[str, Any]:
        """Return what an account is made of beside its address and its password."""
        return {
            "name": self.name.data,
            "territory_id": territory_id(self.territory.data),
            "organisation": self.organisation.data,
        }


class AddressForm(LimitedForm):
    """An address. Whether an account has it is not checked here, so that nobody learns it."""

    email = email_field(_l("Adresse courriel"))


class ConfirmForm(LimitedForm):
    """The password that was chosen with an address, once more."""

    password = password_field(_l("Mot de passe choisi à l'inscription"))


class ResetForm(fs.ResetPasswordForm, LimitedForm):
    password = password_field(_l("Nouveau mot de passe"))
    password_confirm = submit = None


class ChangePasswordForm(fs.ChangePasswordForm, LimitedForm):
    password = password_field(_l("Mot de passe actuel"))
    new_password = password_field(_l("Nouveau mot de passe"))
    new_password_confirm = submit = None


def _refuse_same_address(_form: Any, field: Any) -> None:
    if field.data == current_user.email:
        raise StopValidation(_("C'est déjà l'adresse de votre compte."))


class ChangeEmailForm(fs.ChangeEmailForm, LimitedForm):
    email = email_field(_l("Nouvelle adresse courriel"), _refuse_same_address, refuse_throwaway)
    submit = None


class VerifyForm(PasswordForm, fs.VerifyForm, LimitedForm):
    password = password_field(_l("Mot de passe"))
    submit = None


class LogoutForm(fs.LogoutForm):
    refresh_token = HiddenField()
    submit = None


class _Code:
    """A field is required, and says so, and takes six digits."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, _form: Any, field: Any) -> None:
        field.data = "".join((field.data or "").split())
        if not _CODE.fullmatch(field.data):
            raise ValidationError(_("Écrivez les six chiffres que montre votre application."))


class CodeForm(fs.TwoFactorVerifyCodeForm, LimitedForm):
    code = StringField(
        _l("Code à six chiffres"),
        [Short(20), _Code()],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    submit = None

    def validate(self, **kwargs: Any) -> bool:
        """Empty the field of a refused code: the authenticator shows another one by then."""
        is_valid = super().validate(**kwargs)
        if not is_valid:
            self.code.data = ""
        return is_valid


class SetupForm(fs.TwoFactorSetupForm, LimitedForm):
    setup = RadioField(choices=choices([("authenticator", ""), ("disable", "")]), validate_choice=False)
    submit = None


class RescueForm(fs.TwoFactorRescueForm):
    """Built by Flask-Security beside the code's form; we offer recovery codes instead, so it is never shown."""

    help_setup = RadioField(choices=choices([("help", "")]))
    submit = None


class RecoveryForm(fs.MfRecoveryForm, LimitedForm):
    code = StringField(
        _l("Code de secours"),
        [Short(40), InputRequired(_l("Écrivez un de vos codes de secours."))],
        render_kw={"autocomplete": "off"},
    )
    submit = None


class RecoveryCodesForm(fs.MfRecoveryCodesForm, LimitedForm):
    generate_new_codes = None

"""Account flows: Flask-Security-Too on our users, our forms, our mails and our sessions."""

from datetime import timedelta

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from app.accounts.models.people import User
from app.accounts.password_hashes import PasswordHashes
from app.core import clock, keys
from app.core.db import db
from app.forms import signing as forms
from app.web.accounts import address_forms, attempts, security_views, signing, two_factor_setup
from app.web.accounts.second_factor import HashedRecoveryCodes, OnceTotp
from app.web.accounts.security_mail import Outbox

PLACES = {
    "LOGIN_URL": "/login",
    "LOGOUT_URL": "/logout",
    "REGISTER_URL": "/register",
    "RESET_URL": "/forgot",
    "CONFIRM_URL": "/confirm",
    "CHANGE_URL": "/account/password",
    "CHANGE_EMAIL_URL": "/account/email",
    "VERIFY_URL": "/account/verify",
    "TWO_FACTOR_SETUP_URL": "/account/two-factor",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/login/code",
    "MULTI_FACTOR_RECOVERY_URL": "/login/recovery",
    "TWO_FACTOR_RESCUE_URL": "/login/rescue",
    "TWO_FACTOR_SELECT_URL": "/login/method",
    "POST_REGISTER_VIEW": "accounts.registered",
    "POST_CHANGE_VIEW": "accounts.index",
    "POST_CHANGE_EMAIL_VIEW": "accounts.index",
    "POST_RESET_VIEW": ".login",
    "POST_VERIFY_VIEW": "accounts.index",
    "STATIC_FOLDER": None,
}
TEMPLATES = {
    f"{page.upper()}_TEMPLATE": f"accounts/security/{page}.html"
    for page in (
        "login_user",
        "register_user",
        "forgot_password",
        "reset_password",
        "change_password",
        "send_confirmation",
        "verify",
        "two_factor_verify_code",
        "two_factor_setup",
        "change_email",
    )
} | {
    f"MULTI_FACTOR_{page.upper()}_TEMPLATE": f"accounts/security/mf_{page}.html"
    for page in ("recovery", "recovery_codes")
}
FEATURES = {
    "CONFIRMABLE": True,
    "REGISTERABLE": True,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "CHANGE_EMAIL": True,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "RETURN_GENERIC_RESPONSES": True,
    "TRACKABLE": False,
    "JOIN_USER_ROLES": False,
    "PASSWORD_CONFIRM_REQUIRED": False,
    "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": lambda email: email, "case_insensitive": False}}],
    "API_ENABLED_METHODS": ["session"],
    "CACHE_CONTROL": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "DATETIME_FACTORY": clock.now,
}
ARGON2 = {"argon2__type": "ID", "argon2__memory_cost": 19 * 1024, "argon2__time_cost": 2, "argon2__parallelism": 1}
PROTECTION = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": True,
    "PASSWORD_NORMALIZE_FORM": "NFC",
    "HASHING_SCHEMES": ["hex_sha256"],
    "DEPRECATED_HASHING_SCHEMES": [],
    "EMAIL_PLAINTEXT": False,
    "EMAIL_HTML": False,
    "FRESHNESS": timedelta(minutes=15),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
    "CONFIRM_EMAIL_WITHIN": timedelta(days=3),
    "RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "CHANGE_EMAIL_WITHIN": timedelta(hours=24),
    "TWO_FACTOR_SETUP_WITHIN": timedelta(minutes=30),
}


def init_app(app: Flask) -> None:
    site_keys = keys.get_keys(app.config)
    settings = (
        PLACES
        | TEMPLATES
        | FEATURES
        | PROTECTION
        | {
            "TOTP_SECRETS": site_keys.by_mark(),
            "TOTP_ISSUER": app.config["SITE_NAME"].replace(":", " "),
            "I18N_DIRNAME": ["builtin", str(app.config["TRANSLATIONS"])],
        }
    )
    app.config.update({f"SECURITY_{name}": value for name, value in settings.items()})
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, User, None),
        render_template=security_views.render_page,
        mail_util_cls=Outbox,
        password_util_cls=forms.Passwords,
        totp_cls=OnceTotp,
        mf_recovery_codes_util_cls=HashedRecoveryCodes,
        login_form=forms.SignInForm,
        reset_password_form=forms.ResetForm,
        change_password_form=forms.ChangePasswordForm,
        change_email_form=forms.ChangeEmailForm,
        verify_form=forms.VerifyForm,
        logout_form=forms.LogoutForm,
        two_factor_setup_form=forms.SetupForm,
        two_factor_rescue_form=forms.RescueForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryForm,
        mf_recovery_codes_form=forms.RecoveryCodesForm,
    )
    site_keys.give_to_serializers(security)
    security.pwd_context = PasswordHashes(site_keys, **ARGON2)
    address_forms.init_app(app)
    two_factor_setup.init_app(app)
    security_views.init_app(app, security)
    signing.init_app(app, security)
    attempts.declare(app)

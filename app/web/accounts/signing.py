"""Who is signed in, looked up at every request; and what each change of an account brings with it."""

import re
from typing import Any

import flask_security as fs
from flask import Flask, Response, current_app, g, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import Security
from flask_security.utils import set_request_attr
from werkzeug.wrappers import Response as AnyResponse

from app.accounts import mail_budget, registrations, service, sessions
from app.accounts.models.people import User
from app.communities import actors
from app.core import dead_addresses
from app.events.service import registrations as event_registrations
from app.web.accounts import attempts, between_forms, freshness, known_browser, security_views
from app.web.frame import gate, invitation_link, mail, unsent_form
from app.web.frame.responses import done
from app.web.frame.session import TOKEN, end_other_sessions, forget_me

# What a browser keeps when somebody signs in: the links of mails that ask for it first.
LASTING = ("_user_id", "_fresh", invitation_link.KEY, security_views.key_of_token(security_views.NEW_ADDRESS))
FOR_THE_SECOND_FACTOR = (
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.mf_recovery_codes",
    "security.verify",
    "security.logout",
    "site.healthz",
    *gate.BY_SIGNED_ADDRESS,
)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone|iPad", "iOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def init_app(app: Flask, security: Security) -> None:
    attempts.init_app(app)
    manager = security.login_manager
    manager.session_protection = None
    manager.user_loader(_load_user)
    manager.request_loader(lambda _request: None)
    security.unauthn_handler(lambda *_args, **_values: unsent_form.sign_in_first())
    for signal, handle in HANDLERS:
        signal.connect(handle, app)
    app.before_request(_require_second_factor)
    app.after_request(_say_seen)


def _load_user(_uniquifier: str) -> User | None:
    """Return the account of this browser's session; None when it is over, or when the database must not be asked."""
    if g.get("is_nobody") or request.endpoint in gate.OF_MACHINES:
        return None
    token = session.get(TOKEN)
    found = actors.find_signed_in(token) if isinstance(token, str) else None
    if found is None:
        return None
    g.session_id, g.actor_rows = found.session.id, found.rows
    g.is_due = sessions.is_due(found.session)
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", freshness.password_time())
    return found.user


def _say_seen(response: Response) -> Response:
    if g.get("is_due") and g.get("session_id"):
        sessions.try_to_mark_seen(g.session_id)
    return response


def _require_second_factor() -> AnyResponse | None:
    """Redirect whoever has a charge to the second factor that the site requires, before anything else."""
    g.two_factor_rule = current_app.config["REQUIRE_TWO_FACTOR"]
    if not g.two_factor_rule or request.endpoint in FOR_THE_SECOND_FACTOR or not current_user.is_authenticated:
        return None
    if current_user.has_two_factor or not security_views.must_have_second_factor():
        return None
    return done(
        url_for("security.two_factor_setup"),
        _("Votre rôle demande la vérification en deux étapes: activez-la pour continuer."),
        "warning",
    )


def name_device() -> str:
    """Name a browser coarsely: enough for its owner to know it, not enough to follow anybody."""
    agent = request.user_agent.string[:500]
    names = [next((name for sign, name in table if re.search(sign, agent)), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names))


def _begin_session(_app: Flask, user: User, **_more: Any) -> None:
    """Begin a new session with nothing of the one before it, which somebody else might know."""
    before = session.get(TOKEN)
    token = service.as_one(lambda: _store_session(user, instead_of=before))
    kept_values = {name: session[name] for name in LASTING if name in session}
    session.clear()
    g.pop("csrf_token", None)
    session.update(kept_values)
    session[TOKEN] = token
    known_browser.remember(user)
    forget_me()


def _store_session(user: User, *, instead_of: str | None) -> str:
    """Write in one transaction what follows from signing in; return the token of the session."""
    attempts.forgive(user)
    security_views.keep_new_hash()
    return sessions.start(user, device=name_device(), instead_of=instead_of)


def _end_session(_app: Flask, **_more: Any) -> None:
    token = session.get(TOKEN)
    if token:
        sessions.end(token)
    of_nobody = () if token else (invitation_link.KEY, between_forms.ADDRESS)
    kept_values = {name: session[name] for name in ("_flashes", *of_nobody) if session.get(name)}
    session.clear()
    session.update(kept_values)
    forget_me()


def _after_password_change(_app: Flask, user: User, **_more: Any) -> None:
    end_other_sessions(user)
    mail_budget.renew(user.email or "")


def _after_password_reset(_app: Flask, user: User, **_more: Any) -> None:
    """Let the owner in: neither what others tried nor what they go on trying refuses this browser."""
    sessions.end_others(user.id, but=None)
    attempts.forgive_all(user)
    mail_budget.renew(user.email or "")
    known_browser.remember(user)


def _after_address_change(_app: Flask, user: User, old_email: str, **_more: Any) -> None:
    sessions.renew_links(user)
    registrations.take_over(user)
    event_registrations.renew_codes(user.id)
    known_browser.remember(user)
    dead_addresses.revive(old_email)
    end_other_sessions(user)
    officer = current_app.config["PRIVACY_OFFICER_EMAIL"]
    mail.send("address_changed", recipient=old_email, locale=user.locale, user_id=user.id, officer=officer)


def _after_second_factor_change(_app: Flask, user: User, **_more: Any) -> None:
    end_other_sessions(user)
    _tell_second_factor(user, is_on=True)


def _after_second_factor_removal(_app: Flask, user: User, **_more: Any) -> None:
    user.mf_recovery_codes = user.tf_last_counter = None
    end_other_sessions(user)
    _tell_second_factor(user, is_on=False)


def _tell_second_factor(user: User, *, is_on: bool) -> None:
    forgot = mail.endpoint_url("security.forgot_password")
    mail.send("second_factor", recipient=str(user.email), locale=user.locale, user_id=user.id, is_on=is_on, url=forgot)


HANDLERS = (
    (user_logged_in, _begin_session),
    (user_logged_out, _end_session),
    (fs.password_changed, _after_password_change),
    (fs.password_reset, _after_password_reset),
    (fs.change_email_confirmed, _after_address_change),
    (fs.tf_profile_changed, _after_second_factor_change),
    (fs.tf_disabled, _after_second_factor_removal),
)

"""What wraps each view of Flask-Security: limits, one transaction, and no token left in an address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, g, make_response, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import Security
from flask_security.utils import do_flash
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts import credentials, service
from app.accounts import queries as accounts
from app.core.errors import N_, Conflict
from app.forms.signing import CodeForm
from app.web.accounts import attempts, between_forms, new_address, pending_code, registration
from app.web.accounts.second_factor import count_codes_left
from app.web.frame import destination, invitation_link, redisplay, unsent_form
from app.web.frame.responses import ask_later, go
from app.web.frame.session import me

View = Callable[..., Any]
ABSENT = ("tf_select", "two_factor_rescue")
NEW_ADDRESS = "change_email_confirm"
WITH_A_TOKEN = (NEW_ADDRESS, "confirm_email", "reset_password")
# These check a password, which takes long: nobody else could write meanwhile.
WITH_SHORT_WRITES = ("login", "confirm_email")
# What holds something typed, and comes back with it when its page is asked for again.
FORMS = (
    "login",
    "register",
    "forgot_password",
    "send_confirmation",
    "verify",
    "change_password",
    "change_email",
    "reset_password",
    "two_factor_setup",
    "two_factor_token_validation",
    "mf_recovery",
)
SIGN_INS = ("login", "two_factor_token_validation")
OF_MEMBERS = ("two_factor_setup", "two_factor_setup_validate")
HERE = "link"
REQUIRED = N_("Votre rôle demande la vérification en deux étapes: elle ne peut pas être désactivée.")
NEXT = {"forgot_password": "security.login", "send_confirmation": "security.login", "change_email": "accounts.index"}


def init_app(app: Flask, security: Security) -> None:
    """Wrap the views of Flask-Security, which knows neither limits nor our transactions."""
    app.add_url_rule("/account/email/<token>", endpoint="security.change_email_confirm", methods=["POST"])
    for endpoint, view in list(app.view_functions.items()):
        if endpoint.startswith("security."):
            app.view_functions[endpoint] = _wrap(endpoint.removeprefix("security."), view)
    security.want_json(lambda _request: False)


def _wrap(name: str, view: View) -> View:
    if name in ABSENT:
        return wraps(view)(lambda **_values: abort(404))
    if name in WITH_A_TOKEN:
        view = _hide_token(name, view)

    @wraps(view)
    def run(**values: Any) -> Any:
        if request.is_json:
            abort(415)
        destination.forget_others()
        return _redirect(name) or _answer(name, view, values)

    return run


def _redirect(name: str) -> Response | None:
    """Redirect a person whom this page is not for; return None for the others.

    A guest with an invitation signs in with the address of the invitation as `next`.
    """
    if name == "two_factor_token_validation" and current_user.is_authenticated:
        return go("accounts.index")
    if name in OF_MEMBERS and not current_user.is_authenticated:
        return unsent_form.sign_in_first()
    if name in pending_code.FLOWS:
        return pending_code.refuse_late_code()
    waiting = invitation_link.get_invitation_url()
    if name == "login" and request.method != "POST" and waiting and not request.args.get("next"):
        return go("security.login", next=waiting)
    return None


def _answer(name: str, view: View, values: dict[str, Any]) -> Response:
    """Run the view of a page that is for this person, an attempt being counted when something was sent."""
    if request.form.get("setup") == "disable" and must_have_second_factor():
        raise Conflict(REQUIRED)
    is_sent = request.method == "POST"
    g.refusal = attempts.count_attempt(name) if is_sent and not redisplay.is_asked() else None
    stop = registration.refuse_registration() if name == "register" else None
    answer = stop or (_write(name, view, values) if is_sent else make_response(view(**values)))
    if is_sent and answer.status_code < 400 and name in SIGN_INS:
        answer = _resume(answer)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _resume(answer: Response) -> Response:
    """Give back, once its writer has signed in, the form that the sign-in carried; ask for a code on the way."""
    unsent = unsent_form.unpack()
    if unsent is None or not answer.location:
        return answer
    if current_user.is_authenticated:
        return unsent_form.render_page(unsent, 200)
    form = CodeForm(formdata=None)
    page = render_template(
        "accounts/security/two_factor_verify_code.html", two_factor_verify_code_form=form, next="", unsent=unsent.pack()
    )
    return make_response(page)


def _write(name: str, view: View, values: dict[str, Any]) -> Response:
    """Run the view as one transaction, unless it opens its own."""
    if name == "login":
        pending_code.forget()
    is_alone = name in WITH_SHORT_WRITES or (name in FORMS and redisplay.is_asked())
    answer = _run(view, values) if is_alone else service.as_one(lambda: _run(view, values))
    if name == "login":
        pending_code.begin()
    if name == "logout":
        do_flash(_("Votre session est fermée. À bientôt!"), "success")
    if answer.status_code == 302:
        answer.status_code = 303
    if answer.status_code == 422:
        attempts.uncount(name)
    return answer


def _run(view: View, values: dict[str, Any]) -> Response:
    answer = make_response(view(**values))
    keep_new_hash()
    return answer


def keep_new_hash() -> None:
    """Store the hash that was made anew of a password that was right, unless it was stored with the session."""
    new_hash = g.pop("new_hash", None)
    if new_hash:
        credentials.keep_hash(*new_hash)


def render_page(template: str, **values: Any) -> Any:
    """Render a page of Flask-Security: 422 when it holds a refused form, 429 when there were too many attempts."""
    name = str(request.endpoint).removeprefix("security.")
    is_sent = request.method == "POST"
    is_refused = is_sent and any(form.errors for form in values.values() if isinstance(form, FlaskForm))
    if is_sent and not is_refused and name in NEXT and not redisplay.is_asked():
        return go(NEXT[name], next=destination.get_goal() or None)
    if name == "login" and not is_sent:
        values["login_user_form"].email.data = between_forms.get_address()
    unsent = unsent_form.unpack() if is_sent else None
    if unsent and name == "login":
        return unsent_form.render_page(unsent, 429 if g.get("refusal") else 422, values["login_user_form"])
    answer = make_response(render_template(template, **values, **_extra_values(name)))
    if g.get("refusal"):
        answer.status_code = 429
        ask_later(answer, g.refusal.retry_after)
    elif is_refused:
        answer.status_code = 422
    return answer


def _extra_values(name: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "next": destination.get_goal(),
        "reason": between_forms.REASONS.get(between_forms.get_reason(), ""),
        "unsent": request.form.get(unsent_form.CARRIED, ""),
    }
    if name == "register":
        values["organisations"] = accounts.list_organisation_names()
    if name in ("two_factor_setup", "mf_recovery_codes"):
        values |= {"codes_left": count_codes_left(current_user), "is_required": must_have_second_factor()}
    return values


def must_have_second_factor() -> bool:
    """Tell whether the site requires a second factor of this person."""
    return bool(g.two_factor_rule) and me().is_staff


def _hide_token(name: str, view: View) -> View:
    """Take the token out of the address before a page is shown; ask for a press where the link of a mail would act."""
    key = key_of_token(name)

    @wraps(view)
    def run(token: str) -> Any:
        g.holds_token = True
        if token != HERE:
            session[key] = token
            if request.method != "POST":
                return go(f"security.{name}", token=HERE, next=destination.get_goal() or None)
        question = _ask_for_press(session.get(key, "")) if name == NEW_ADDRESS else None
        if question:
            return question
        answer = make_response(view(token=session.get(key, "")))
        if request.method == "POST" and answer.status_code < 400:
            session.pop(key, None)
            if name != "confirm_email":
                between_forms.pass_goal_on(answer)
        return answer

    return run


def _ask_for_press(token: str) -> Any:
    """Return the page whose button moves an account to another address, or the refusal; None once it is pressed."""
    here = url_for(f"security.{NEW_ADDRESS}", token=HERE, next=destination.get_goal() or None)
    refusal = new_address.refuse_link(token, here)
    if refusal or request.method == "POST":
        return refusal
    return render_template("accounts/security/press.html", act=_("Confirmer ma nouvelle adresse"), action=here)


def key_of_token(name: str) -> str:
    """Return the key under which the session of a browser holds the token of a view."""
    return f"token:{name}"

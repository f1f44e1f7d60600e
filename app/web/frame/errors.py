"""The error pages: in the site's look, in both languages, without traces, with or without the database."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Flask, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.core import clock, schema_guard
from app.core.errors import DomainError, Forbidden, NotFound, NotSent, TooMany
from app.core.maintenance import Closure
from app.core.schema_guard import OtherSchema
from app.forms import times
from app.operations import outages
from app.web.frame import flood_guard, locale, page_of_form, redisplay, refusals, unsent_form
from app.web.frame.responses import CODES, ask_later, lead_on, replace_page
from app.web.frame.session import answer_as_public

P = ParamSpec("P")
LATER = (429, 500, 503)
# Where what stands before the application says with which code a request is refused.
REFUSAL = "reflexe.refusal"
# Where it says that the site is closed: a `Closure`, beside that code.
CLOSURE = "reflexe.closure"
RETRY = {"Retry-After": "5"}
# In seconds: when one may try again while the site is closed, at the least, at the most, and where nothing is known.
SOONEST, LATEST, SOON = 10, 600, 60

TEXTS = {
    400: (
        _l("Cette demande n'est pas valable"),
        _l("L'adresse ou les données reçues ne sont pas dans une forme que nous comprenons."),
    ),
    401: (_l("Votre session est terminée"), _l("Connectez-vous de nouveau pour continuer.")),
    403: (
        _l("Vous n'avez pas accès à cette page"),
        _l(
            "Ce que vous demandez n'est pas possible avec ce compte, ou ne l'est plus : la situation a peut-être "
            "changé pendant que cette page était ouverte."
        ),
    ),
    404: (_l("Cette page n'existe pas"), _l("L'adresse est peut-être incomplète, ou le contenu n'est plus public.")),
    405: (_l("Ce geste n'est pas possible ici"), _l("Cette adresse n'accepte pas ce genre de demande.")),
    408: (
        _l("L'envoi a pris trop de temps"),
        _l(
            "La connexion est peut-être lente ou coupée. Revenez en arrière : ce que vous avez écrit y est encore. "
            "Puis réessayez."
        ),
    ),
    409: (
        _l("La situation a changé entre-temps"),
        _l("Ce que vous vouliez faire n'est plus possible dans l'état présent."),
    ),
    413: (
        _l("C'est trop volumineux"),
        _l(
            "L'envoi dépasse la taille permise. Revenez en arrière : ce que vous avez écrit y est encore. "
            "Raccourcissez-le, ou choisissez un fichier plus petit."
        ),
    ),
    422: (_l("Cela ne peut pas être enregistré"), _l("Quelque chose manque ou n'est pas valable.")),
    429: (
        _l("Doucement, s'il vous plaît"),
        _l("Il y a eu beaucoup de demandes en peu de temps. Réessayez dans un moment."),
    ),
    500: (
        _l("Quelque chose s'est brisé de notre côté"),
        _l("L'erreur est notée. Réessayez dans un moment; rien de ce qui était enregistré n'est perdu."),
    ),
    503: (_l("Le site est occupé"), _l("Réessayez dans un moment; rien de ce qui était enregistré n'est perdu.")),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _answer_refusal)
    app.register_error_handler(NotSent, _lead_to_form)
    app.register_error_handler(CSRFError, _answer_stale)
    app.register_error_handler(RateLimitExceeded, _answer_flood)
    app.register_error_handler(flood_guard.Flood, _answer_flood)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(OperationalError, _answer_busy)
    app.register_error_handler(TimeoutError, _answer_busy)
    app.register_error_handler(OtherSchema, _answer_later)
    app.register_error_handler(Exception, _answer_unexpected)


def get_texts(code: int) -> tuple[str, str]:
    """Return the title and the message of an error page."""
    title, message = TEXTS.get(code) or TEXTS[500 if code >= 500 else 400]
    return str(title), str(message)


def without_fail(answer: Callable[P, Response]) -> Callable[P, Response]:
    """Answer as to the public when the database is away, so that an error page never fails in turn."""

    @wraps(answer)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return answer(*args, **kwargs)
        except SQLAlchemyError:
            answer_as_public()
            return answer(*args, **kwargs)

    return run


@without_fail
def render_page(
    code: int, message: str | None = None, way: tuple[str, str] | None = None, /, *, title: str = "", **headers: Any
) -> Response:
    """Return an error page; what failed and may succeed later brings back what was typed, to be sent again.

    `way` (a label and an address) is the first way out; after that of a 404 it may succeed too.
    """
    usual_title, default_message = get_texts(code)
    ways = [(_("Retour à l'accueil"), url_for("site.home")), (_("Toutes les idées"), url_for("ideas.index"))]
    ways = [way, *ways[:1]] if way else ways
    form = unsent_form.read_unsent() if (code in LATER or (way and code == 404)) and unsent_form.is_ours() else None
    body = render_template(
        "errors/error.html",
        code=code,
        title=title or usual_title,
        message=message or default_message,
        what_to_do=ways,
        unsent_form=form,
        now=clock.now(),
    )
    response = replace_page(make_response(body, code))
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(headers)
    return response


def render_early(code: int) -> Response:
    """Answer a request that was refused before the application was entered; as to all, where no database is asked."""
    closure: Closure | None = request.environ.get(CLOSURE)
    if closure or code == 503:
        answer_as_public()
    if closure and code == 503:
        return _render_closed(closure)
    return render_page(code, **RETRY) if code == 503 else render_page(code)


def _render_closed(closure: Closure) -> Response:
    """Say that the site is closed and when it is expected back; whoever sent a form has it back, to be sent again."""
    left = round((closure.until - clock.now()).total_seconds()) if closure.until else SOON
    body = render_template(
        "errors/closed.html",
        expected=times.again(left) if closure.until and left > 0 else None,
        this_page=locale.this_page() if request.method in ("GET", "HEAD") else url_for("site.home"),
        unsent_form=unsent_form.read_unsent() if unsent_form.is_ours() else None,
    )
    response = replace_page(make_response(body, 503))
    response.headers.update({"Cache-Control": "no-store", "Retry-After": str(min(max(left, SOONEST), LATEST))})
    return response


@without_fail
def _answer_stale(_error: CSRFError) -> Response:
    """Answer a form whose token is missing or old: give back what was typed, to our own pages only."""
    return unsent_form.offer() if unsent_form.is_ours() else render_page(400)


@without_fail
def _answer_refusal(refusal: DomainError) -> Response:
    code = next(code for kind, code in CODES.items() if isinstance(refusal, kind))
    if isinstance(refusal, Forbidden | NotFound):
        return _answer_no(refusal, code)
    message = times.explain(refusal) if refusal.message else None
    return ask_later(render_page(code, message), refusal.retry_after if isinstance(refusal, TooMany) else 0)


def _lead_to_form(_error: NotSent) -> Response:
    """Answer a press that is only shown again by the page that it stands on."""
    return lead_on(page_of_form.find_address() or url_for("site.home"), 303)


def _answer_no(refusal: Forbidden | NotFound, code: int) -> Response:
    """Say what keeps this person out, or who may; what is not theirs to know of is only said not to be there."""
    try:
        title, message = (
            refusals.explain_forbidden(refusal)
            if isinstance(refusal, Forbidden)
            else refusals.explain_not_found(refusal)
        )
    except SQLAlchemyError:
        # The act was rolled back, and the law reads of its row what is not loaded any more.
        title, message = "", ""
    way: Any = refusal.values.get("way")
    return render_page(code, message or None, way, title=title)


def _answer_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 400 and redisplay.is_asked():
        return _lead_to_form(NotSent())
    form_page = page_of_form.find_address() if error.code == 405 and request.method in ("GET", "HEAD") else None
    if form_page:
        return lead_on(form_page, 302)
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return render_page(error.code, **headers)


def _answer_flood(_error: RateLimitExceeded | flood_guard.Flood) -> Response:
    return render_page(429, flood_guard.explain_flood(), **{"Retry-After": "60"})


def _answer_busy(error: OperationalError | TimeoutError) -> Response:
    """Say that the site is busy: the database is away or locked, or every connection to it is taken."""
    current_app.logger.error("%s: %s", request.endpoint, outages.explain(error) or type(error).__name__)
    return _answer_later(error)


def _answer_later(_error: Exception) -> Response:
    """Answer without the database, which is not to be read now: another process, or this one, answers in a moment."""
    answer_as_public()
    return render_page(503, **RETRY)


def _answer_unexpected(error: Exception) -> Response:
    """Say that it is our fault; what the tables of another version make of our code is not."""
    try:
        schema_guard.verify(current_app.config["SQLALCHEMY_DATABASE_URI"])
    except OtherSchema as other:
        return _answer_later(other)
    current_app.logger.exception("unexpected error on %s", request.endpoint)
    return render_page(500)

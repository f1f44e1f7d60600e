"""Refusals become pages, once: in the site's look, in both languages, without traces."""
from typing import Any

from flask import Flask, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, TooMany
from app.web import resume

CODES: dict[type[DomainError], int] = {Forbidden: 403, NotFound: 404, Conflict: 409, Invalid: 422, TooMany: 429}

TEXTS = {
    400: (
        _l("Cette demande n'est pas valable"),
        _l("L'adresse ou les données reçues ne sont pas dans une forme que nous comprenons.")),
    403: (
        _l("Vous n'avez pas accès à cette page"),
        _l("Il faut un autre rôle pour faire cela, ou votre session a changé.")),
    404: (
        _l("Cette page n'existe pas"),
        _l("L'adresse est peut-être incomplète, ou le contenu n'est plus public.")),
    405: (
        _l("Ce geste n'est pas possible ici"),
        _l("Cette adresse n'accepte pas ce genre de demande.")),
    409: (
        _l("La situation a changé entre-temps"),
        _l("Ce que vous vouliez faire n'est plus possible dans l'état présent.")),
    413: (
        _l("C'est trop volumineux"),
        _l("L'envoi dépasse la taille permise.")),
    422: (
        _l("Cela ne peut pas être enregistré"),
        _l("Quelque chose manque ou n'est pas valable.")),
    429: (
        _l("Doucement, s'il vous plaît"),
        _l("Il y a eu beaucoup de demandes en peu de temps. Réessayez dans un moment.")),
    500: (
        _l("Quelque chose s'est brisé de notre côté"),
        _l("L'erreur est notée. Réessayez dans un moment; rien de ce qui était enregistré n'est perdu.")),
    503: (
        _l("Le site est occupé"),
        _l("Réessayez dans un moment; rien de ce qui était enregistré n'est perdu.")),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(TimeoutError, _busy)
    app.register_error_handler(Exception, _unexpected)


def texts(code: int) -> tuple[str, str]:
    """Give the title and the message of an error page."""
    known = TEXTS.get(code) or TEXTS[500 if code >= 500 else 400]
    return str(known[0]), str(known[1])


def page(code: int, message: str | None = None, **headers: Any) -> Response:
    title, usual = texts(code)
    ways = [(_("Retour à l'accueil"), url_for("home.index")), (_("Toutes les idées"), url_for("ideas.index"))]
    body = render_template("errors/error.html", code=code, title=title, message=message or usual, what_to_do=ways)
    response = make_response(body, code)
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(headers)
    return response


def _stale(_error: CSRFError) -> Response:
    """Answer a form whose token is missing or old: give back what was typed, to our own pages only."""
    return resume.offer() if resume.is_ours() else page(400)


def _domain(refusal: DomainError) -> Response:
    code = next(code for kind, code in CODES.items() if isinstance(refusal, kind))
    is_named = refusal.message and code not in (403, 404)
    message = _(refusal.message) % refusal.values if is_named else None
    more = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooMany) else {}
    return page(code, message, **more)


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return page(error.code, **kept)


def _busy(error: OperationalError | TimeoutError) -> Response:
    """Say that the site is busy: the database is away or locked, or every connection to it is taken."""
    current_app.logger.error("database: %s on %s", type(getattr(error, "orig", error)).__name__, request.endpoint)
    return page(503, **{"Retry-After": "5"})


def _unexpected(error: Exception) -> Response:
    current_app.logger.exception("unexpected error on %s", request.endpoint)
    return page(500)

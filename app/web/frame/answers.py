"""An act says what it did: each address that answers a form without a message is named here, and why."""

import warnings

from flask import Flask, flash, g, message_flashed, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.web.frame.support import is_htmx

# Steps of a longer act, and what the page that comes back shows all over.
SILENT = {
    "ideas.near": "it is asked while a title is typed, and changes nothing",
    "ideas.preview": "it shows how a text will look, and changes nothing",
    "plan.send_plan_file": "the page that comes next shows what was read in the file",
    "security.login": "the page that asked for a sign-in opens",
    "security.mf_recovery": "the page that asked for a sign-in opens",
    "security.two_factor_token_validation": "the page that asked for a sign-in opens",
    "security.register": "the page that comes next says what was sent, and where",
    "security.verify": "the page that asked for the password opens",
    "site.choose_language": "the page comes back in that language; a message would ask for a session of whoever reads",
    "site.choose_theme": "the page comes back in that theme; a message would ask for a session of whoever reads",
    "site.preview_charter": "it shows how a text will look, and changes nothing",
}


def init_app(app: Flask) -> None:
    message_flashed.connect(_note, app)
    app.after_request(_say_at_least)


def check(app: Flask) -> None:
    """Raise RuntimeError where an address that answers without a message is not there."""
    gone = sorted(SILENT.keys() - app.view_functions.keys())
    if gone:
        raise RuntimeError(f"routes that are not there: {', '.join(gone)}")


def _note(_app: Flask, **_message: str) -> None:
    g.has_message = True


def _say_at_least(answer: Response) -> Response:
    """Say that an act is done where its view says nothing, and warn whoever wrote it."""
    is_end = 300 <= answer.status_code < 400 or (is_htmx() and answer.status_code < 300 and not answer.is_json)
    is_act = request.method == "POST" and request.endpoint is not None and request.endpoint not in SILENT
    if is_act and is_end and not g.get("has_message"):
        warnings.warn(f"{request.endpoint} answers an act without a message", RuntimeWarning, stacklevel=2)
        flash(_("C'est fait."), "success")
    return answer

"""An act says what it did; a route whose act is answered without a message says why (`without_message`)."""

import warnings
from typing import Any

from flask import Flask, current_app, flash, g, message_flashed, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.web.frame.responses import is_htmx


def init_app(app: Flask) -> None:
    message_flashed.connect(_note, app)
    app.after_request(_say_at_least)


def _note(_app: Flask, **_message: str) -> None:
    g.has_message = True


def _say_at_least(answer: Response) -> Response:
    """Say that an act is done where its view says nothing, and warn whoever wrote it."""
    is_end = 300 <= answer.status_code < 400 or (is_htmx() and answer.status_code < 300 and not answer.is_json)
    if request.method == "POST" and is_end and not g.get("has_message") and not _needs_none():
        warnings.warn(
            f"{request.endpoint} answers an act without a message: answer by `done` of app/web/frame/responses.py, or "
            'write the reason beside its limit: without_message="the page that comes next shows it"',
            RuntimeWarning,
            stacklevel=2,
        )
        flash(_("C'est fait."), "success")
    return answer


def _needs_none() -> bool:
    """Tell whether the route says why it has no message; what no route answers has none to say."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    return view is None or bool(getattr(view, "without_message", ""))

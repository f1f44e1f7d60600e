"""A page that answers a form, asked for again in another language or theme: the form comes back filled, undone.

Such a page stands at an address that may take forms alone. So its switches send the same form to it once more, with a
field that says so (`SHOW_AGAIN`): the form is then never right (`forms/base.py`), and no transaction begins
(`core/unit.py`). A view need know nothing of it; one that acts without a form leads to its page.
"""

import json

from flask import Flask, abort, after_this_request, flash, g, request, session
from flask_babel import gettext as _
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from app.core import unit
from app.forms.base import LACKS, SHOW_AGAIN
from app.web.frame import locale, unsent_form
from app.web.frame.unsent_form import UnsentForm

# The field that carries all those of the form.
ANSWERED = "answered"
# A consent, which no switch gives (`site/consent.py`).
CHARTER = "charter_accepted"


def init_app(app: Flask) -> None:
    """Forbid to write while the view runs: call it last, after what counts forms and what notes who was seen."""
    app.before_request(lambda: unit.forbid(is_asked()))
    app.after_request(_permit)
    app.teardown_request(lambda _error: unit.forbid(False))


def _permit(answer: Response) -> Response:
    """Permit to write again; a page that one is led to says that nothing was done, whatever the view said."""
    unit.forbid(False)
    if is_asked() and answer.location:
        session.pop("_flashes", None)
        flash(message(), "info")
    return answer


def choose() -> None:
    """Take the choice of a switch, and keep it as `/language` and `/theme` do; no secret is read of such a form."""
    if request.method != "POST" or SHOW_AGAIN not in request.form:
        return
    name, _space, value = request.form[SHOW_AGAIN].partition(" ")
    fields = _unpack(request.form.get(ANSWERED, ""))
    if value not in dict(locale.CHOICES).get(name, ()) or fields is None:
        abort(400)
    g.is_redisplay = True
    own_fields = [(own, request.form[own]) for own in ("csrf_token", SHOW_AGAIN, LACKS) if own in request.form]
    left_out = (*unsent_form.list_secrets(), SHOW_AGAIN, LACKS, CHARTER)
    request.form = ImmutableMultiDict([*own_fields, *(pair for pair in fields if pair[0] not in left_out)])
    locale.choose(name, value)
    after_this_request(lambda answer: locale.remember(answer, name, value))


def pack(unsent: UnsentForm) -> str:
    """Write the fields of a form as one text: its names stand once on the page."""
    return json.dumps(unsent.fields, ensure_ascii=False)


def _unpack(text: str) -> list[tuple[str, str]] | None:
    """Read what `pack` wrote; None where it is something else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(found, list) and all(map(_is_field, found))
    return [(name, value) for name, value in found] if is_ours else None


def _is_field(found: object) -> bool:
    return isinstance(found, list) and len(found) == 2 and all(isinstance(part, str) for part in found)


def is_asked() -> bool:
    """Tell whether this request only asks for a page again."""
    return bool(g.get("is_redisplay"))


def find_unsent_form() -> UnsentForm | None:
    """Return the form that this page answers, for its switches to send; None where a reader asked for the page.

    A form that needs no token, such as that which stops mails, is none: sending it again would ask for a session.
    """
    if "answered_form" not in g:
        g.answered_form = _read() if unsent_form.is_ours() else None
    found: UnsentForm | None = g.answered_form
    return found


def _read() -> UnsentForm | None:
    found = unsent_form.read_unsent()
    if found is None or "csrf_token" not in request.form:
        return None
    lacks_secret = found.lacks_secret or bool(request.files) or LACKS in request.form
    return UnsentForm(locale.this_page(), found.fields, found.texts, lacks_secret)


def message() -> str:
    """Say that nothing was done, and what of the form is to be given once more."""
    text = _(
        "Rien n'a été envoyé. Voici la page dans la langue ou l'apparence que vous avez choisie, avec ce que vous "
        "y aviez mis."
    )
    if LACKS not in request.form:
        return text
    return text + " " + _("Le mot de passe, le code ou le fichier, lui, est à redonner.")

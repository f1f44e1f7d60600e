"""Between what was typed and the act it asks for: a refusal of the domain stands beside its field, nothing is lost."""
from collections.abc import Callable
from typing import TypeVar

from flask import request
from flask_babel import gettext as _

from app.core.errors import N_, Conflict, Forbidden, Invalid, TooMany
from app.core.permits import Permission, Predicate
from app.forms.base import Form

Made = TypeVar("Made")
LATE = N_("Ce contenu a changé d'état pendant que vous écriviez : quelqu'un est sans doute passé avant vous. Votre "
          "motif est gardé ci-dessous.")


def taken(form: Form, act: Callable[[], object], *, check: Callable[[], bool] | None = None) -> bool:
    """Do the act if the form is right (as `check` has it); tell whether it was done, the form saying why not."""
    if not (check or form.validate)():
        return False
    try:
        act()
    except Invalid as refusal:
        form.say(refusal.field, _(refusal.message) % refusal.values)
        return False
    return True


def in_time(form: Form, act: Callable[[], Made]) -> Made | None:
    """Do the act and give what it made; None when a limit was met, the form saying until when."""
    try:
        return act()
    except TooMany as refusal:
        form.say(None, _(refusal.message) % refusal.values + " " + _("Votre texte est gardé ci-dessous."))
        return None


def kept(form: Form, act: Callable[[], object]) -> int:
    """Do the act if the form is right; give 0, or the code of a refusal that the form says: nothing is lost."""
    if not form.validate():
        return 422
    try:
        act()
    except (Conflict, Invalid) as refusal:
        form.say(getattr(refusal, "field", None), _(refusal.message) % refusal.values)
        return 409 if isinstance(refusal, Conflict) else 422
    return 0


def asked(permission: Permission, *states: Predicate) -> Permission:
    """Give the right that a page asks for; its form, once sent, is taken whatever became of these states meanwhile."""
    return permission.whatever(*states) if request.method == "POST" else permission


def kept_late(form: Form, act: Callable[[], object]) -> int:
    """Do as `kept` behind a page that `asked`: what is no longer permitted is what a colleague was faster to do."""
    return kept(form, lambda: _present(act))


def _present(act: Callable[[], object]) -> None:
    try:
        act()
    except Forbidden:
        raise Conflict(LATE) from None

"""Between what was typed and the act it asks for: a refusal of the domain stands beside its field, nothing is lost."""
from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _

from app.core.errors import Conflict, Invalid, TooMany
from app.forms.base import Form

Made = TypeVar("Made")


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

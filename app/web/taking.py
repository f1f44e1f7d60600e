"""Between what was typed and the act it asks for: a refusal of the domain stands beside its field, nothing is lost."""
from collections.abc import Callable

from flask_babel import gettext as _

from app.core.errors import Invalid
from app.forms.base import Form


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

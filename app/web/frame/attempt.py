"""Between what was typed and the act it asks for: a refusal of the domain stands beside its field, nothing is lost."""
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from flask import request
from flask_babel import gettext as _

from app.core.errors import N_, Conflict, DomainError, Forbidden, Invalid, TooMany
from app.core.permits import Permission, Predicate
from app.forms.base import Form
from app.web.frame.errors import CODES

Made = TypeVar("Made")
REFUSALS = (Conflict, Invalid, TooMany)
LATE = N_("Ce contenu a changé d'état pendant que vous écriviez : quelqu'un est sans doute passé avant vous. Votre "
          "motif est gardé ci-dessous.")


class Outcome(Generic[Made]):
    """What became of a form: the `code` of the refusal that it says, 0 for none, and what the act returned."""

    def __init__(self, code: int = 0, made: Made | None = None):
        self.code, self._made = code, made

    @property
    def made(self) -> Made:
        """What the act returned; asked only of an act that was done."""
        assert not self.code, "nothing was made"
        return cast(Made, self._made)


def attempt(
        form: Form, act: Callable[[], Made], *, check: Callable[[], bool] | None = None, late: str = ""
) -> Outcome[Made]:
    """Do the act if the form is right (as `check` has it); what the domain refuses stands beside its field.

    `late` is what the form says where the act is permitted no more, because somebody was faster (409); without it
    such an act raises Forbidden.
    """
    if not (check or form.validate)():
        return Outcome(422)
    try:
        return Outcome(made=act())
    except Forbidden:
        if not late:
            raise
        return _refuse(form, Conflict(late))
    except REFUSALS as refusal:
        return _refuse(form, refusal)


def _refuse(form: Form, refusal: DomainError) -> Outcome[Made]:
    more = " " + _("Votre texte est gardé ci-dessous.") if isinstance(refusal, TooMany) else ""
    form.say(getattr(refusal, "field", None), _(refusal.message) % refusal.values + more)
    form.refusal_code = CODES[type(refusal)]
    return Outcome(form.refusal_code)
def taken(form: Form, act: Callable[[], object], *, check: Callable[[], bool] | None = None) -> bool:
    """Do the act if the form is right (as `check` has it); tell whether it was done, the form saying why not."""
    return not attempt(form, act, check=check).code


def kept(form: Form, act: Callable[[], object]) -> int:
    """Do the act if the form is right; give 0, or the code of a refusal that the form says: nothing is lost."""
    return attempt(form, act).code


def asked(permission: Permission, *states: Predicate) -> Permission:
    """Give the right that a page asks for; its form, once sent, is taken whatever became of these states meanwhile."""
    return permission.whatever(*states) if request.method == "POST" else permission


def kept_late(form: Form, act: Callable[[], object], *, late: str = LATE) -> int:
    """Do as `kept` behind a page that `asked`: what is no longer permitted is what a colleague was faster to do."""
    return kept(form, lambda: _present(act, late))


def _present(act: Callable[[], object], late: str) -> None:
    try:
        act()
    except Forbidden:
        raise Conflict(late) from None

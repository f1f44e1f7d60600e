"""Between what was typed and the act it asks for: a refusal of the domain stands beside its field, nothing is lost."""
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request
from flask_babel import gettext as _

from app.core.errors import N_, Conflict, DomainError, Forbidden, Invalid, TooMany
from app.core.permits import Permission, Predicate
from app.forms.base import Form

Made = TypeVar("Made")
LATE = N_("Ce contenu a changé d'état pendant que vous écriviez : quelqu'un est sans doute passé avant vous. Votre "
          "motif est gardé ci-dessous.")


REFUSALS: dict[type[DomainError], int] = {Conflict: 409, Invalid: 422, TooMany: 429}


@dataclass(frozen=True)
class Outcome(Generic[Made]):
    """What became of a form: `made` by the act, or the code of the refusal that the form says (0 for none)."""

    code: int = 0
    made: Made | None = None


def attempt(form: Form, act: Callable[[], Made], *, check: Callable[[], bool] | None = None) -> Outcome[Made]:
    """Do the act if the form is right (as `check` has it); what the domain refuses stands beside its field."""
    if not (check or form.validate)():
        return Outcome(422)
    try:
        return Outcome(made=act())
    except tuple(REFUSALS) as refusal:
        more = " " + _("Votre texte est gardé ci-dessous.") if isinstance(refusal, TooMany) else ""
        form.say(getattr(refusal, "field", None), _(refusal.message) % refusal.values + more)
        form.refusal_code = REFUSALS[type(refusal)]
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

"""Between what was typed and the act it asks for: a refusal of the domain stands beside its field, nothing is lost."""
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from flask_babel import gettext as _

from app.core.errors import N_, Conflict, DomainError, Forbidden, Invalid, TooMany
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
    return Outcome(CODES[type(refusal)])

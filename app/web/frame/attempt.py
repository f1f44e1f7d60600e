"""Try the act that a form asks for: a refusal of the domain stands beside its field, and nothing typed is lost."""

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from flask_babel import gettext as _

from app.core import content_version
from app.core.errors import N_, Conflict, DomainError, Forbidden, Invalid, NotSent, TooMany
from app.forms import times
from app.forms.base import Form
from app.web.frame.responses import CODES

Result = TypeVar("Result")
REFUSALS = (Conflict, Invalid, TooMany)
LATE = N_(
    "Ce contenu a changé d'état pendant que vous écriviez : quelqu'un est sans doute passé avant vous. Votre "
    "motif est gardé ci-dessous."
)
UNCHANGED = N_("Rien n'a changé.")
UNCHANGED_DRAFT = N_("Le brouillon est gardé tel qu'il était : vous n'y avez rien changé.")


class Outcome(Generic[Result]):
    """What became of a form: `code` is 0, or the status of the refusal; `result` is what the act returned.

    `has_changed` tells whether the act wrote anything; `retry_after` is in seconds, for one that came too often.
    """

    def __init__(self, code: int = 0, result: Result | None = None, *, retry_after: int = 0):
        self.code, self._result, self.has_changed = code, result, content_version.has_written()
        self.retry_after = retry_after

    @property
    def result(self) -> Result:
        """Return what the act returned; there is nothing to return after a refusal."""
        assert not self.code, "a refused act has no result"
        return cast(Result, self._result)

    def describe(self, message: str, kind: str = "success") -> tuple[str, str]:
        """Return what to say of a change, and the kind of notice: of one that changed nothing, that."""
        return (message, kind) if self.has_changed else (_(UNCHANGED), "info")


def attempt(
    form: Form, act: Callable[[], Result], *, check: Callable[[], bool] | None = None, late: str = ""
) -> Outcome[Result]:
    """Do the act if the form is right (as `check` has it); what the domain refuses stands beside its field.

    `late` is what the form says where the act is permitted no more, because somebody was faster (409); without it
    such an act raises Forbidden.
    """
    return do(form, act, late=late) if (check or form.validate)() else Outcome(422)


def do(form: Form, act: Callable[[], Result], *, late: str = "") -> Outcome[Result]:
    """Do the act, whatever the form holds, as `attempt` does."""
    content_version.forget_writes()
    try:
        return Outcome(result=act())
    except Forbidden:
        if not late:
            raise
        return _refuse(form, Conflict(late))
    except NotSent:
        return Outcome(422)
    except REFUSALS as refusal:
        return _refuse(form, refusal)


def _refuse(form: Form, refusal: DomainError) -> Outcome[Result]:
    form.must_wait = isinstance(refusal, TooMany)
    more = " " + _("Ce que vous avez écrit est gardé ci-dessous.") if form.must_wait and form.is_seen else ""
    form.say(getattr(refusal, "field", None), times.explain(refusal) + more)
    return Outcome(CODES[type(refusal)], retry_after=getattr(refusal, "retry_after", 0))

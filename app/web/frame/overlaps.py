"""An edit of what several people may change: done over what is stored now, and asked about where both wrote."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.text.diff import Piece, word_diff
from app.core.unit import under_lock
from app.forms.overlaps import Overlap, Part, SharedForm
from app.web.frame import locale
from app.web.frame.attempt import UNCHANGED, Outcome, attempt

Result = TypeVar("Result")
SHORT = 60


class Question(NamedTuple):
    """Whose value stays of a part of a form; the pieces of each text mark what the other does not have."""

    name: str
    label: str
    stored: list[Piece]
    typed: list[Piece]
    is_long: bool


def act_over(form: SharedForm, row: Any, present: Callable[[], Any], act: Callable[[], Result]) -> Callable[[], Result]:
    """Return the act over what is stored now: `present` reads it as a form (None: nothing to compare with).

    `row` is locked meanwhile; a name in its place is that of a turn. The act raises Conflict where both wrote.
    """

    def do() -> Result:
        now = present()
        if now is not None:
            form.reconcile(now)
        return act()

    return lambda: under_lock(row, do)


def attempt_over(
    form: SharedForm,
    row: Any,
    present: Callable[[], Any],
    act: Callable[[], Result],
    *,
    check: Callable[[], bool] | None = None,
    late: str = "",
) -> Outcome[Result]:
    """Try the act over what is stored now, as `attempt` does; a refused form has what others changed, and questions."""
    outcome = attempt(form, act_over(form, row, present, act), check=check, late=late)
    if outcome.code:
        refresh(form, present())
    return outcome


def refresh(form: SharedForm, now: Any) -> None:
    """Put what only others changed in a form that is shown again, with its questions."""
    if now is not None:
        form.compare(now)


def describe_edit(
    outcome: Outcome[Any], message: str, form: SharedForm, *, unchanged: str = UNCHANGED
) -> tuple[str, str]:
    """Return what to say of an edit, and the kind of notice: of one that wrote nothing, what others changed meanwhile.

    `unchanged` is said where nobody changed anything.
    """
    if outcome.has_changed:
        return add_colleague_changes(message, form), "success"
    return describe_colleague_changes(form) or _(unchanged), "info"


def add_colleague_changes(message: str, form: SharedForm) -> str:
    """Add to the message of an act what of another's change it kept."""
    return f"{message} {describe_colleague_changes(form)}".strip()


def describe_colleague_changes(form: SharedForm) -> str:
    """Say which parts somebody else changed meanwhile, and that this is what stays."""
    if not form.taken:
        return ""
    names = ", ".join(_("« %(words)s »", words=label) for label in form.taken)
    return ngettext(
        "%(names)s a changé entre-temps : ce changement est gardé.",
        "%(names)s ont changé entre-temps : ces changements sont gardés.",
        len(form.taken),
        names=names,
    )


def list_questions(form: SharedForm) -> list[Question]:
    return [_ask(one) for one in form.overlaps]


def _ask(one: Overlap) -> Question:
    stored, typed = _write(one.stored), _write(one.typed)
    is_long = any(len(text) > SHORT or "\n" in text for text in (stored, typed))
    pieces = word_diff(stored, typed) if is_long else []
    return Question(
        one.name,
        str(one.typed.label),
        [piece for piece in pieces if piece.kind != "added"] if stored and pieces else _whole(stored),
        [piece for piece in pieces if piece.kind != "removed"] if typed and pieces else _whole(typed),
        is_long,
    )


def _whole(text: str) -> list[Piece]:
    return [Piece("same", text or _("(rien)"))]


def _write(part: Part) -> str:
    """Write a part as a person reads it: a field, or a line for each row of a group."""
    if not isinstance(part.value, list) or not part.fields or part.fields[0].type == "BoxesField":
        return ", ".join(_words(field) for field in part.fields)
    cells, lines = iter(part.fields), []
    for row in part.value:
        words = [_words(field) for cell, field in zip(row, cells, strict=False) if cell != "id"]
        lines.append(" · ".join(filter(None, words)))
    return "\n".join(lines)


def _words(field: Any) -> str:
    """Write what a field holds, by the labels of its choices."""
    if field.type == "BooleanField":
        return _("oui") if field.data else _("non")
    if field.type == "DateField":
        return locale.format_date_day(field.data) if field.data else field._value()
    if hasattr(field, "iter_choices"):
        return ", ".join(_chosen(field))
    return str(field._value())


def _chosen(field: Any) -> Iterable[str]:
    values = field.data if isinstance(field.data, list | tuple) else [field.data]
    wanted = {str(value) for value in values}
    return [str(choice.label) for choice in field.iter_choices() if str(choice.value) in wanted]


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(questions=list_questions, say_taken=describe_colleague_changes)

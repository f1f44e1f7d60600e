"""The controls of a form: their look, their limit, and what describes them to a screen reader."""

from typing import Any

from wtforms import Field


def render_control(
    field: Field,
    help: str | None = None,
    limit: int | None = None,
    *,
    short: bool = False,
    tall: bool = False,
    autocomplete: str | None = None,
    attrs: dict[str, Any] | None = None,
) -> str:
    """Return the control, in the safe HTML of WTForms.

    Nothing is cut while somebody types: the counter tells, and the server decides. What a browser may fill in is said
    by the page, else by the form.
    """
    attributes = {
        "class": _look(field, short, tall),
        "maxlength": False,
        "minlength": False,
        "autocomplete": autocomplete or (field.render_kw or {}).get("autocomplete", False),
        "aria-describedby": description_ids(field, help, limit) or False,
        "aria-invalid": "true" if field.errors else False,
    }
    html: str = field(**attributes | (attrs or {}))
    return html


def _look(field: Field, short: bool, tall: bool) -> str:
    if "Select" in field.type:
        return "select"
    if field.type == "TextAreaField":
        return "textarea is-tall" if tall else "textarea"
    return "input is-short" if short else "input"


def description_ids(field: Field, help: str | None = None, limit: int | None = None) -> str:
    """Return the ids of the help, the errors and the counter that describe a control (`aria-describedby`)."""
    errors = [f"error{number or ''}" for number in range(len(field.errors))]
    needs = ["needs"] if getattr(field.flags, "needs", None) and not field.errors else []
    names = [*(["help"] if help else []), *needs, *errors, *(["count"] if limit else [])]
    return " ".join(f"{field.id}-{name}" for name in names)


def find_limit(field: Field) -> int | None:
    """Return how many characters a field takes, if it says so."""
    return getattr(field.flags, "maxlength", None) or getattr(field.flags, "max_length", None)

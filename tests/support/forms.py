"""What a browser sends of a form, and what a person may do with its controls."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

SILENT = ("submit", "button", "image", "reset", "file")
# Controls whose values the page gives: a person takes one of them, and writes none.
TICKED = ("checkbox", "radio")
CHOICES = (*TICKED, "select")
FIELDS = ("input", "textarea", "select")


def initial_values(form: Tag, page: BeautifulSoup, button: str | None) -> dict[str, Any]:
    """Return the fields and values of a form that nobody touched: a list where a name is there several times."""
    data: dict[str, list[str]] = {}
    for field in fields(form, page):
        if not _is_disabled(field):
            data.setdefault(str(field["name"]), []).extend(_values(field))
    _press(form, button, data)
    return {name: values[0] if len(values) == 1 else values for name, values in data.items() if values}


def fields(form: Tag, page: BeautifulSoup) -> list[Tag]:
    """Return the fields of a form that have a name, those that stand elsewhere on the page among them."""
    found = form.find_all(FIELDS)
    if form.get("id"):
        found += page.find_all(FIELDS, form=form["id"])
    return [field for field in found if field.get("name")]


def kind(field: Tag) -> str:
    """Name what a field is: select, textarea, or the type of an input."""
    return str(field.get("type", "text")).lower() if field.name == "input" else str(field.name)


def controls(form: Tag, page: BeautifulSoup) -> list[Tag]:
    """Return the fields that a person sees and uses."""
    return [
        field
        for field in fields(form, page)
        if kind(field) not in (*SILENT, "hidden") and not field.find_parent(class_="trap")
    ]


def buttons(form: Tag) -> list[str]:
    """Return the values of the buttons that send a form, each once; an empty one stands for a button that says nothing."""
    return list(dict.fromkeys(str(button.get("value", "")) for button in _buttons(form)))


def refusals(form: Tag, page: BeautifulSoup, values: dict[str, Any]) -> Iterator[str]:
    """Say which of these values nobody could give with this form.

    There is no such field, or it is hidden, cannot be left out (None), stands once, or does not offer that choice.
    """
    existing = fields(form, page)
    for name, value in values.items():
        mine = [field for field in existing if field["name"] == name]
        if not mine:
            yield f"there is no field {name}, but {sorted({str(field['name']) for field in existing})}"
        elif all(kind(field) == "hidden" for field in mine):
            yield f"nobody sees the field {name}"
        elif value is None and not all(kind(field) in TICKED for field in mine):
            yield f"nobody leaves the field {name} out"
        elif isinstance(value, list | tuple) and len(value) > len(mine) and not mine[0].has_attr("multiple"):
            yield f"the field {name} is not there {len(value)} times"
        elif all(kind(field) in CHOICES for field in mine):
            choices = {one for field in mine for one in _possible_values(field)}
            wrong = {
                str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None
            } - choices
            if wrong:
                yield f"{name} does not offer {sorted(wrong)}, but {sorted(choices)}"


def _possible_values(field: Tag) -> list[str]:
    if field.name == "select":
        return [str(option.get("value", option.get_text())) for option in field.select("option")]
    return [str(field.get("value", "on"))]


def _is_disabled(field: Tag) -> bool:
    return field.has_attr("disabled") or field.find_parent("fieldset", disabled=True) is not None


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        # As a page is read: lines end by \n and the first one after the tag is dropped; as a form is sent: \r\n.
        return ["\r\n".join(field.get_text().replace("\r\n", "\n").removeprefix("\n").split("\n"))]
    if field.name == "select":
        return _selected_values(field)
    if kind(field) in SILENT or (kind(field) in CHOICES and not field.has_attr("checked")):
        return []
    return [str(field.get("value", "on" if kind(field) in CHOICES else ""))]


def _selected_values(select: Tag) -> list[str]:
    options = select.select("option")
    selection = [option for option in options if option.has_attr("selected")]
    if not selection and not select.has_attr("multiple"):
        selection = options[:1]
    return [str(option.get("value", option.get_text())) for option in selection]


def _buttons(form: Tag) -> list[Tag]:
    """Return the buttons that send a form; one that names a form sends that one, wherever it stands."""
    elsewhere = [*form.parents][-1].select(f'button[form="{form["id"]}"]') if form.get("id") else []
    found = [button for button in form.select("button, input[type=submit]") if not button.get("form")] + elsewhere
    return [button for button in found if button.get("type", "submit") == "submit"]


def destination(form: Tag, button: str | None) -> str:
    """Return the address that a form is sent to by this button."""
    found = _pressed(form, button)
    return str((found and found.get("formaction")) or form.get("action") or "")


def _press(form: Tag, choice: str | None, data: dict[str, list[str]]) -> None:
    button = _pressed(form, choice)
    if button is not None and button.get("name"):
        data.setdefault(str(button["name"]), []).append(str(button.get("value", "")))


def _pressed(form: Tag, choice: str | None) -> Tag | None:
    """Return the button of this value, or of this address of its own; the first one without a choice."""
    found = _buttons(form)
    if choice is not None:
        found = [button for button in found if choice in (button.get("value", ""), button.get("formaction"))]
        assert found, f"the form has no button {choice}"
    return found[0] if found else None

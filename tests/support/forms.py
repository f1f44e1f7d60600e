"""What a browser sends of a form that nobody touched."""
from typing import Any

from bs4 import BeautifulSoup, Tag

SILENT = ("submit", "button", "image", "reset", "file")


def typed(form: Tag, page: BeautifulSoup, button: str | None) -> dict[str, Any]:
    """Give the fields and values of a form: a list where a name is there several times."""
    sent: dict[str, list[str]] = {}
    fields = form.select("input, textarea, select")
    if form.get("id"):
        fields += [field for field in page.select(f'[form="{form["id"]}"]') if field.name != "button"]
    for field in fields:
        if field.get("name") and not _is_disabled(field):
            sent.setdefault(str(field["name"]), []).extend(_values(field))
    _press(form, button, sent)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items() if values}


def _is_disabled(field: Tag) -> bool:
    return field.has_attr("disabled") or field.find_parent("fieldset", disabled=True) is not None


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        return _chosen(field)
    kind = str(field.get("type", "text")).lower()
    if kind in SILENT or (kind in ("checkbox", "radio") and not field.has_attr("checked")):
        return []
    return [str(field.get("value", "on" if kind in ("checkbox", "radio") else ""))]


def _chosen(select: Tag) -> list[str]:
    options = select.select("option")
    chosen = [option for option in options if option.has_attr("selected")]
    if not chosen and not select.has_attr("multiple"):
        chosen = options[:1]
    return [str(option.get("value", option.get_text())) for option in chosen]


def _press(form: Tag, wanted: str | None, sent: dict[str, list[str]]) -> None:
    buttons = [b for b in form.select("button, input[type=submit]") if b.get("type", "submit") == "submit"]
    if wanted is not None:
        buttons = [button for button in buttons if button.get("value") == wanted]
        assert buttons, f"the form has no button {wanted}"
    if buttons and buttons[0].get("name"):
        sent.setdefault(str(buttons[0]["name"]), []).append(str(buttons[0].get("value", "")))

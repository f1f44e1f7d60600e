"""Every control that a page shows is used by its label, and what it holds then is what the form sends."""
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page

from tests.support import square
from tests.support.browser import Browser
from tests.support.forms import controls

# The address of each form, and what a person sees to fill in it, as the browser names it: label, name, type and value of
# each control, whether it stands in the form (or elsewhere on the page, and names its form), and whether it is ticked.
CONTROLS = r"""forms => forms.map(form => [form.getAttribute("action"), [...form.elements]
  .filter(one => one.name && !["hidden", "submit", "button"].includes(one.type) && !one.closest(".trap"))
  .map(one => [one.labels?.[0]?.textContent.replace(/\s+/g, " ").trim() ?? "", one.name, one.type, one.value,
    form.contains(one), Boolean(one.checked)])])"""
SENT = "(form, name) => new FormData(form).getAll(name).map((one) => one.name ?? one)"
FILE: FilePayload = {"name": "plan.csv", "mimeType": "text/csv", "buffer": b"Action"}
TEXT = {"date": "2030-05-17", "email": "quelquun@example.org", "number": "12"}
BOXES = ("checkbox", "radio")


# Without scripts, which would send the filters of a list as soon as one is touched.
@pytest.mark.parametrize("reader", square.READERS)
def test_each_control_is_found_by_its_label_and_sends_what_was_put_in_it(
        page_for: Callable[..., Page], make: Any, sign_in: Callable[..., Browser], visitor: Browser, reader: str) -> None:
    here = square.build(make)
    person = here.people.get(reader)
    page, browser = page_for(person, javascript=False), sign_in(person) if person else visitor
    past: set[tuple[str, ...]] = set()
    for path in square.READERS[reader](here):
        found = controls_of(browser, path)
        new, past = few(found - past), past | found
        if new:
            page.goto(path)
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
            use_all(page.locator("form"), path, new)


def controls_of(browser: Browser, path: str) -> set[tuple[str, ...]]:
    """Return the controls of a page: the form (by its address, whatever the number in it), the name, the choice."""
    page = browser.get(path).soup
    return {(place(str(form.get("action") or path)), str(control["name"]), str(control.get("value", "")) if is_box(control) else "")
            for form in page.select("form") for control in [*controls(form, page), *form.select("input[type=file]")]}


def few(found: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Keep three boxes of each group: the others come out of the same loop."""
    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for one in sorted(found):
        groups.setdefault(one[:2], []).append(one)
    return {one for group in groups.values() for one in group[:3]}


def place(address: str) -> str:
    return re.sub(r"\d+", "0", address.partition("?")[0])


def is_box(control: Any) -> bool:
    return control.get("type") in BOXES


def use_all(forms: Locator, path: str, new: set[tuple[str, ...]]) -> None:
    """Use each control of the forms of a page that no page before had."""
    for n, (action, found) in enumerate(forms.evaluate_all(CONTROLS)):
        here = place(action or path)
        for label, name, kind, value, is_inside, is_ticked in found:
            if (here, name, value if kind in BOXES else "") in new:
                assert label, f"{name} has no label on {path}"
                form = forms.nth(n)
                there: Locator | Page = form if is_inside else form.page
                control = there.get_by_label(label, exact=True).and_(there.locator(f'[name="{name}"]'))
                use(form, control, name, kind, value, is_ticked)


def use(form: Locator, control: Locator, name: str, kind: str, value: str, is_ticked: bool) -> None:
    """Do with a control what a person does, and see that the form would send it."""
    if kind in BOXES:
        control = control.and_(form.page.locator(f'[value="{value}"]'))
        if kind == "checkbox" and is_ticked:
            control.uncheck()
            assert value not in form.evaluate(SENT, name), f"{control}: {name} still sends {value}"
        control.check()
    elif kind.startswith("select"):
        value = control.locator("option").last.get_attribute("value") or ""
        control.select_option(value)
    elif kind == "file":
        value = FILE["name"]
        control.set_input_files(FILE)
    else:
        value = TEXT.get(kind, "Un texte")
        control.fill(value)
    assert value in form.evaluate(SENT, name), f"{control}: {name} does not send {value}"

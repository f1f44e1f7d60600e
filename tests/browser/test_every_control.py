"""Every control that a page shows has a label, is used as people do, and what it holds then is what its form sends."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page

from tests.support import square

# What a person sees to fill in the forms of a page, all unfolded, and each box ticked that shows a field of its own.
# Each control is given a number, to be found again.
CONTROLS = r"""() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  document.querySelectorAll(".event-way [type=checkbox]").forEach((one) => { one.checked = true; });
  const controls = [...document.forms].flatMap((form) => [...form.elements])
    .filter((one) => one.name && !["hidden", "submit", "button"].includes(one.type) && !one.closest(".trap, [hidden]"));
  return controls.map((one, number) => {
    one.dataset.number = number;
    return {
      number, name: one.name, kind: one.type, value: one.value, is_ticked: Boolean(one.checked),
      label: one.labels?.[0]?.textContent.replace(/\s+/g, " ").trim() ?? "",
      form: [...document.forms].indexOf(one.form), action: one.form.getAttribute("action") ?? "",
      choices: [...one.options ?? []].map((option) => option.value)};
  });
}"""
# What the form of each control would send under its name.
VALUES = """(numbers) => numbers.map((number) => {
  const control = document.querySelector(`[data-number="${number}"]`);
  return new FormData(control.form).getAll(control.name).map((one) => one.name ?? one);
})"""
FILE: FilePayload = {"name": "plan.csv", "mimeType": "text/csv", "buffer": b"Action"}
TEXT = {"date": "2030-05-17", "email": "quelquun@example.org", "number": "12", "time": "18:30"}
BOXES = ("checkbox", "radio")
NUMBER = r"-?\d+"


@dataclass
class Control:
    """A control of a page, as the browser sees it; `choices` are those of a list."""

    number: int
    name: str
    kind: str
    value: str
    is_ticked: bool
    label: str
    form: int
    action: str
    choices: list[str]

    def key(self, path: str) -> tuple[str, str, str]:
        """Return the form (by its address, whatever the number in it), the name, the choice."""
        address = re.sub(NUMBER, "0", (self.action or path).partition("?")[0])
        return address, self.name, self.value if self.kind in BOXES else ""

    def appearance(self) -> tuple[int, str, str, str]:
        """Return what tells a control from the others of its page: its form, its label, its name, the choice."""
        return self.form, self.label, self.name, self.value if self.kind in BOXES else ""


# Without scripts, which would send the filters of a list as soon as one is touched.
@pytest.mark.parametrize("reader", square.READERS)
def test_each_control_has_a_label_and_sends_what_was_put_in_it(
    page_for: Callable[..., Page], readers: Any, reader: str, is_sample: bool
) -> None:
    person, paths = readers[reader]
    page = page_for(person, javascript=False)
    past: set[tuple[str, ...]] = set()
    for path in paths:
        page.goto(path, wait_until="domcontentloaded")
        controls = [Control(**one) for one in page.evaluate(CONTROLS)]
        tell_apart(path, controls)
        new = [control for control in controls if control.key(path) not in past]
        past |= {control.key(path) for control in new}
        if new:
            page.wait_for_load_state("load")
        use_all(page, path, few(path, new) if is_sample else new)


def tell_apart(path: str, controls: list[Control]) -> None:
    """Fail with a control that has no label, or that has all of another one in its form."""
    nameless = [control.name for control in controls if not control.label]
    assert not nameless, f"{path}: no label, {nameless}"
    twice = [found for found, times in Counter(control.appearance() for control in controls).items() if times > 1]
    assert not twice, f"{path}: the same control twice in a form, {twice}"


def few(path: str, controls: list[Control]) -> list[Control]:
    """Keep one box of each group, not ticked where there is such a one, and one of the rows of a table.

    The others come out of the same loop.
    """
    groups: dict[tuple[str, str, str], Control] = {}
    for control in sorted(controls, key=lambda one: not one.is_ticked):
        address, name, _choice = control.key(path)
        groups[address, control.kind, re.sub(NUMBER, "0", name)] = control
    return sorted(groups.values(), key=lambda one: one.number)


def use_all(page: Page, path: str, controls: list[Control]) -> None:
    """Use each of these controls, then see that the forms would send what they hold.

    A radio button is looked at as soon as it is checked: the next one of its group takes its place.
    """
    values = {}
    for control in controls:
        value = use(page.locator(f'[data-number="{control.number}"]'), control)
        if control.kind == "radio":
            assert value in read_values(page, [control])[0], f"{path}: {control} does not send {value}"
        else:
            values[control.number] = value
    others = [control for control in controls if control.number in values]
    for control, found in zip(others, read_values(page, others), strict=True):
        assert values[control.number] in found, f"{path}: {control} does not send {values[control.number]}"


def use(place: Locator, control: Control) -> str:
    """Do with a control what a person does; return what its form should send."""
    if control.kind in BOXES:
        if control.kind == "checkbox" and control.is_ticked:
            place.uncheck()
            assert control.value not in read_values(place.page, [control])[0], f"{control} is sent, not ticked"
        place.check()
        return control.value
    if control.kind.startswith("select"):
        place.select_option(control.choices[-1])
        return control.choices[-1]
    if control.kind == "file":
        place.set_input_files(FILE)
        return FILE["name"]
    value = TEXT.get(control.kind, "Un texte")
    place.fill(value)
    return value


def read_values(page: Page, controls: list[Control]) -> list[list[str]]:
    """Return what the form of each of these controls would send under its name."""
    found: list[list[str]] = page.evaluate(VALUES, [control.number for control in controls])
    return found

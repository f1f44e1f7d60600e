"""What the matrix sends is what a page could send: the form of an act that succeeds stands where that person finds it."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from tests import matrix
from tests.matrix import Row, address
from tests.support.browser import AS_SHOWN, Browser
from tests.support.forms import fields, kind, refusals
from tests.support.world import ROLES, World, browsers
from tests.test_routes import TABLE

# Acts that no page of the square offers, and why.
FORMLESS = matrix.table("FORMLESS")
# Pages that are neither at the address of the act nor above it; who finds the form, if it is not everybody who may act.
FOUND_ON, FOUND_BY = matrix.table("FOUND_ON"), matrix.table("FOUND_BY")
FORM = """<form><input type=hidden name=key><input name=title><input type=checkbox name=box value=y>
<select name=kind><option value=a></option><option value=b></option></select></form>"""


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": "x"}, "there is no field name"),
        ({"key": "x"}, "nobody sees"),
        ({"title": None}, "nobody leaves"),
        ({"title": ["x", "y"]}, "is not there 2 times"),
        ({"kind": "c"}, "does not offer ['c']"),
        ({"box": ["y", "n"]}, "2 times"),
        ({"title": "x", "kind": "b", "box": None}, ""),
    ],
)
def test_what_nobody_could_give_with_a_form_is_refused(values: dict[str, Any], message: str) -> None:
    page = BeautifulSoup(FORM, "html.parser")
    answers = list(refusals(page.form, page, values))
    assert len(answers) == bool(message) and message in "".join(answers)


@pytest.fixture
def people(full_square: World, sign_in: Callable[[Any], Browser], visitor: Browser) -> dict[str, Browser]:
    found = browsers(full_square, sign_in, visitor)
    # Somebody else's browser of hers: one's own session is left by signing out.
    sign_in(full_square.people["member"])
    return found


@pytest.mark.one_engine
def test_the_form_of_each_act_of_the_matrix_that_succeeds_is_shown_and_can_send_it(
    full_square: World, people: dict[str, Browser]
) -> None:
    pages: dict[tuple[str, str], Any] = {}
    wrong = []
    # What one is told is read on its page, before the other pages read it.
    in_order = sorted(acts(), key=lambda row: (not row.rule.startswith("POST /notifications"), row.rule))
    for rule, rows in groupby(in_order, key=lambda row: row.rule):
        answers = [why for row in rows for why in [impossible(full_square, people, row, pages)] if why is not None]
        wrong += [f"{rule}: {why}" for why in answers or ["no page shows its form"] if why]
    assert not wrong, "\n".join(wrong)


def acts() -> Iterator[Row]:
    """Yield the rows of acts that somebody may do, which send something or change something."""
    for row in TABLE:
        if row.method == "POST" and row.rule not in FORMLESS and (row.data or row.changes) and succeeding(row):
            yield row


def succeeding(row: Row) -> list[str]:
    return [role for role, code in row.codes(ROLES).items() if code in (200, 303)]


def impossible(world: World, people: dict[str, Browser], row: Row, pages: dict[tuple[str, str], Any]) -> str | None:
    """Say what the form of an act would not let anybody send; nothing where all is well, None where it is not shown."""
    role = FOUND_BY.get(row.rule, succeeding(row)[-1])
    for state in row.states.split() or [""]:
        path = address(world, row, state)
        for place in places(row, path):
            page = pages[role, place] = pages.get((role, place)) or people[role].get(place, follow_redirects=True)
            shown = f'form[method=post][action="{path}"], form[method=post][action^="{path}?"]'
            forms = page.soup.select(shown) if f'action="{path}' in page.text else []
            if forms:
                return min(("; ".join(faults(form, page.soup, row.data)) for form in forms), key=len)
    return None


def places(row: Row, path: str) -> Iterator[str]:
    """Yield where the form of an act may stand: at its own address, then at each address above it."""
    page = FOUND_ON.get(row.rule, "")
    if page:
        yield page if page.startswith("/") else path + page
    while not page and path:
        yield path
        path = path.rpartition("/")[0]


def faults(form: Tag, page: Any, data: dict[str, Any]) -> Iterator[str]:
    """Say which fields nobody could send with a form: a hidden field has the value of the page, and a button its own."""
    buttons = {(button.get("name"), button.get("value")) for button in form.select("button[name]")}
    hidden_names = {field["name"] for field in fields(form, page) if kind(field) == "hidden"}
    given = {name: value for name, value in data.items() if name not in hidden_names and value != AS_SHOWN}
    yield from refusals(form, page, {name: value for name, value in given.items() if (name, value) not in buttons})

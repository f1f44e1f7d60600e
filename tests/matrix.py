"""What each noun says of itself to the tests that walk everywhere: a `matrix.py` beside its tests, found by itself.

`tests/web/<noun>/matrix.py`, or `matrix_<part>.py` where it is long, may give these names:

- `ROUTES`: role × route × state, in writing. A `Row` is a method and a rule, the states it speaks of, and the answers:
  `303 anyone; 200 author; 404 *` (`*` is all the others). An act that succeeds names the tables that it may change, and
  no other act may change any.
- `add(make, world)`: its rows on the square, one in each state. `<id:bookmark_id>` of a rule is `world.bookmarks[state]`.
- `VARIABLES`: what else stands in its addresses: `{"code": lambda world, state: "70052"}`.
- `LAW` and `subject(make, people, name)`: who has each right over the thing of that name.
- `PAGES`: its pages on the full square, by who reads them: `{"member": lambda square: ["/account/bookmarks"]}`; `program`
  is what asks for feeds and pictures. `fill(make, square)` lets them show something, `EMPTY` names those that are to be
  read where nothing is.
- `EDITS`: its forms that show what is stored; `grow(make)`: one thing more in its lists; `FORMLESS`: the acts whose form
  no page shows, and why; `FOUND_ON` and `FOUND_BY`: the page, or the person, with whom another form is found; `APART`: the
  pages that no link leads to; `NEEDED`: what the checks of its tables ask for; `UNDER_KEY`: what it makes
  under a key of the site.
- `tell(tellings)`: its notices, to each person who may be told them.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import inspect

from app.web.nouns import NOUNS
from tests.support.browser import AS_SHOWN

FOLDER = Path(__file__).parent / "web"
# When what waits on the square was written: it names its version, which a form that decides of it sends.
WRITTEN = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    rule: str
    states: str
    answers: str
    changes: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return self.rule.split(" ")[0]

    def codes(self, roles: tuple[str, ...]) -> dict[str, int]:
        """Map each role to the status code of its answer."""
        codes: dict[str, int] = {}
        for clause in self.answers.split(";"):
            code, *names = clause.split()
            for role in roles if names == ["*"] else names:
                codes.setdefault(role, int(code))
        return codes


# Once an idea is submitted, its form does not choose the community that leads it.
IDEA_EDITED = {"kind": "need", "title": "Un titre assez long pour passer", "body": "Un autre texte.", "lang": "fr"}
IDEA_TYPED = IDEA_EDITED | {"community": "1"}
TEAM = "facilitator coordinator"
LATE = "401 anyone; 409 facilitator coordinator; 404 *"
# The words that wait on the square, as the pages that show them name them; those of a held revision have its number.
READ = {"version": f"{WRITTEN:%Y%m%d%H%M%S%f}"}
HELD_READ = {"version": f"1-{READ['version']}"}
# What a form that several people may write says of what its page showed.
ON_PAGE = {"seen": AS_SHOWN}
REASON = {"reason": "Cela ne respecte pas la charte."}
UPDATE_TYPED = {"title": "Un titre de travaux assez long", "body": "Où nous en sommes.", "lang": "fr"}
WAYS = {"answer_days": "30", "stalled_days": "90"}
WORDS = {"name": "Un nom", "description": "Ce que c'est."}


def form(
    page: str, states: str, may: str, changes: str = "", data: dict[str, Any] | None = None, *, refusal: str = "404 *"
) -> list[Row]:
    """Return the two rows of a form that those named read and send; others are refused, the public first signs in."""
    return [
        Row(f"GET {page}", states, f"303 anyone; 200 {may}; {refusal}"),
        Row(f"POST {page}", states, f"401 anyone; 303 {may}; {refusal}", changes, data or {}),
    ]


def late(page: str, states: str, may: str, data: dict[str, Any] | None = None, *, refusal: str = "404 *") -> list[Row]:
    """Return the two rows of a form that nobody reads any more, and that comes too late from those named."""
    return [
        Row(f"GET {page}", states, f"303 anyone; {refusal}"),
        Row(f"POST {page}", states, f"401 anyone; 409 {may}; {refusal}", data=data or {}),
    ]


def closed_form(page: str, states: str, data: dict[str, Any] | None = None, *, refusal: str = "404 *") -> list[Row]:
    """Return the two rows of a form that nobody may read or send."""
    return late(page, states, "", data, refusal=refusal)


@cache
def modules() -> list[ModuleType]:
    """Import every file of the matrix, in the order of the alphabet."""
    files = sorted(FOLDER.glob("*/matrix*.py"))
    strangers = sorted({file.parent.name for file in files} - set(NOUNS))
    assert not strangers, f"tests/web/{strangers}/matrix.py: there is no such noun in app/web"
    return [importlib.import_module(f"tests.web.{file.parent.name}.{file.stem}") for file in files]


def words(name: str) -> list[Any]:
    """Return what each file of the matrix gives under this name."""
    half_read = [module.__name__ for module in modules() if getattr(module.__spec__, "_initializing", False)]
    assert not half_read, f"{half_read} read what reads them: tests/support/world.py has what a matrix.py may need"
    return [getattr(module, name) for module in modules() if hasattr(module, name)]


def rows_of_files() -> dict[str, list[Row]]:
    """Return the rows of routes, by the file that they stand in (`plan/matrix_links`)."""
    return {"/".join(one.__name__.split(".")[2:]): one.ROUTES for one in modules() if hasattr(one, "ROUTES")}


def table(name: str) -> dict[Any, Any]:
    """Return the tables of this name as one; a key stands in one file alone."""
    found: dict[Any, Any] = {}
    for one in words(name):
        assert not found.keys() & one.keys(), f"{name}: given in two files: {sorted(found.keys() & one.keys())}"
        found |= one
    return found


VARIABLE = re.compile(r"<(?:[^<>:]*:)?(\w+)>")


def address(world: Any, row: Row, state: str) -> str:
    """Fill the rule with the thing that is in this state."""
    rule = row.rule.partition(" ")[2]
    return VARIABLE.sub(lambda found: str(value(world, rule, state, found[1])), rule)


def value(world: Any, rule: str, state: str, name: str) -> Any:
    """Return what stands in the address in the place of a variable; nothing is read for the others."""
    if name in table("VARIABLES"):
        return table("VARIABLES")[name](world, state)
    common: dict[str, Callable[[], Any]] = {
        "number": lambda: 1,
        "token": lambda: world.tokens.get(state, "faux"),
        "user_id": lambda: world.people["author" if "/members/" in rule else "facilitator"].id,
        "slug": lambda: _slug(world, rule, state),
    }
    return common[name]() if name in common else _number(world, rule, state, name)


def _number(world: Any, rule: str, state: str, name: str) -> int:
    """Return the number of a row of the square, which is known without reading it again."""
    things = f"{name.removesuffix('_id')}s"
    assert state in getattr(world, things, {}), (
        f"{rule}: <{name}> is the number of world.{things}[{state!r}]: `add(make, world)` of its matrix.py stores it,"
        " or VARIABLES says what stands there"
    )
    return int(inspect(getattr(world, things)[state]).identity[0])


def _slug(world: Any, rule: str, state: str) -> str:
    """Return the name of a thing of the square (`/tags/<slug>`: `world.tags`), else of a community."""
    things = getattr(world, rule.split("/")[1].partition(".")[0], {})
    if state in things:
        return str(things[state].slug)
    return str(world.rooms.get("secluded" if state == "private" else state, world.rooms["current"]))


def states(world: Any, rule: str) -> set[str]:
    """Return the states of the first thing that a rule names: its rows must tell of each of them."""
    for name in VARIABLE.findall(rule):
        things = getattr(world, f"{name.removesuffix('_id')}s", {})
        if name.endswith("_id") and things:
            return set(things) - {""}
    return {"current", "archived", "secluded"} if "/communities/<slug>" in rule else set()
